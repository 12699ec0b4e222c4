"""A booth for the journeys: a member at her desk, a guest with a phone, and the line between each and the house."""

import base64
import re

import pytest

from tests.journeys.houses import AXE, SCREENS

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAHUlEQVR4nGNkYPjPQApgIkn1qIZRDUNKAwAAWDQBHzqQFNQAAAAASUVORK5CYII=")

class Line:
    """The line between one browser and the house: it can be cut and mended."""

    def __init__(self, page):
        self.is_cut, self.sockets = False, []
        page.route(re.compile(r"/booths/"), self._ask)
        page.route_web_socket(re.compile(r"/sync"), self._open)

    def _ask(self, route):
        route.abort() if self.is_cut else route.continue_()

    def _open(self, socket):
        if self.is_cut:
            socket.close()
            return
        self.sockets.append((socket, socket.connect_to_server()))

    def cut(self):
        """The train is in a tunnel."""
        self.is_cut = True
        for browser, server in self.sockets:
            server.close()
            browser.close()
        self.sockets.clear()

    def mend(self):
        """And out of it again."""
        self.is_cut = False


@pytest.fixture
def lena(demo_house, screen, come_in_as):
    """Lena at her desk, at a page that she just opened."""
    page = screen()
    come_in_as(page, demo_house, "lena@marketstreet.example")
    page.line = Line(page)
    open_booth(page, demo_house)
    return page


@pytest.fixture
def link(demo_house, lena):
    """A link that she made there."""
    return link_of(lena, demo_house)


@pytest.fixture
def ryan(screen, link):
    """Ryan on his phone, let in by it."""
    page = let_in(screen, link, "Ryan")
    page.line = Line(page)
    page.reload()
    page.locator(".goal-words:not([readonly])").wait_for()
    return page


def open_booth(page, house) -> None:
    """Open a booth for nobody yet, and wait until one can write on it."""
    page.goto(f"{house.url}/booths")
    page.get_by_role("button", name="Open a booth").click()
    page.locator(".notes.ProseMirror").wait_for()


def link_of(page, house) -> str:
    """Make a link to the booth on this page; its address in the house of the journey."""
    page.get_by_role("link", name="Ask someone in").click()
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("The address to hand over").input_value()
    assert page.get_by_alt_text("The same address, to be read by a phone").get_attribute("src").startswith("data:image")
    page.keyboard.press("Escape")
    return house.url + re.sub(r"^https?://[^/]+", "", address)


def let_in(screen, link: str, name: str):
    """A phone on which somebody came in by the link."""
    page = screen(390, 844, has_touch=True, is_mobile=True)
    page.goto(link)
    page.get_by_label("What shall we call you?").fill(name)
    page.keyboard.press("Enter")
    page.locator(".goal-words:not([readonly])").wait_for()
    return page


def goal(page):
    """The field of the goal."""
    return page.get_by_role("textbox", name="What would make this a win?")


def tab(page, name: str) -> None:
    """Show one part of the page on a phone."""
    page.locator(".booth-tabs").get_by_role("button", name=name).click()


def notes(page):
    """The notes."""
    return page.get_by_role("textbox", name="Notes")


def add_step(page, words: str) -> None:
    """Add a step, and be done with adding."""
    page.get_by_role("button", name="Add a step").click()
    page.get_by_role("textbox", name="What is to be done").fill(words)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def clean(page, name: str) -> None:
    """Nothing on the page keeps somebody from reading it, and nothing sticks out; a picture of it is kept."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"booth-page-{name}.png", full_page=True)
    page.evaluate(AXE.read_text() + "; undefined")
    found = page.evaluate("axe.run(document).then(result => result.violations)")
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
