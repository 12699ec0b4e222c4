"""Fields that find somebody show whom the words may mean while one types, and leave the hand in the field."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def lena(demo_house, screen, come_in_as):
    page = screen()
    come_in_as(page, demo_house, "lena@marketstreet.example")
    return page


def typed(page, words):
    """`words`, typed by hand into the field; returns what was found."""
    page.get_by_role("searchbox").first.press_sequentially(words, delay=60)
    return page.locator("turbo-frame#found")


def still_typing(page, words):
    field = page.get_by_role("searchbox").first
    expect(field).to_be_focused()
    expect(field).to_have_value(words)
    expect(page).to_have_url(re.compile(rf"[?&]q={words}$"))


def test_everyone_we_know(demo_house, lena):
    lena.goto(demo_house.url + "/people")
    found = typed(lena, "hallam")
    expect(found.locator("a.row .name")).to_have_text(["Joe"])
    still_typing(lena, "hallam")
    found.locator("a.row").first.click()
    expect(lena.get_by_role("heading", name="Joe", level=1)).to_be_visible()
    lena.go_back()
    still_there = lena.locator("turbo-frame#found a.row .name")
    expect(still_there).to_have_text(["Joe"])


def test_the_booths_of_somebody(demo_house, lena):
    lena.goto(demo_house.url + "/booths")
    expect(typed(lena, "ryan").locator("a.row .name")).to_have_text(["Ryan"])
    still_typing(lena, "ryan")
    lena.get_by_role("link", name="Ended").click()
    expect(lena).to_have_url(re.compile(r"state=ended&q=ryan$"))


def test_the_other_record_of_somebody(demo_house, lena):
    lena.goto(demo_house.url + "/people?q=hallam")
    lena.locator("a.row").first.click()
    lena.wait_for_url(re.compile(r"/people/\d+$"))
    lena.goto(lena.url + "/merging")
    expect(typed(lena, "ryan").locator("a.row .name").first).to_have_text("Ryan")
    still_typing(lena, "ryan")
