"""Icons: every one draws, is named or hidden, and turns with the reading."""

import re

import pytest

from alongside.look.icons import ALIASES, PATHS, icon, mark

NEEDED = """send attach note snooze assign hand-over done reopen tag star priority spam block trash search settings
people inbox mail phone chat reply reply-all forward merge undo more close check plus edit clock key shield bell
keyboard download image file eye team link out counter booth promise fence story moment usual""".split()


@pytest.mark.parametrize("name", NEEDED)
def test_what_the_screens_need_is_drawn(name):
    assert '<path d="M' in icon(name)


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
def test_a_path_holds_only_drawing(path):
    assert re.fullmatch(r"[MLHVCSQTAZmlhvcsqtaz0-9 .,-]+", path)


def test_other_words_lead_to_a_drawing():
    assert set(ALIASES.values()) <= set(PATHS)


def test_beside_a_word_it_is_hidden_and_alone_it_is_named():
    assert 'aria-hidden="true"' in icon("mail")
    named = icon("mail", label='By "mail"')
    assert 'role="img"' in named and "By &#34;mail&#34;" in named and "aria-hidden" not in named


def test_what_points_along_the_line_turns_with_it():
    assert "data-turns" in icon("back")
    assert "data-turns" not in icon("mail")
    assert "data-turns" not in icon("back", turns=False)


def test_a_missing_drawing_is_a_fault_of_the_template():
    with pytest.raises(KeyError):
        icon("unicorn")


def test_the_mark_is_named_where_it_stands_alone():
    assert 'aria-label="Alongside"' in mark("Alongside")
    assert "aria-hidden" in mark()
