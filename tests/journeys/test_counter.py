"""The counter in a real browser: typing, scanning, by keyboard, with one hand on a phone, and the slip taken back."""

import re
import threading

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import SCREENS
from tests.journeys.houses import house
from tests.journeys.looking import faults_of, sideways

CARD = "4006381333931"


@pytest.fixture(scope="module")
def counter_house():
    """A house of its own: visits are seen by everyone who looks."""
    with house("--demo") as running:
        yield running


@pytest.fixture(scope="module")
def session(counter_house, browser, come_in):
    """The owner's session."""
    context = browser.new_context()
    page = context.new_page()
    come_in(page, counter_house.way_in())
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def at_counter(counter_house, session, screen):
    """A function that opens the counter with nobody here."""

    def open_counter(**more):
        page = screen(storage_state=session, **more)
        page.goto(counter_house.url + "/counter", wait_until="load")
        everyone = page.locator("#here form button")
        while everyone.count():
            everyone.first.click()
            page.locator("#done").wait_for()
            page.goto(counter_house.url + "/counter", wait_until="load")
        return page

    return open_counter


def options(page):
    return page.locator("#found [role=option]")


def test_typing_a_name_the_first_is_opened_with_enter(at_counter):
    page = at_counter()
    expect(page.locator("#who")).to_be_focused()
    page.keyboard.type("jo", delay=30)
    options(page).first.get_by_text("Joe").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Joe", level=1).wait_for()
    assert page.get_by_text("14 of the last 16 visits").is_visible()
    page.get_by_role("button", name="Start the usual").click()
    page.get_by_text("Noted: Flat white").wait_for()
    assert page.get_by_role("button", name="Start the usual").count() == 0
    expect(page.locator("#who")).to_be_focused()


def test_an_older_answer_never_stands_over_a_newer_one(at_counter):
    page = at_counter()
    held = threading.Event()

    def slow(route):
        if re.search(r"q=j$", route.request.url):
            held.set()
            page.wait_for_timeout(600)
        route.continue_()

    page.route("**/counter/found*", slow)
    page.keyboard.type("j")
    page.wait_for_timeout(120)
    page.keyboard.press("Backspace")
    page.keyboard.type("austin", delay=20)
    options(page).first.get_by_text("Austin").first.wait_for()
    page.wait_for_timeout(800)
    assert held.is_set()
    assert options(page).first.text_content().strip().startswith("Austin")


def test_a_scanner_types_fast_ends_with_enter_and_opens_the_bearer(at_counter, counter_house):
    page = at_counter()
    page.goto(counter_house.url + "/people")
    page.get_by_role("link", name=re.compile("Ryan")).first.click()
    page.wait_for_url(re.compile(r"/people/\d+$"))
    page.goto(page.url + "/identities")
    page.locator("[name=kind]").select_option("card")
    page.locator("[name=value]").fill(CARD)
    page.locator("[name=value]").press("Enter")
    page.get_by_text(CARD).first.wait_for()
    page = at_counter()
    page.keyboard.type(CARD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ryan", level=1).wait_for()


def test_a_scan_that_several_have_opens_nobody_until_one_is_chosen(at_counter, counter_house):
    page = at_counter()
    for name in ("Ryan", "Austin"):
        page.goto(counter_house.url + "/people")
        page.get_by_role("link", name=re.compile(name)).first.click()
        page.wait_for_url(re.compile(r"/people/\d+$"))
        page.goto(page.url + "/identities")
        page.locator("[name=kind]").select_option("card")
        page.locator("[name=value]").fill("7000123456789")
        page.locator("[name=value]").press("Enter")
        page.get_by_text("7000123456789").first.wait_for()
    page = at_counter()
    page.keyboard.type("7000123456789")
    page.keyboard.press("Enter")
    page.get_by_text("Several people have this. Ask").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.url.endswith("/counter")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#found [aria-selected=true] .name").inner_text()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=chosen, level=1).wait_for()


def test_a_scan_is_taken_wherever_the_focus_is_and_an_unknown_card_opens_nobody(at_counter):
    page = at_counter()
    page.keyboard.type("joe", delay=20)
    options(page).first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Joe", level=1).wait_for()
    page.get_by_role("button", name="Calm").focus()
    page.keyboard.type("999000111222")
    page.keyboard.press("Enter")
    page.get_by_text("Nobody by that").wait_for()
    page.wait_for_timeout(300)
    assert page.get_by_role("heading", name="Joe", level=1).is_visible()
    assert page.locator("#new-reach").input_value() == "999000111222"
    page.keyboard.type("888000111222")  # the next scan is one by itself
    page.keyboard.press("Enter")
    expect(page.locator("#new-reach")).to_have_value("888000111222")


def test_by_keyboard_alone(at_counter):
    page = at_counter()
    page.keyboard.type("a", delay=20)
    options(page).nth(1).wait_for()
    second = options(page).nth(1).get_attribute("id")
    page.keyboard.press("ArrowDown")
    assert page.locator("#who").get_attribute("aria-activedescendant") == second
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert page.locator("#who").input_value() == ""
    page.keyboard.type("per", delay=20)
    options(page).first.get_by_text("Per").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Per", level=1).wait_for()
    page.keyboard.press("Control+z")
    page.get_by_text("Taken back.").wait_for()
    assert page.get_by_text("Nobody is here yet.").is_visible()


def test_somebody_comes_on_another_screen(at_counter):
    mine, other = at_counter(), at_counter()
    other.keyboard.type("ida", delay=20)
    options(other).first.wait_for()
    other.keyboard.press("Enter")
    mine.locator("#here").get_by_role("link", name="Ida").wait_for()
    other.get_by_role("button", name="Ida leaves").click()
    mine.locator("#here").get_by_text("Nobody is here yet.").wait_for()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1600, 900)])
