"""Every page, small and wide, by day and in the evening: its picture, no fault that axe knows, no sideways scroll.

By its name it comes early among the journeys: the longest of them, beside which a second worker does the others.
"""

import re

import pytest

from tests.journeys.conftest import SCREENS, complain, opened
from tests.journeys.looking import COLOURS, CONTROLS, DEAF_AFTERWARDS, FOCUSED, UNREACHED, WHOLE, faults_of, sideways

DRAWN = """() => document.fonts.ready
  .then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))"""
SIZES = {390: 844, 1280: 800}
PAGES = {
    "counter": "/counter",
    "counter-found": "/counter?q=jo",
    "inbox": "/inbox/all",
    "inbox-mine": "/inbox/mine",
    "inbox-empty": "/inbox/trash",
    "conversation": "Ryan",
    "conversation-long": "Mrs Marchand",
    "new-conversation": "/conversations/new",
    "people": "/people",
    "person": "person:Joe",
    "new-person": "/people/new",
    "duplicates-none": "/people/duplicates",
    "products": "/products",
    "promises": "/promises",
    "promises-all": "/promises?whose=all",
    "booths": "/booths",
    "booths-ended": "/booths?state=ended",
    "inviting": "booth:Fourteen hungry",
    "doorstep": "/join",
    "search": "/search?q=coffee",
    "search-nothing": "/search?q=zeppelin",
    "search-ways": "/search",
    "search-wrong": "/search?q=coffee+tag:nonesuch",
    "api": "/api/v1/docs",
    "post-office": "/post-office",
    "notifications": "/notifications",
    "settings-you": "/settings/you",
    "settings-address": "/settings/you/address",
    "settings-notifications": "/settings/notifications",
    "settings-wishes": "/settings/you/wishes",
    "settings-imports": "/settings/imports",
    "settings-sessions": "/settings/sessions",
    "settings-hours": "/settings/hours",
    "settings-locations": "/settings/locations",
    "settings-questions": "/settings/questions",
    "settings-moments": "/settings/moments",
    "settings-moment": "/settings/moments/1",
    "settings-saved-replies": "/settings/saved-replies",
    "settings-saved-reply": "reply:",
    "settings-new-saved-reply": "/settings/saved-replies/new",
    "settings-blocked": "/settings/blocked",
    "settings-mail-address": "mail:",
    "settings-organisation": "/settings/organisation",
    "settings-members": "/settings/members",
    "settings-teams": "/settings/teams",
    "settings-keys": "/settings/api-keys",
    "settings-demo": "/settings/demo",
    "not-found": "/conversations/999999",
}

FIRST_OF = {"reply:": "/settings/saved-replies", "mail:": "/settings/mail"}  # pages of one thing: where it is listed


@pytest.fixture(scope="module")
def places(demo_house, browser, come_in):
    """The session of the owner, and where each page is."""
    context = browser.new_context()
    page = context.new_page()
    come_in(page, demo_house.way_in())
    found = {}
    for name, place in PAGES.items():
        if place.startswith("person:"):
            page.goto(demo_house.url + "/people")
            link = page.get_by_role("link", name=re.compile(place.partition(":")[2])).first
            place = link.get_attribute("href")
        elif place in FIRST_OF:
            page.goto(demo_house.url + FIRST_OF[place])
            place = page.locator(f'main a[href^="{FIRST_OF[place]}/"]').last.get_attribute("href")
        elif place.startswith("booth:"):
            page.goto(demo_house.url + "/booths")
            place = page.locator("a.row", has_text=place.partition(":")[2]).get_attribute("href") + "/inviting"
        elif not place.startswith("/"):
            page.goto(demo_house.url + "/inbox/all")
            place = page.locator("a.row", has_text=place).first.get_attribute("href")
        found[name] = demo_house.url + place if place.startswith("/") else place
    state = context.storage_state()
    context.close()
    return found, state


@pytest.fixture(scope="module")
def windows(places, browser):
    """A window of each width, in which all pages are opened one after another: what they share is fetched once."""
    pages = {width: opened(browser, width, height, storage_state=places[1]) for width, height in SIZES.items()}
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.fixture(scope="module")
def standing():
    """The name of the page that stands in the window of each width."""
    return {}


@pytest.fixture
def visit(places, windows, standing):
    """A function that opens a page by its name in the window of a width, and waits until it is whole.

    One that stands there already is not opened again: the tests of a page come one after another.
    """
    visited = []

    def go(name, width=1280):
        page = windows[width]
        visited.append(page)
        page.emulate_media(color_scheme="light")
        if standing.get(width) != name:
            page.faults.clear()
            page.goto(places[0][name], wait_until="load")
            page.wait_for_function(WHOLE)
            standing[width] = name
        return page

    yield go
    for page in visited:
        complain(page)


each_page = pytest.mark.parametrize("name", list(PAGES), scope="module")


@each_page
@pytest.mark.parametrize("width", list(SIZES))
def test_page(name, width, visit):
    page = visit(name, width)
    page.evaluate(DRAWN)
    SCREENS.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=SCREENS / f"{name}-{width}-{scheme}.png", full_page=name.startswith("settings"))
        assert (faults_of(page) if scheme == "light" else faults_of(page, COLOURS)) == []
    assert sideways(page) == 0


@each_page
def test_page_by_keyboard_alone(name, visit):
    """Every control is reached with Tab, in order, and what has the focus is in sight and shows it."""
    page = visit(name)
    wanted = page.evaluate(CONTROLS)
    page.evaluate("() => document.activeElement && document.activeElement.blur()")
    seen = set()
    for _ in range(wanted + 40):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(FOCUSED))
        if len(seen - {""}) >= wanted:
            break
    assert page.evaluate(UNREACHED, list(seen)) == []


@each_page
def test_what_follows_what_happens_goes_on_following_when_it_was_drawn_anew(name, visit):
    """What a part that follows fetches after a hint still says what it follows, or else holds only what is in it."""
    assert visit(name).evaluate(DEAF_AFTERWARDS) == []
