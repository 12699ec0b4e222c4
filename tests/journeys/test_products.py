"""Products in a real browser: written down on their maker's page, told apart, found again, on a phone as well."""

import re

import pytest

from tests.journeys.conftest import SCREENS
from tests.journeys.houses import house
from tests.journeys.looking import faults_of, sideways


@pytest.fixture(scope="module")
def mill_house():
    """A house of its own: what is written down here stays."""
    with house("--demo") as running:
        yield running


@pytest.fixture(scope="module")
def session(mill_house, browser, come_in):
    """The owner's session."""
    context = browser.new_context()
    page = context.new_page()
    come_in(page, mill_house.way_in())
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def look_at(mill_house, session, screen):
    """A function that opens a page of the house."""

    def open_page(path, **more):
        page = screen(storage_state=session, **more)
        page.goto(mill_house.url + path, wait_until="load")
        return page

    return open_page


def test_a_product_is_written_down_answered_and_found(look_at):
    page = look_at("/products")
    page.get_by_role("link", name="Rye flour").click()
    page.get_by_role("heading", name="Rye flour", level=1).wait_for()
    assert page.get_by_text("Also heard:").is_visible()
    page.get_by_role("link", name="Hill Mill").first.click()
    page.get_by_role("heading", name="Hill Mill", level=1).wait_for()
    page.get_by_role("link", name="Profile").click()
    page.get_by_role("link", name="Write one down").click()
    page.get_by_label("What is it called?").fill("Oat flakes")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("heading", name="Oat flakes", level=1).wait_for()
    page.get_by_label("They say").fill("Porridge for someone in a hurry")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("That was the one question for today.").wait_for()
    page.locator(".answer", has_text="Porridge for someone in a hurry").first.wait_for()
    page.keyboard.press("Control+k")
    page.keyboard.type("oat fl", delay=20)
    page.get_by_role("option", name=re.compile("Oat flakes")).wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_how_it_looks(look_at, width, scheme):
    page = look_at("/products", width=width, height={390: 844, 1280: 800}[width], scheme=scheme)
    SCREENS.mkdir(parents=True, exist_ok=True)
    for name in ("products", "product", "maker", "form"):
        if name == "product":
            page.get_by_role("link", name="Rye flour").click()
            page.get_by_role("heading", name="Rye flour", level=1).wait_for()
        elif name == "maker":
            page.get_by_role("link", name="Hill Mill").first.click()
            page.get_by_role("heading", name="Hill Mill", level=1).wait_for()
        elif name == "form":
            page.get_by_role("link", name="Profile").click()
            page.get_by_role("link", name="Write one down").click()
            page.get_by_label("What is it called?").wait_for()
        page.wait_for_timeout(150)
        page.screenshot(path=SCREENS / f"profiles-{name}-{width}-{scheme}.png", full_page=width == 390)
        assert faults_of(page) == []
        assert sideways(page) == 0
