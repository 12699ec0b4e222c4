"""Question sets from files: ours are whole, one's own changes stay, and what is wrong is told with its place."""

import pytest

from alongside.lib.commands import Failed
from alongside.profiles import cli
from alongside.profiles.loading import EXAMPLES, BadFile, load_file, read_file
from alongside.profiles.models import GUESSED, Answer, QuestionSet

pytestmark = pytest.mark.django_db
GOOD = """set: choir
name: Choir
of_everyone: yes
questions:
  - key: voice
    words: Which voice?
    kind: choice
    choices: [Alto, Bass]
  - key: song
    words: Which song?
    spoken: "May I ask: which song?"
    lasts_days: 365
"""


@pytest.fixture
def written(tmp_path):
    """A function that writes a file and returns its path."""

    def write(text, name="choir.yaml"):
        path = tmp_path / name
        path.write_text(text) if isinstance(text, str) else path.write_bytes(text)
        return path

    return write


@pytest.mark.parametrize("name", ["buyer", "seller", "product"])
def test_ours_load_and_every_question_can_be_asked_aloud(name):
    done = load_file(EXAMPLES / f"{name}.yaml")
    assert done.set.key == name and 8 <= done.new <= 12
    assert all("ask" in q.spoken or "like to tell" in q.spoken for q in done.set.questions.all())
    again = load_file(EXAMPLES / f"{name}.yaml")
    assert (again.new, again.changed, again.retired, again.left) == (0, 0, 0, 0)


def test_a_newer_file_changes_what_it_says_and_leaves_what_the_house_changed(joe, lena, written):
    held = load_file(written(GOOD)).set
    Answer.give(joe, held.questions.get(key="song"), "The first", provenance=GUESSED, by=lena.person)
    held.questions.get(key="voice").change(words="Where do they sing?")
    held.add(words="Since when?", key="since", here=True)
    newer = GOOD.replace("of_everyone: yes", "version: 2").replace("key: song", "key: hymn").replace("Bass", "Tenor")
    done = load_file(written(newer))
    assert (done.new, done.changed, done.retired, done.left) == (1, 0, 1, 1)
    words = dict(held.questions.filter(retired_at=None).values_list("key", "words"))
    assert words == {"voice": "Where do they sing?", "since": "Since when?", "hymn": "Which song?"}
    assert Answer.objects.get().question.retired_at
    with pytest.raises(BadFile, match="version 2"):
        load_file(written(GOOD))


WRONG = {
    "choices": (GOOD.replace("[Alto, Bass]", "[Alto]"), "line 8, column 14, question 'voice', 'choices': at least two"),
    "same": (GOOD.replace("Bass", "Alto"), "two of these are the same"),
    "kind": (GOOD.replace("kind: choice", "kind: guess"), "line 7, column 11, question 'voice', 'kind'.*not one of"),
    "no-choices": (GOOD.replace("kind: choice", "kind: text"), "has nothing to choose from"),
    "field": (GOOD.replace("spoken:", "said:"), "line 11, column 5, question 'number 2': 'said' is not a field"),
    "words": (GOOD.replace("    words: Which song?\n", ""), "question 'song': 'words' is missing"),
    "empty": (GOOD.replace("Which song?\n", "''\n", 1), "'words': words are wanted"),
    "days": (GOOD.replace("365", "a year"), "'lasts_days': a whole number is wanted, not 'a year'"),
    "key": (GOOD.replace("key: song", "key: The Song"), "'key': 'The Song' is not a key"),
    "twice": (GOOD.replace("key: song", "key: voice"), "line 9, column 10, question 'voice', 'key': this key is taken"),
    "flag": (GOOD.replace("of_everyone: yes", "of_everyone: sometimes"), "yes or no is wanted"),
    "long": (GOOD.replace("Which song?", "x" * 301, 1), "at most 300 letters"),
    "none": ("set: choir\nname: Choir\n", "a list of questions is wanted"),
    "list": ("- one\n- two\n", "line 1, column 1: fields are wanted"),
    "yaml": ("set: [choir\n", "choir.yaml, line 2, column 1:"),
    "nothing": ("", "the file is empty"),
    "deep": ("[" * 5000, "choir.yaml"),
    "bytes": (b"\xff\xfe\x00", "UTF-8"),
    "large": ("#" * 300_000, "too large"),
    "tag": ("!!python/object/apply:os.system ['true']\n", "fields are wanted"),
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_a_bad_file_is_told_with_its_place_and_keeps_nothing(written, name):
    text, told = WRONG[name]
    with pytest.raises(BadFile, match=told) as failed:
        load_file(written(text))
    assert str(failed.value).startswith("choir.yaml")
    assert not QuestionSet.objects.exists()


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BadFile, match="no such file"):
        read_file(tmp_path / "gone.yaml")


def test_the_command_loads_lists_and_fails_in_words(written, capsys):
    assert cli.main(["load", str(written(GOOD))]) == 0
    assert "Choir, version 1: 2 new" in capsys.readouterr().out
    assert cli.main(["list"]) == 0
    assert "choir  Choir, version 1, 2 questions" in capsys.readouterr().out
    with pytest.raises(Failed, match="the file is empty"):
        cli.main(["load", str(written(""))])
