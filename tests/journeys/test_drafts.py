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
