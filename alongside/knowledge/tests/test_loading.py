"""Lessons from files: ours are whole, what the house changed stays, and what is wrong is told with its place."""

import pytest

from alongside.files.models import File
from alongside.knowledge import cli
from alongside.knowledge.loading import EXAMPLES, LEFT, NEW, RENEWED, SAME, load_file, ours
from alongside.knowledge.models import Lesson
from alongside.knowledge.tests.conftest import png
from alongside.lib.commands import Failed
from alongside.lib.places import BadFile

pytestmark = pytest.mark.django_db
GOOD = """lesson: bread
title: Bread
steps:
  - title: Mix
    words: With your hands.
    amounts:
      - [500 g, flour]
      - [350 ml, water]
    picture: mix.png
  - title: Wait
"""


@pytest.fixture
def written(tmp_path):
    """A function that writes a file, with a picture beside it, and returns its path."""
    (tmp_path / "mix.png").write_bytes(png())

    def write(text, name="bread.yaml"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def test_ours_can_be_followed_and_load_again_as_they_are():
    assert {key for key, _about in ours()} == {"flat-white", "steak", "whisky-sour"}
    for key, _about in ours():
        done = load_file(EXAMPLES / f"{key}.yaml")
        parts = done.lesson.standing
        assert done.state == NEW and 6 <= len(parts) <= 8
        assert all(part.words for part in parts) and any(part.amounts for part in parts)
        assert sum(part.picture is not None for part in parts) >= 3
        files = File.objects.count()
        assert load_file(EXAMPLES / f"{key}.yaml").state == SAME
        assert File.objects.count() == files


def test_a_newer_file_is_taken_until_the_house_changes_the_lesson(written, lena):
    lesson = load_file(written(GOOD)).lesson
    assert lesson.standing[0].amounts == [["500 g", "flour"], ["350 ml", "water"]]
    done = load_file(written(GOOD.replace("Wait", "Wait an hour")))
    assert done.state == RENEWED and [part.title for part in done.lesson.standing] == ["Mix", "Wait an hour"]
    done.lesson.parts.last().change(by=lena.person, title="Wait a day")
    lesson.retire(by=lena.person)
    done = load_file(written(GOOD))
    assert done.state == LEFT and done.lesson.standing[-1].title == "Wait a day" and done.lesson.retired_at is None


WRONG = {
    "none": ("lesson: bread\ntitle: Bread\n", "a list of steps is wanted"),
    "key": (GOOD.replace("lesson: bread", "lesson: The Bread"), "line 1, column 9, 'lesson': 'The Bread' is not a key"),
    "field": (GOOD.replace("words:", "said:"), "line 5, column 5, step 1: 'said' is not a field"),
    "title": (GOOD.replace("- title: Wait", "- words: Wait"), "line 10, column 5, step 2: 'title' is missing"),
    "long": (GOOD.replace("Wait", "x" * 121), "at most 120 letters"),
    "pair": (GOOD.replace("[350 ml, water]", "350 ml water"), "line 8, column 9, step 1, 'amounts': an amount"),
    "thing": (GOOD.replace("[350 ml, water]", "[350 ml, '']"), "words are wanted here"),
    "amounts": (GOOD.replace("      - [500 g, flour]\n      - [350 ml, water]\n", "      flour\n"), "at most 20"),
    "gone": (GOOD.replace("mix.png", "gone.png"), "line 9, column 14, step 1, 'picture': there is no picture"),
    "outside": (GOOD.replace("mix.png", "../mix.png"), "there is no picture"),
    "text": (GOOD.replace("mix.png", "bread.yaml"), "is no picture"),
    "empty": ("", "the file is empty"),
    "list": ("- one\n", "line 1, column 1: fields are wanted here, such as `title: Grind the beans`"),
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_a_bad_file_is_told_with_its_place_and_keeps_nothing(written, name):
    text, told = WRONG[name]
    with pytest.raises(BadFile, match=told) as failed:
        load_file(written(text))
    assert str(failed.value).startswith("bread.yaml")
    assert not Lesson.objects.exists() and not File.objects.exists()


def test_the_command_loads_lists_and_fails_in_words(written, capsys):
    assert cli.main(["load", str(written(GOOD))]) == 0
    assert capsys.readouterr().out == "Bread: taken in, 2 steps.\n"
    assert cli.main(["list"]) == 0
    assert capsys.readouterr().out == "bread  Bread, 2 steps\n"
    with pytest.raises(Failed, match="the file is empty"):
        cli.main(["load", str(written(""))])