def test_on_a_wide_screen_all_that_one_needs_is_in_sight(at_counter, width, height):
    page = at_counter(width=width, height=height)
    page.keyboard.type("joe", delay=20)
    options(page).first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Joe", level=1).wait_for()
    now = page.locator("#now")
    needed = {
        "the greeting": now.locator(".greeting"), "what matters": now.get_by_text("Nobody asks him anything"),
        "the last mood": now.get_by_text("Last time:"), "the usual": now.locator(".order"),
        "to start it": now.get_by_role("button", name="Start the usual"),
        "a mood": now.get_by_role("button", name="Agitated"), "what they have": now.get_by_label("What they have"),
        "a note": now.get_by_label("A note"), "an idea": now.locator(".ideas li").last,
        "own words": now.get_by_label("Or in your words"), "to leave": now.get_by_role("button", name="Joe leaves"),
        "a promise": now.get_by_role("link", name="A cheese scone kept back"),
        "to promise": now.get_by_text("Promise something"), "a conversation": now.get_by_role("link", name="The bag"),
        "the question": now.locator(".find-out"),
    }
    for name, part in needed.items():
        box = part.first.bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= height, name
    assert sideways(page) == 0


def test_with_one_hand_on_a_phone(at_counter):
    page = at_counter(width=390, height=844, has_touch=True, is_mobile=True)
    page.locator("#who").fill("joe")
    options(page).first.tap()
    page.get_by_role("heading", name="Joe", level=1).wait_for()
    for name in ("Start the usual", "Joe leaves"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box["y"] > 844 / 2, name
        assert box["y"] + box["height"] <= 844, name
        assert box["height"] >= 44, name
    page.get_by_role("button", name="Start the usual").tap()
    page.get_by_text("Noted: Flat white").wait_for()
    page.get_by_role("button", name="Take it back").tap()
    page.get_by_text("Taken back.").wait_for()
    page.get_by_role("button", name="Tired").tap()
    page.get_by_text("Noted: Tired").wait_for()
    small = page.evaluate(SMALL)
    assert small == []
    assert sideways(page) == 0


def test_where_customers_see_the_screen(at_counter):
    page = at_counter()
    page.locator("#door details.menu summary").click()
    page.get_by_role("button", name="Customers see this screen").click()
    page.get_by_text("first names only").wait_for()
    page.keyboard.type("march", delay=20)
    expect(options(page).first).to_have_text(re.compile(r"^\s*Mrs\s+M\.\s*$"))
    page.locator("#door details.menu summary").click()
    page.get_by_role("button", name="Only we see this screen").click()
    page.get_by_text("first names only").wait_for(state="detached")


def test_without_a_script(counter_house, session, screen):
    page = screen(storage_state=session, java_script_enabled=False)
    page.goto(counter_house.url + "/counter")
    page.locator("#who").fill("joe")
    page.locator("#who").press("Enter")
    options(page).first.click()
    expect(page.get_by_text("Joe is here.")).to_be_visible()  # at the end of the page, which comes bit by bit
    page.get_by_role("button", name="Calm").click()
    expect(page.get_by_text("Noted: Calm")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    page.get_by_role("button", name="Joe leaves").click()
    expect(page.get_by_text("Joe has left.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280, 1600])
def test_how_it_looks(at_counter, width, scheme):
    page = at_counter(width=width, height={390: 844, 1280: 800, 1600: 900}[width], scheme=scheme)
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.locator("#who").press_sequentially("jo", delay=20)
    options(page).first.wait_for()
    page.wait_for_timeout(150)
    for name in ("found", "joe"):
        if name == "joe":
            page.locator("#who").press("Enter")
            page.get_by_role("heading", name="Joe", level=1).wait_for()
            page.get_by_role("button", name="Agitated").click()
            page.get_by_text("Noted: Agitated").wait_for()
            page.evaluate("document.getElementById('done')?.remove()")
            page.wait_for_timeout(150)
        page.screenshot(path=SCREENS / f"counter-with-{name}-{width}-{scheme}.png")
        if width == 390 and name == "joe":
            page.screenshot(path=SCREENS / f"counter-with-{name}-{width}-{scheme}-whole.png", full_page=True)
        assert faults_of(page) == []
        assert sideways(page) == 0


# What a thumb may tap and is smaller than it should be.
SMALL = """() => [...document.querySelectorAll('#now button, #now summary, #now .taps *, #done button')]
  .filter(e => e.checkVisibility() && ['BUTTON', 'SUMMARY', 'LABEL'].includes(e.tagName))
  .filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 120))"""
