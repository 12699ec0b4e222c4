"""Three at one page, from the link to the record; the house is killed twice and a line goes away: nothing is lost."""

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from tests.journeys.booth.sitting import add_step, goal, let_in, link_of, open_booth, tab
from tests.journeys.houses import SCREENS, house

WAIT = 60_000  # milliseconds for a page to find the house again


@pytest.fixture
def own_house():
    """A house of its own, which can be killed."""
    with house("--demo") as running:
        yield running


@pytest.fixture
def three(own_house, screen, come_in_as):
    """Lena at her desk, and Ryan and Austin on their phones, whom one link of hers let in."""
    lena = screen()
    come_in_as(lena, own_house, "lena@marketstreet.example")
    open_booth(lena, own_house)
    link = link_of(lena, own_house)
    return lena, let_in(screen, link, "Ryan"), let_in(screen, link, "Austin")


def notes(page):
    """The notes, also where another part is in sight."""
    return page.locator(".notes.ProseMirror")


def jot(page, words: str) -> None:
    """A line at the end of the notes."""
    notes(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def everywhere(pages, read, letters: str) -> str:
    """Wait until each page shows the same, and all `letters` of it, one by one; returns it."""
    wanted = "".join(sorted(letters))
    for page in pages:
        try:
            page.wait_for_function(f"sorted => [...({read})].sort().join('') === sorted", arg=wanted, timeout=WAIT)
        except PlaywrightTimeout:
            raise AssertionError(f"Wanted {letters!r}; shown {[page.evaluate(read) for page in pages]}") from None
    shown = [page.evaluate(read) for page in pages]
    assert shown[1:] == shown[:-1]
    return shown[0]


GOAL = "document.querySelector('.goal-words').value"
# Without the sign that joins a caret of somebody else to its word.
LINES = "[...document.querySelectorAll('.notes.ProseMirror > p')]"
NOTES = LINES + r".map(line => line.textContent).join('').replace(/\u2060/g, '')"


def test_the_house_is_killed_twice_and_every_letter_is_there(three, own_house):
    lena, ryan, austin = three
    said, noted = "Fed by 8:30", ""
    goal(lena).press_sequentially(said)
    everywhere(three, GOAL, said)

    own_house.crash()
    for page, words in zip(three, (" and a cup each", "Friday: ", " (with Austin)"), strict=True):
        goal(page).press("Home" if page is ryan else "End")
        goal(page).press_sequentially(words)
        said += words
    jot(lena, "thirty scones")
    noted += "thirty scones"
    add_step(ryan, "Count who comes")
    own_house.open_again()
    everywhere(three, GOAL, said)
    everywhere(three, NOTES, noted)

    tab(ryan, "Notes")
    tab(austin, "Notes")
    for page, words in zip(three, ("ours: oven at six", "yours: tables", "mine: the last cup"), strict=True):
        jot(page, words)
        noted += words
    own_house.crash()
    ryan.context.set_offline(True)
    jot(ryan, "written in a tunnel")
    jot(lena, "written beside a dead house")
    noted += "written in a tunnel" + "written beside a dead house"
    own_house.open_again()
    everywhere((lena, austin), NOTES, noted.replace("written in a tunnel", ""))
    ryan.context.set_offline(False)
    everywhere(three, NOTES, noted)
    everywhere(three, GOAL, said)
    expect(lena.locator(".step-words")).to_have_text(["Count who comes"], timeout=WAIT)

    lena.reload()
    notes(lena).wait_for()
    words = everywhere(three, GOAL, said)
    everywhere(three, NOTES, noted)
    for page in (lena, ryan):
        page.get_by_role("button", name="We are done").click()
        page.get_by_text("Yes, reached").click()
    lena.get_by_role("button", name="End it here").click()
    expect(austin.get_by_text("It has ended. All of it stays here to be read.").first).to_be_visible(timeout=WAIT)
    SCREENS.mkdir(parents=True, exist_ok=True)
    austin.screenshot(path=SCREENS / "booth-nothing-lost-ended.png", full_page=True)
    for page in (lena, ryan):
        with page.expect_download() as download:
            page.get_by_role("link", name="The record as Markdown").click()
        record = download.value.path().read_text()
        assert words in record
        assert all(line in record for line in ("thirty scones", "written in a tunnel", "written beside a dead house"))
        assert "Count who comes" in record
