"""Reads a question set from a YAML file, and puts it into the house; what is wrong is told with its line and column."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from alongside.lib import places
from alongside.lib.home import CHECKOUT
from alongside.lib.places import BadFile, Place
from alongside.profiles.models import KINDS, Question, QuestionSet
from alongside.profiles.models.question import CHOICE, MANY, SUBJECTS, TEXT

EXAMPLES = CHECKOUT / "examples" / "profiles"
MOST_QUESTIONS = 200
SET_FIELDS = {"set", "name", "about", "for", "version", "of_everyone", "questions"}
QUESTION_FIELDS = {"key", "words", "spoken", "kind", "choices", "lasts_days", "sensitive"}
EXAMPLE = "words: What is your name?"


@dataclass(frozen=True)
class Loaded:
    """What became of a file: the set, and how many questions are new, changed, retired, or were left as the house
    has them."""

    set: QuestionSet
    new: int = 0
    changed: int = 0
    retired: int = 0
    left: int = 0


def load_file(path: Path) -> Loaded:
    """Put the set of a file into the house, or bring the one that is there up to it. Raises BadFile, and nothing of a
    bad file is kept.

    What the house changed or added itself stays. Questions that left the file are retired; answers stay.
    """
    about, questions = read_file(path)
    with transaction.atomic():
        held = QuestionSet.objects.select_for_update().filter(key=about["key"]).first()
        if held is None:
            held = QuestionSet.objects.create(**about)
        elif held.version <= about["version"]:
            held.version, held.retired_at = about["version"], None
            held.save(update_fields=["version", "retired_at"])
        else:
            raise BadFile(f"{path.name}: the house has version {held.version} of {held.name!r} already; "
                          f"this is version {about['version']}.")
        return _put(held, questions)


def read_file(path: Path) -> tuple[dict, list[dict]]:
    """What a file says: the set, and its questions in order. Raises BadFile."""
    top = places.read(path, "a question set").open(SET_FIELDS, EXAMPLE)
    about = {
        "key": top.key("set"), "name": top.text("name", 120, needed=True), "about": top.text("about", 500),
        "for_kind": top.one_of("for", SUBJECTS, "human"), "version": top.number("version") or 1,
        "of_everyone": top.flag("of_everyone"),
    }
    rows = top.rows("questions")
    if not rows:
        raise top.wrong("a list of questions is wanted.", "questions")
    if len(rows) > MOST_QUESTIONS:
        raise top.wrong(f"at most {MOST_QUESTIONS} questions fit in a set.", "questions")
    return about, _questions(rows)


def _questions(rows: list[Place]) -> list[dict]:
    found, keys = [], set()
    for number, row in enumerate(rows, 1):
        place = Place(row.file, row.node, f"question 'number {number}'").open(QUESTION_FIELDS, EXAMPLE)
        key = place.key("key")
        place.within = f"question {key!r}"
        if key in keys:
            raise place.wrong("this key is taken by a question above.", "key")
        keys.add(key)
        kind = place.one_of("kind", KINDS, TEXT)
        found.append({
            "key": key, "words": place.text("words", 300, needed=True), "spoken": place.text("spoken", 500),
            "kind": kind, "choices": _choices(place, kind), "lasts_days": place.number("lasts_days"),
            "sensitive": place.flag("sensitive"),
        })
    return found


def _choices(place: Place, kind: str) -> list[str]:
    rows = place.rows("choices")
    if kind not in (CHOICE, MANY):
        if "choices" in place.fields:
            raise place.wrong(f"a question of the kind {kind!r} has nothing to choose from.", "choices")
        return []
    if rows is None or len(rows) < 2:
        raise place.wrong("at least two answers to choose from are wanted.", "choices")
    words = [row.text("choices", 120, needed=True) for row in rows]
    if len(set(words)) < len(words):
        raise place.wrong("two of these are the same.", "choices")
    return words


def _put(held: QuestionSet, questions: list[dict]) -> Loaded:
    there = {question.key: question for question in held.questions.all()}
    counts = {"new": 0, "changed": 0, "retired": 0, "left": 0}
    for order, wanted in enumerate(questions):
        question = there.pop(wanted["key"], None)
        if question is None:
            Question.objects.create(set=held, order=order, **wanted)
            counts["new"] += 1
        elif question.here:
            counts["left"] += 1
        else:
            values = {**wanted, "order": order, "retired_at": None}
            if any(getattr(question, name) != value for name, value in values.items()):
                Question.objects.filter(pk=question.pk).update(**values)
                counts["changed"] += 1
    gone = [question for question in there.values() if not question.here and question.retired_at is None]
    for question in gone:
        question.retire()
    return Loaded(held, **{**counts, "retired": len(gone)})
