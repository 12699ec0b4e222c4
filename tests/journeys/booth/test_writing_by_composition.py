"""Words that are composed (Japanese, Chinese, an accent on a key of its own) while another writes at the same place."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.booth.sitting import notes, tab


@pytest.fixture
def writing(lena, ryan):
    """Both in the notes, in one paragraph that stands there."""
    notes(lena).click()
    lena.keyboard.type("Tea for all")
    tab(ryan, "Notes")
    expect(notes(ryan)).to_contain_text("Tea for all", timeout=15_000)
    notes(ryan).locator("p").click(position={"x": 1, "y": 10})
    ryan.keyboard.type("·")
    expect(notes(lena)).to_contain_text("·", timeout=15_000)
    return lena, ryan


def reads(words: str) -> re.Pattern:
    """These words and no others, wherever carets stand between them."""
    return re.compile("^" + "[\u2060\\s]*".join(map(re.escape, words)) + "[\u2060\\s]*$")


def compose(page, *words: str) -> None:
    """What an input method shows while one chooses."""
    keys = page.context.new_cdp_session(page)
    for each in words:
        keys.send("Input.imeSetComposition", {"text": each, "selectionStart": len(each), "selectionEnd": len(each)})
    keys.detach()


def choose(page, words: str) -> None:
    """One of the words is taken."""
    keys = page.context.new_cdp_session(page)
    keys.send("Input.insertText", {"text": words})
    keys.detach()


def test_a_word_that_is_being_composed_is_not_cut_by_what_another_types(writing):
    lena, ryan = writing
    compose(lena, "に", "にほ")
    ryan.keyboard.type("Green ")
    lena.wait_for_timeout(700)
    compose(lena, "にほん")
    ryan.keyboard.type("or black: ")
    lena.wait_for_timeout(700)
    choose(lena, "日本")
    for page in (lena, ryan):
        expect(notes(page).locator("p")).to_have_text(reads("·Green or black: Tea for all日本"))


def test_others_are_read_while_a_word_stands_unfinished(writing):
    lena, ryan = writing
    compose(lena, "に")
    ryan.keyboard.type("Green ")
    expect(notes(lena)).to_have_text(reads("·Green Tea for allに"), timeout=15_000)
    expect(notes(ryan)).to_have_text(reads("·Green Tea for allに"))
