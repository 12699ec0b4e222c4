"""Words begun survive: a reload in the very moment, an answer that never came, a line that is down."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.houses import house


@pytest.fixture(scope="module")
def own_house():
    """A house in which nobody else writes."""
    with house("--demo") as running:
        yield running


@pytest.fixture
def begin(own_house, screen, come_in_as):
    """A function that opens Lena's conversation with `who`, with nothing begun."""

    def open_conversation(who):
        page = screen()
        come_in_as(page, own_house, "lena@marketstreet.example")
        page.goto(own_house.url + "/inbox/all")
        href = page.locator("a.row", has=page.locator(".name", has_text=who)).first.get_attribute("href")
        page.goto(own_house.url + href)
        return page

    return open_conversation


def reply(page):
    return page.get_by_label(re.compile("^Your words to"))


def note(page):
    return page.get_by_label("Your note, for colleagues only")


def kept(page, form="composer"):
    return expect(page.locator(f"#{form} [data-composer-target=status]")).to_have_text("Draft kept")


def test_the_note_typed_right_before_a_reload_is_there_and_on_top(begin):
    page = begin("Joe")
    reply(page).fill("We have it.")
    kept(page)
    page.route("**/draft", lambda route: route.abort())  # none of what follows comes through
    page.get_by_role("link", name="Note", exact=True).click()
    page.keyboard.type("He lost it here twice")
    page.reload()
    expect(note(page)).to_have_value("He lost it here twice")
    expect(reply(page)).to_be_hidden()
    page.unroute("**/draft")
    note(page).press_sequentially(" before.")
    kept(page, "composer-note")
    page.get_by_role("link", name="Reply", exact=False).and_(page.locator("#composer-note a")).first.click()
    expect(reply(page)).to_have_value("We have it.")


def test_what_was_under_way_when_one_reloaded_is_no_other_window(begin):
    page = begin("Priya")
    page.evaluate(NEVER_ANSWERED)
    reply(page).press_sequentially("The step")
    page.wait_for_function("() => window.arrived")
    reply(page).press_sequentially(" is mended")
    page.reload()
    expect(reply(page)).to_have_value("The step is mended")
    expect(page.get_by_text("This draft was changed in another window.").first).to_be_hidden()
    reply(page).press_sequentially(".")
    kept(page)
    page.reload()
    expect(reply(page)).to_have_value("The step is mended.")


def test_a_choice_that_was_not_made_is_still_there_after_a_reload(begin):
    page = begin("Rosa")
    other = page.context.new_page()
    other.goto(page.url)
    reply(other).fill("From the other window")
    kept(other)
    reply(page).fill("From this window")
    clash = page.locator("#composer").get_by_text("This draft was changed in another window.")
    expect(clash).to_be_visible()
    for _ in range(2):
        page.reload()
        expect(clash).to_be_visible()
        expect(reply(page)).to_have_value("From this window")
    page.locator("#composer").get_by_role("button", name="Put both together").click()
    kept(page)
    page.reload()
    expect(reply(page)).to_have_value("From the other window\n\nFrom this window")


def test_words_written_after_the_session_ended_are_told_of_kept_and_sent_later(begin, own_house, come_in):
    page = begin("Priya")
    reply(page).fill("The strap is sewn.")
    kept(page)
    page.context.clear_cookies(name="alongside_session")  # signed out elsewhere
    reply(page).press_sequentially(" It waits at the door.")
    told = page.locator("#composer").get_by_role("alert")
    expect(told).to_contain_text("Your words are kept on this device")
    assert told.get_by_role("link", name="Sign in").get_attribute("target") == "_blank"

    for press in (lambda: page.keyboard.press("Control+Enter"), page.get_by_role("button", name="Send to").first.click):
        with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 401):
            press()
        expect(told).to_contain_text("You are signed out")
        expect(reply(page)).to_have_value("The strap is sewn. It waits at the door.")
    expect(page.get_by_text("Content missing")).to_have_count(0)
    assert "It waits at the door" in page.evaluate("() => JSON.stringify(localStorage)")

    other = page.context.new_page()
    come_in(other, own_house.link_for("lena@marketstreet.example"))
    other.close()
    page.reload()
    expect(reply(page)).to_have_value("The strap is sewn. It waits at the door.")
    kept(page)


def test_who_signs_in_again_elsewhere_sends_what_still_stands_there(begin, own_house, come_in):
    page = begin("Ida")
    reply(page).fill("The book came.")
    kept(page)
    page.context.clear_cookies()
    reply(page).press_sequentially(" It is under the counter.")
    told = page.locator("#composer").get_by_role("alert")
    expect(told).to_contain_text("You are signed out")
    other = page.context.new_page()
    come_in(other, own_house.link_for("lena@marketstreet.example"))
    other.close()
    page.get_by_role("button", name="Send to").first.click()
    expect(page.get_by_role("button", name=re.compile("Take it back")).first).to_be_visible()
    expect(page.locator("article", has_text="It is under the counter.").first).to_be_visible()


