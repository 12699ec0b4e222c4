"""A real browser, and real houses to walk through."""

import contextlib
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.journeys.houses import AXE, CHECKOUT, SCREENS, house  # noqa: F401

# Without a desktop around it, where Debian's is there: the same engine, at four fifths of the processor's time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]

# The browser's driver keeps an event loop in this thread, beside which Django would not let a test ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    """Everything in this folder is a journey."""
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, headless."""
    if CHROMIUM is None:
        pytest.skip("journeys in a real browser: apt install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="session")
def demo_house():
    """A house with the demo in it, for all journeys that do not change what others rely on."""
    with house("--demo") as running:
        yield running


@pytest.fixture
def screen(browser):
    """A function that opens a new browser window of its own: its page complains of every fault it sees."""
    with contextlib.ExitStack() as stack:

        def open_screen(*size, **more):
            page = opened(browser, *size, **more)
            stack.callback(page.context.close)
            stack.callback(complain, page)
            return page

        yield open_screen


def opened(browser, width=1280, height=900, scheme="light", **more):
    """A page in a new window, which keeps every fault it sees in `faults`."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce", **more
    )
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on(
        "console",
        lambda said: page.faults.append(said.text) if "Content Security Policy" in said.text else None,
    )
    page.on(
        "response",
        lambda answer: page.faults.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None,
    )
    return page


def complain(page) -> None:
    """Fail when the page saw a fault."""
    assert not page.faults, page.faults


@pytest.fixture(scope="session")
def come_in():
    """A function that signs a page in with a one-time link: opening it spends nothing, its button does."""

    def through(page, way_in):
        page.goto(way_in)
        page.get_by_role("button").first.click()
        page.wait_for_url(re.compile(r"/(inbox|set-up|setup|welcome)"))

    return through


@pytest.fixture(scope="session")
def come_in_as(come_in):
    """A function that signs a page in as a member of a house: by a link the first time, then by the cookies of that."""

    def through(page, house, email):
        if email in house.seats:
            page.context.add_cookies(house.seats[email])
            page.goto(f"{house.url}/inbox")
        else:
            come_in(page, house.link_for(email))
            house.seats[email] = page.context.cookies()

    return through
