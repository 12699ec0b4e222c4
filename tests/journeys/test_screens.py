"""Every page, small and wide, by day and in the evening: its picture, no fault that axe knows, no sideways scroll."""

import json
import re

import pytest

from tests.journeys.conftest import AXE, SCREENS

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
    "inviting": "booth:Ryan",
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
    "settings-organisation": "/settings/organisation",
    "settings-members": "/settings/members",
    "settings-teams": "/settings/teams",
    "settings-keys": "/settings/api-keys",
    "settings-demo": "/settings/demo",
    "not-found": "/conversations/999999",
}


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", list(SIZES))
@pytest.mark.parametrize("name", list(PAGES))
def test_page(name, width, scheme, places, screen):
    found, state = places
    page = screen(width=width, height=SIZES[width], scheme=scheme, storage_state=state)
    page.goto(found[name], wait_until="load")
    page.wait_for_function(WHOLE)
    page.wait_for_timeout(150)
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}-{width}-{scheme}.png", full_page=name.startswith("settings"))
    assert faults_of(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize("name", list(PAGES))
def test_page_by_keyboard_alone(name, places, screen):
    """Every control is reached with Tab, in order, and what has the focus is in sight and shows it."""
    found, state = places
    page = screen(width=1280, height=800, storage_state=state)
    page.goto(found[name], wait_until="load")
    page.wait_for_function(WHOLE)
    wanted = page.evaluate(CONTROLS)
    page.evaluate("() => document.activeElement && document.activeElement.blur()")
    seen = set()
    for _ in range(wanted + 40):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(FOCUSED))
        if len(seen - {""}) >= wanted:
            break
    assert page.evaluate(UNREACHED, list(seen)) == []


def test_what_follows_what_happens_goes_on_following_when_it_was_drawn_anew(places, screen):
    """What a part that follows fetches after a hint still says what it follows, or else holds only what is in it."""
    found, state = places
    page = screen(storage_state=state)
    for place in found.values():
        page.goto(place, wait_until="load")
        page.wait_for_function(WHOLE)
        assert page.evaluate(DEAF_AFTERWARDS) == [], place


def faults_of(page) -> list[str]:
    """What axe finds wrong, one line each: the rule and where."""
    page.evaluate(AXE.read_text() + "; undefined")
    answer = page.evaluate(
        "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        f"{rule['id']}: {json.dumps(node['target'])} {node['failureSummary'][:160]}"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]


def sideways(page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate(
        "() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"
    )


# A page whose parts fetch themselves is whole when they have come. (Turbo's own `frame.complete` is always true.)
WHOLE = "() => !document.querySelector('turbo-frame[src]:not([loading=lazy], [complete])')"

# Parts that would hear one hint and then no more.
DEAF_AFTERWARDS = """async () => {
  const deaf = [];
  for (const part of document.querySelectorAll('[data-controller~=live]')) {
    const answer = await fetch(part.dataset.liveSrcValue, {headers: {'X-Fragment': part.id}});
    const body = new DOMParser().parseFromString(await answer.text(), 'text/html').body;
    const itself = body.querySelector('#' + CSS.escape(part.id));
    const follows = itself?.matches('[data-controller~=live][data-live-topic-value][data-live-src-value]');
    if (!answer.ok || answer.redirected || (itself && !follows)) deaf.push(part.id);
  }
  return deaf;
}"""

# What can be operated: visible, enabled, not taken out of the order; one of each group of radios, none in closed parts.
# The marks are no attributes: those a part loses that is drawn anew.
CONTROLS = """() => {
  const shown = e => e.checkVisibility({checkVisibilityCSS: true}) && !e.closest('[inert]') && !e.disabled;
  window.marked = [];
  const groups = new Set();
  const every = 'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe';
  for (const e of document.querySelectorAll(every)) {
    if (!shown(e) || e.tabIndex < 0) continue;
    if (e.type === 'radio') {
      if (groups.has(e.name)) continue;
      groups.add(e.name);
    }
    e.mark = String(window.marked.push(e) - 1);
  }
  return window.marked.length;
}"""
FOCUSED = """() => {
  const now = document.activeElement;
  return now?.mark ?? (now?.type === 'radio' ? now.name : '');
}"""
UNREACHED = """seen => window.marked
  .filter(e => e.isConnected && !seen.includes(e.mark) && !(e.type === 'radio' && seen.includes(e.name)))
  .map(e => e.outerHTML.slice(0, 160))"""