def test_a_page_that_stands_open_sends_nothing_as_somebody_else(begin, own_house, come_in):
    page = begin("娜娜")
    reply(page).fill("Lena's own words.")
    kept(page)
    other = page.context.new_page()
    come_in(other, own_house.link_for("tomas@marketstreet.example"))
    reply(page).press_sequentially(" Nobody else's.")
    told = page.locator("#composer").get_by_role("alert")
    expect(told).to_contain_text("somebody else signed in meanwhile")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 401):
        page.get_by_role("button", name="Send to").first.click()
    expect(reply(page)).to_have_value("Lena's own words. Nobody else's.")
    come_in(other, own_house.link_for("lena@marketstreet.example"))
    other.close()
    page.get_by_role("button", name="Send to").first.click()
    expect(page.locator("article", has_text="Nobody else's.").first).to_be_visible()
    own_house.seats.clear()  # her first session ended when he signed in


def test_a_new_letter_that_is_refused_keeps_its_addresses_as_they_were(own_house, screen, come_in_as):
    page = screen()
    come_in_as(page, own_house, "lena@marketstreet.example")
    page.goto(own_house.url + "/conversations/new?to=ida@okafor.example")
    to = page.get_by_role("combobox", name="To")
    to.fill("joe at hallam")
    to.press("Enter")
    page.get_by_label(re.compile("^Your words")).fill("Are you well?")
    with page.expect_response(lambda answer: answer.status == 422):
        page.get_by_role("button", name="Send").first.click()
    expect(page.get_by_role("alert")).to_contain_text("joe at hallam")
    chips = page.locator(".chip:visible")
    expect(chips).to_have_count(2)
    expect(to).to_have_value("")
    chips.nth(1).get_by_role("button").click()
    page.get_by_role("button", name="Send").first.click()
    page.wait_for_url(re.compile(r"/conversations/\d+"))
    expect(page.locator("article", has_text="Are you well?").first).to_be_visible()


def test_a_link_followed_after_the_session_ended_leaves_what_one_writes(begin):
    page = begin("Ryan")
    reply(page).fill("Half a")
    kept(page)
    page.context.clear_cookies(name="alongside_session")
    page.locator("a.row").nth(1).click()
    expect(page.locator("#toasts")).to_contain_text("You are signed out")
    expect(reply(page)).to_have_value("Half a")


def test_a_letter_that_is_too_large_is_told_of_once_and_stays(begin):
    page = begin("Rosa")
    asked = []
    page.on("request", lambda request: asked.append(request) if request.method == "PUT" else None)
    field = page.locator("#composer textarea")
    field.evaluate(TOO_LARGE)
    told = page.locator("#composer").get_by_role("alert").filter(has_text=TOO_LARGE_WORDS)
    expect(told).to_be_visible(timeout=20_000)  # three million letters are on their way
    page.wait_for_timeout(4000)
    assert len(asked) == 1
    page.keyboard.press("Control+Enter")
    expect(told).to_be_visible(timeout=20_000)
    assert field.evaluate("field => field.value.length") == 3_000_000
    assert len(asked) == 1
    field.fill("Shorter.")
    kept(page)
    expect(told).to_have_count(0)


def test_a_form_that_is_too_large_says_so_and_keeps_its_words(begin, own_house):
    page = begin("Joe")
    page.goto(own_house.url + "/post-office")
    page.get_by_role("link", name=re.compile("Ryan Kessler")).click()
    words = page.get_by_label("Words", exact=True)
    words.evaluate(TOO_LARGE)
    page.get_by_role("button", name="Post it to us").click()
    expect(page.get_by_role("alert").filter(has_text=TOO_LARGE_WORDS)).to_be_visible(timeout=20_000)
    assert words.evaluate("field => field.value.length") == 3_000_000


def test_an_answer_that_is_no_part_of_the_page_is_shown_or_told(begin):
    page = begin("Ida")
    reply(page).fill("Not lost.")
    kept(page)
    page.locator("#composer").evaluate("form => form.action = '/conversations/987654321/answer'")
    page.locator("#composer").get_by_role("button", name="Send").first.click()
    expect(page.locator("#composer").get_by_role("alert").first).to_contain_text("it is not here")
    expect(reply(page)).to_have_value("Not lost.")
    expect(page.get_by_text("Content missing")).to_have_count(0)


TOO_LARGE = """field => {
  field.value = 'x'.repeat(3_000_000);
  field.dispatchEvent(new Event('input', {bubbles: true}));
}"""
TOO_LARGE_WORDS = "at most 2 MB of words. What you wrote is still in the field."

# The first draft arrives, but the page never hears of it.
NEVER_ANSWERED = """() => {
  const ask = window.fetch;
  window.fetch = (url, init) => {
    const answer = ask(url, init);
    if (init?.method !== 'PUT' || 'arrived' in window) return answer;
    window.arrived = false;
    answer.then(() => window.arrived = true);
    return new Promise(() => undefined);
  };
}"""
