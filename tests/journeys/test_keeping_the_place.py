"""What is drawn anew leaves the reader where they are: focus, caret, what stands open, how far one scrolled."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.houses import house
from tests.journeys.looking import CONTROLS, FOCUSED, UNREACHED, WHOLE


@pytest.fixture(scope="module")
def own_house():
    """A house in which colleagues may do what they like."""
    with house("--demo") as running:
        yield running


@pytest.fixture
def lena(own_house, screen, come_in_as):
    """Her window: whoever reads here."""
    page = screen(width=1280, height=800)
    come_in_as(page, own_house, "lena@marketstreet.example")
    return page


@pytest.fixture
def tomas(own_house, screen, come_in_as):
    """A function by which he does something meanwhile: `tomas("/conversations/1/tags", name="…")`."""
    page = screen()
    come_in_as(page, own_house, "tomas@marketstreet.example")
    token = page.locator("meta[name=csrf-token]").get_attribute("content")

    def does(path, **words):
        answer = page.request.post(own_house.url + path, form={"csrfmiddlewaretoken": token, **words})
        assert answer.ok, answer.text()[:500]

    return does


def opened(page, own_house, who):
    """The conversation with `who`, whole; returns its path."""
    page.goto(own_house.url + "/inbox/all")
    href = page.locator("a.row", has=page.locator(".name", has_text=who)).first.get_attribute("href")
    page.goto(own_house.url + href)
    page.wait_for_function(WHOLE)
    return re.search(r"/conversations/\d+", href)[0]


def focused(page):
    """What has the focus, as its own words."""
    return page.evaluate("""() => {
      const now = document.activeElement;
      return now.getAttribute('aria-label') || now.id || now.textContent.trim().replace(/\\s+/g, ' ');
    }""")


def path_of(row):
    """The conversation of a row."""
    return re.search(r"/conversations/\d+", row.get_attribute("href"))[0]


def row_of(page, path):
    """Its row."""
    return page.locator(f"#conversations a.row[href^='{path}?']")


def test_tab_reaches_everything_while_a_colleague_works_in_the_same_conversation(own_house, lena, tomas):
    here = opened(lena, own_house, "Ryan")
    wanted, seen = lena.evaluate(CONTROLS), set()
    lena.evaluate("() => document.activeElement && document.activeElement.blur()")
    for turn in range(wanted + 40):
        lena.keyboard.press("Tab")
        before = lena.evaluate(FOCUSED), focused(lena)
        seen.add(before[0])
        if turn % 8 == 0:
            tomas(f"{here}/tags", name=f"tag {turn}")
            expect(lena.locator(".standing", has_text=f"tag {turn}")).to_be_visible()
            assert (lena.evaluate(FOCUSED), focused(lena)) == before
    assert lena.evaluate(UNREACHED, list(seen)) == []


def test_an_open_menu_stays_where_it_is_with_what_is_typed_in_it(own_house, lena, tomas):
    here = opened(lena, own_house, "Per")
    lena.keyboard.press("#")
    field = lena.get_by_label("Tag", exact=True)
    expect(field).to_be_focused()
    lena.keyboard.type("biscuits")
    lena.keyboard.press("ArrowLeft")
    place = field.bounding_box()
    tomas(f"{here}/subject", subject="Two of the almond ones")
    expect(lena.get_by_text("Two of the almond ones").first).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("biscuits")
    assert field.evaluate("field => field.selectionStart") == 7
    assert field.bounding_box() == place
    tomas(f"{here}/note", body="He takes them for his neighbour.", kind="note", action="send", revision="0")
    expect(lena.get_by_text("He takes them for his neighbour.")).to_be_visible()
    expect(field).to_be_focused()
    lena.keyboard.press("Escape")
    expect(lena.locator("summary[aria-label=More]")).to_be_focused()


def test_a_control_that_is_gone_leaves_the_focus_with_the_next(own_house, lena, tomas):
    here = opened(lena, own_house, "Per")
    for name in ("almond", "biscuit", "crumbs"):
        tomas(f"{here}/tags", name=name)
        expect(lena.locator(".standing", has_text=name)).to_be_visible()
    second = lena.get_by_role("button", name="Take the tag biscuit off")
    removal = second.locator("xpath=..").get_attribute("action").partition("?")[0]
    first = lena.get_by_role("button", name="Take the tag almond off").locator("xpath=..").get_attribute("action")
    second.focus()
    tomas(first.partition("?")[0])
    expect(lena.get_by_role("button", name="Take the tag almond off")).to_have_count(0)
    expect(second).to_be_focused()
    tomas(removal)
    expect(second).to_have_count(0)
    expect(lena.get_by_role("button", name="Take the tag crumbs off")).to_be_focused()


def test_in_the_list_the_focus_stays_with_its_row_and_goes_on_when_that_is_gone(own_house, lena, tomas):
    lena.goto(own_house.url + "/inbox/all")
    rows = lena.locator("#conversations a.row")
    paths = [path_of(row) for row in rows.all()]
    here = path_of(rows.filter(has_text="Rosa").first)
    place = paths.index(here)
    row_of(lena, paths[place - 1]).focus()
    lena.keyboard.press("j")
    expect(row_of(lena, here)).to_be_focused()
    tomas(f"{paths[-1]}/note", body="This one comes up.", kind="note", action="send", revision="0")
    expect(rows.first).to_have_attribute("href", re.compile(paths[-1] + r"\b"))
    expect(row_of(lena, here)).to_be_focused()
    tomas(f"{here}/trash")
    expect(row_of(lena, here)).to_have_count(0)
    expect(row_of(lena, paths[place + 1])).to_be_focused()


def test_the_palette_gives_the_focus_back_even_where_the_row_is_gone(own_house, lena, tomas):
    lena.goto(own_house.url + "/inbox/all")
    rows = lena.locator("#conversations a.row")
    paths = [path_of(row) for row in rows.all()]
    here = path_of(rows.filter(has_text="Priya").first)
    row_of(lena, here).focus()
    lena.keyboard.press("Control+k")
    lena.keyboard.type("jo")
    tomas(f"{here}/trash")
    expect(row_of(lena, here)).to_have_count(0)
    field = lena.locator("dialog[open] input")
    expect(field).to_be_focused()
    expect(field).to_have_value("jo")
    lena.keyboard.press("Escape")
    expect(row_of(lena, paths[paths.index(here) + 1])).to_be_focused()


def test_the_palette_offers_what_this_page_can_do(own_house, lena):
    opened(lena, own_house, "Ida")
    lena.keyboard.press("Control+k")
    lena.keyboard.type("snooze")
    here = lena.get_by_role("group", name="On this page").get_by_role("option")
    expect(here).to_have_count(1)
    expect(here).to_have_text("LaterS")
    lena.keyboard.press("Enter")
    expect(lena.get_by_text("Let it rest until")).to_be_visible()
    lena.keyboard.press("Escape")
    lena.keyboard.press("Control+k")
    lena.keyboard.type("wanted now")
    expect(here).to_have_text("More: Wanted now")
    lena.keyboard.press("Enter")
    expect(lena.locator("#talk .standing")).to_contain_text("Wanted now")
    lena.keyboard.press("Control+k")
    lena.keyboard.type("tag")
    expect(here).to_have_text("Tag#")
    lena.keyboard.press("Enter")
    expect(lena.get_by_label("Tag", exact=True)).to_be_focused()


def test_from_room_to_room_the_house_is_not_loaded_again(own_house, lena):
    opened(lena, own_house, "Ida")
    lena.evaluate("window.stays = true")
    rail = lena.get_by_role("navigation", name="Rooms")
    for room in ("People", "Counter", "Promises", "Booths", "Settings", "News", "Inbox"):
        rail.get_by_role("link", name=re.compile(f"^{room}")).click()
        expect(rail.locator("a[aria-current=page]")).to_contain_text(room)
        assert lena.evaluate("window.stays === true"), room
    opened(lena, own_house, "Ida")
    lena.keyboard.press("Control+k")
    lena.keyboard.type("block")
    lena.keyboard.press("Enter")
    lena.get_by_label("Address, or a whole domain").fill("nobody@nowhere.example")
    lena.get_by_role("button", name="Block it").click()
    expect(lena.locator(".toast")).to_contain_text("What comes from nobody@nowhere.example goes to the spam")


def test_a_list_says_that_it_is_empty_as_soon_as_it_is(own_house, lena, tomas):
    here = opened(lena, own_house, "Ida")
    lena.goto(own_house.url + "/inbox/spam")
    hint = lena.locator(".list-hint")
    room = lena.locator("#rail a[aria-current=page]")
    expect(hint).to_be_visible()
    tomas(f"{here}/spam")
    expect(row_of(lena, here)).to_be_visible()
    expect(hint).to_be_hidden()
    tomas(f"{here}/opening")
    expect(row_of(lena, here)).to_have_count(0)
    expect(hint).to_be_visible()
    expect(room).to_contain_text("Inbox")


def test_without_an_answer_the_palette_chooses_nothing(own_house, lena):
    opened(lena, own_house, "Ida")
    lena.route("**/find*", lambda route: route.abort())
    lena.keyboard.press("Control+k")
    lena.keyboard.type("tag")
    option = lena.get_by_role("group", name="On this page").get_by_role("option")
    expect(option).to_have_count(1)
    expect(option).to_have_attribute("aria-selected", "false")
    lena.keyboard.press("Enter")
    expect(lena.locator("#palette")).to_be_visible()
    lena.keyboard.press("ArrowDown")
    lena.keyboard.press("Enter")
    expect(lena.get_by_label("Tag", exact=True)).to_be_focused()


def test_a_long_list_stays_where_one_scrolled_to(own_house, lena, tomas):
    lena.set_viewport_size({"width": 1280, "height": 420})
    lena.goto(own_house.url + "/inbox/all")
    last = lena.locator("#conversations a.row").last
    path = path_of(last)
    middle = lena.locator("#conversations a.row").nth(6)
    middle.scroll_into_view_if_needed()
    middle.focus()
    top = lena.evaluate("document.activeElement.getBoundingClientRect().top")
    tomas(f"{path}/note", body="And this one.", kind="note", action="send", revision="0")
    expect(lena.locator("#conversations a.row").first).to_have_attribute("href", re.compile(path + r"\b"))
    assert lena.evaluate("document.activeElement.getBoundingClientRect().top") == pytest.approx(top, abs=2)


def test_on_the_page_of_a_person(own_house, lena, tomas):
    here = opened(lena, own_house, "Joe")
    lena.goto(own_house.url + lena.locator("a.about-link").get_attribute("href"))
    link = lena.locator("#timeline-newest a").first
    href = link.get_attribute("href")
    link.focus()
    tomas(f"{here}/note", body="Seen at the market.", kind="note", action="send", revision="0")
    expect(lena.locator("#timeline-newest").get_by_text("Seen at the market.")).to_be_visible()
    assert lena.evaluate("document.activeElement.getAttribute('href')") == href

    tomas(f"{here}/note", body="And again at the bank.", kind="note", action="send", revision="0")
    expect(lena.locator("#timeline-newest").get_by_text("And again at the bank.")).to_be_visible()
    assert lena.evaluate("document.activeElement.getAttribute('href')") == href

    lena.keyboard.press("i")
    field = lena.get_by_label("Likes to be called")
    expect(field).to_be_focused()
    lena.keyboard.type("Joey")
    tomas(f"{here}/note", body="With Biscuit.", kind="note", action="send", revision="0")
    expect(lena.locator("#timeline-newest").get_by_text("With Biscuit.")).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile("Joey"))


def test_a_part_that_shows_another_page_begins_at_its_heading(own_house, lena):
    opened(lena, own_house, "娜娜")
    lena.get_by_role("button", name="Open again").press("Enter")
    expect(lena.get_by_role("button", name="Done", exact=True)).to_be_focused()
    lena.keyboard.press("Enter")
    expect(lena.locator("#talk :is(h1, h2):focus")).to_have_count(1)


def test_what_is_pressed_before_the_last_answer_is_there_counts(own_house, lena):
    opened(lena, own_house, "娜娜")
    held = []
    lena.route("**/opening?*", lambda route: held.append((route, route.fetch(max_redirects=0))))
    lena.get_by_role("button", name="Open again").press("Enter")
    expect(lena.get_by_role("button", name="Done", exact=True)).to_be_focused()
    lena.keyboard.press("Enter")
    [(route, answer)] = held
    route.fulfill(response=answer)
    expect(lena.locator("#talk :is(h1, h2):focus")).to_have_count(1)
    expect(lena.locator("#talk")).to_contain_text("Done: 娜娜")


def test_what_takes_itself_away_leaves_the_focus_beside_it(own_house, lena):
    opened(lena, own_house, "Ida")
    lena.get_by_label(re.compile("^Your words to")).fill("The jam is here.")
    lena.get_by_label(re.compile("^Your words to")).press("Control+Enter")
    expect(lena.locator("article", has_text="The jam is here.")).to_be_visible()
    expect(lena.get_by_label(re.compile("^Your words to"))).to_be_focused()
    expect(lena.get_by_label(re.compile("^Your words to"))).to_have_value("")
    again = lena.locator(".undo").get_by_role("button", name="Take it back")
    again.focus()
    expect(again).to_have_count(0)
    expect(lena.locator("#talk :focus")).to_have_count(1)
