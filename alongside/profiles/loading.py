"""Reads a question set from a YAML file, and puts it into the house; what is wrong is told with its line and column."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml
from django.db import transaction
from django.utils.text import slugify

from alongside.lib.home import CHECKOUT
from alongside.profiles.models import KINDS, Question, QuestionSet
from alongside.profiles.models.question import CHOICE, MANY, SUBJECTS, TEXT

EXAMPLES = CHECKOUT / "examples" / "profiles"
MOST_BYTES, MOST_QUESTIONS = 256 * 1024, 200
SET_FIELDS = {"set", "name", "about", "for", "version", "of_everyone", "questions"}
QUESTION_FIELDS = {"key", "words", "spoken", "kind", "choices", "lasts_days", "sensitive"}


class BadFile(Exception):
    """The file is not a question set; the text names the file, the place and the question."""


@dataclass(frozen=True)
class Loaded:
    """What became of a file: the set, and how many questions are new, changed, retired, or were left as the house
    has them."""

    set: QuestionSet
    new: int = 0
    changed: int = 0
    retired: int = 0
    left: int = 0


@dataclass
class _Place:
    """A node of the file, the question that it belongs to, and words for what is wrong there."""

    file: str
    node: yaml.Node
    question: str = ""
    fields: dict[str, yaml.Node] = field(default_factory=dict)

    def wrong(self, words: str, name: str = "") -> BadFile:
        """The error for this place, or for one of its fields."""
        mark = self.fields.get(name, self.node).start_mark
        within = f", question {self.question!r}" if self.question else ""
        of = f", {name!r}" if name else ""
        return BadFile(f"{self.file}, line {mark.line + 1}, column {mark.column + 1}{within}{of}: {words}")

    def text(self, name: str, most: int, needed: bool = False) -> str:
        """A field of words."""
        node = self.fields.get(name)
        if node is None:
            if needed:
                raise self.wrong(f"{name!r} is missing.")
            return ""
        if not isinstance(node, yaml.ScalarNode) or (needed and not node.value.strip()):
            raise self.wrong("words are wanted here.", name)
        words = node.value.replace("\0", "").strip()
        if len(words) > most:
            raise self.wrong(f"at most {most} letters are taken here, these are {len(words)}.", name)
        return words

    def number(self, name: str) -> int | None:
        """A field that holds a whole number above zero, or is not there."""
        words = self.text(name, 12)
        if not words:
            return None
        if not (words.isascii() and words.isdecimal() and 0 < int(words) < 100_000):
            raise self.wrong(f"a whole number is wanted, not {words!r}.", name)
        return int(words)

    def flag(self, name: str) -> bool:
        """A field that says yes or no; no where it is not there."""
        words = self.text(name, 12).lower()
        if words not in ("", "yes", "no", "true", "false"):
            raise self.wrong(f"yes or no is wanted, not {words!r}.", name)
        return words in ("yes", "true")

    def one_of(self, name: str, known, default: str) -> str:
        """A field that holds one of a few words."""
        words = self.text(name, 40) or default
        if words not in known:
            raise self.wrong(f"{words!r} is not one of: {', '.join(known)}.", name)
        return words


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
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadFile(f"{path.name}: this is too large for a question set.")
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as gone:
        raise BadFile(f"{path}: {(gone.strerror or 'cannot be read').lower()}.") from gone
    except UnicodeDecodeError as wrong:
        raise BadFile(f"{path.name}: this is not text in UTF-8.") from wrong
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise BadFile(f"{path.name}{where}: {getattr(wrong, 'problem', None) or 'this is not YAML'}.") from wrong
    except RecursionError as wrong:
        raise BadFile(f"{path.name}: this is not a question set.") from wrong
    if root is None:
        raise BadFile(f"{path.name}: the file is empty.")
    top = _mapping(_Place(path.name, root), SET_FIELDS)
    about = {
        "key": _key(top, "set"), "name": top.text("name", 120, needed=True), "about": top.text("about", 500),
        "for_kind": top.one_of("for", SUBJECTS, "human"), "version": top.number("version") or 1,
        "of_everyone": top.flag("of_everyone"),
    }
    listed = top.fields.get("questions")
    if not isinstance(listed, yaml.SequenceNode) or not listed.value:
        raise top.wrong("a list of questions is wanted.", "questions")
    if len(listed.value) > MOST_QUESTIONS:
        raise top.wrong(f"at most {MOST_QUESTIONS} questions fit in a set.", "questions")
    return about, _questions(path.name, listed.value)


def _questions(file: str, nodes: list[yaml.Node]) -> list[dict]:
    found, keys = [], set()
    for number, node in enumerate(nodes, 1):
        place = _mapping(_Place(file, node, question=f"number {number}"), QUESTION_FIELDS)
        place.question = key = _key(place, "key")
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


def _mapping(place: _Place, known: set[str]) -> _Place:
    if not isinstance(place.node, yaml.MappingNode):
        raise place.wrong("fields are wanted here, such as `words: What is your name?`.")
    for name, node in place.node.value:
        if name.value not in known:
            mark = _Place(place.file, name, place.question)
            raise mark.wrong(f"{name.value!r} is not a field; there are: {', '.join(sorted(known))}.")
        place.fields[name.value] = node
    return place


def _key(place: _Place, name: str) -> str:
    key = place.text(name, 60, needed=True)
    if key != slugify(key):
        raise place.wrong(f"{key!r} is not a key: small letters, figures and hyphens are.", name)
    return key


def _choices(place: _Place, kind: str) -> list[str]:
    node = place.fields.get("choices")
    if kind not in (CHOICE, MANY):
        if node is not None:
            raise place.wrong(f"a question of the kind {kind!r} has nothing to choose from.", "choices")
        return []
    if not isinstance(node, yaml.SequenceNode) or len(node.value) < 2:
        raise place.wrong("at least two answers to choose from are wanted.", "choices")
    words = []
    for each in node.value:
        inner = _Place(place.file, each, place.question, {"choices": each})
        words.append(inner.text("choices", 120, needed=True))
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
