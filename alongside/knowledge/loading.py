"""Reads a lesson from a YAML file with its pictures beside it, and puts it into the house."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from alongside.files.models import File
from alongside.files.sniffing import HEAD, PICTURES, sniff
from alongside.knowledge.models import Lesson
from alongside.knowledge.models.lesson import MOST_ABOUT, MOST_PARTS, MOST_TITLE
from alongside.knowledge.models.part import MOST_AMOUNT, MOST_AMOUNTS, MOST_PART_TITLE, MOST_THING, MOST_WORDS
from alongside.lib import places
from alongside.lib.home import CHECKOUT
from alongside.lib.places import Place
from alongside.people.models import Person

EXAMPLES = CHECKOUT / "examples" / "lessons"
MOST_PICTURE = 2_000_000  # bytes
NEW, RENEWED, SAME, LEFT = "new", "renewed", "same", "left"
LESSON_FIELDS = {"lesson", "title", "about", "language", "steps"}
STEP_FIELDS = {"title", "words", "amounts", "picture"}
EXAMPLE = "title: Grind the beans"


@dataclass(frozen=True)
class Loaded:
    """What became of a file: the lesson, and whether it is new, renewed, the same, or left as the house has it."""

    lesson: Lesson
    state: str


def ours() -> list[tuple[str, dict]]:
    """The lessons that came with the house: key, and what the file says of each."""
    return [(path.stem, read_file(path)[0]) for path in sorted(EXAMPLES.glob("*.yaml"))]


def load_file(path: Path, *, by: Person | None = None) -> Loaded:
    """Put the lesson of a file into the house, or bring the one that is there up to it. Raises BadFile, and nothing of
    a bad file is kept.

    One that the house changed itself stays as the house has it. One that was retired is shown again.
    """
    about, parts = read_file(path)
    with transaction.atomic():
        held = Lesson.objects.select_for_update().filter(key=about["key"]).first()
        if held is None:
            held = Lesson.make(by=None, **about)
            _write(held, parts)
            return Loaded(held, NEW)
        held.bring_back(by=by)
        if held.here:
            return Loaded(held, LEFT)
        if _as_told(held) == (about, [_comparable(part) for part in parts]):
            return Loaded(held, SAME)
        Lesson.objects.filter(pk=held.pk).update(**about, changed_at=timezone.now())
        held.parts.all().delete()
        _write(held, parts)
        held.refresh_from_db()
        return Loaded(held, RENEWED)


def read_file(path: Path) -> tuple[dict, list[dict]]:
    """What a file says: the lesson, and its steps in order, a picture as its path. Raises BadFile."""
    top = places.read(path, "a lesson").open(LESSON_FIELDS, EXAMPLE)
    about = {"key": top.key("lesson"), "title": top.text("title", MOST_TITLE, needed=True),
             "about": top.text("about", MOST_ABOUT), "language": top.text("language", 12)}
    rows = top.rows("steps")
    if not rows:
        raise top.wrong("a list of steps is wanted.", "steps")
    if len(rows) > MOST_PARTS:
        raise top.wrong(f"at most {MOST_PARTS} steps fit in a lesson.", "steps")
    return about, [_step(path, row, number) for number, row in enumerate(rows, 1)]


def _step(path: Path, row: Place, number: int) -> dict:
    place = Place(row.file, row.node, f"step {number}").open(STEP_FIELDS, EXAMPLE)
    return {"title": place.text("title", MOST_PART_TITLE, needed=True), "words": place.text("words", MOST_WORDS),
            "amounts": _amounts(place), "picture": _picture(path, place)}


def _amounts(place: Place) -> list[list[str]]:
    if "amounts" not in place.fields:
        return []
    rows = place.rows("amounts")
    if rows is None or len(rows) > MOST_AMOUNTS:
        raise place.wrong(f"a list of at most {MOST_AMOUNTS} amounts is wanted, such as `- [18 g, ground coffee]`.",
                          "amounts")
    found = []
    for row in rows:
        pair = row.rows("amounts")
        if pair is None or len(pair) != 2:
            raise row.wrong("an amount and what it is of are wanted, such as `[18 g, ground coffee]`.", "amounts")
        found.append([pair[0].text("amounts", MOST_AMOUNT), pair[1].text("amounts", MOST_THING, needed=True)])
    return found


def _picture(path: Path, place: Place) -> Path | None:
    name = place.text("picture", 120)
    if not name:
        return None
    picture = path.parent / name
    if Path(name).name != name or not picture.is_file():
        raise place.wrong(f"there is no picture {name!r} beside this file.", "picture")
    if picture.stat().st_size > MOST_PICTURE:
        raise place.wrong(f"{name!r} is larger than {MOST_PICTURE // 1_000_000} MB.", "picture")
    with picture.open("rb") as content:
        if sniff(content.read(HEAD), name) not in PICTURES:
            raise place.wrong(f"{name!r} is no picture: PNG, JPEG, GIF or WebP is wanted.", "picture")
    return picture


def _write(held: Lesson, parts: list[dict]) -> None:
    for order, part in enumerate(parts):
        path = part["picture"]
        picture = path and File.keep(path.read_bytes(), name=path.name, purpose="lesson")
        held.parts.create(order=order, **{**part, "picture": picture})


def _as_told(held: Lesson) -> tuple[dict, list[dict]]:
    """What is here, in the form in which a file is compared with it."""
    about = {name: getattr(held, name) for name in ("key", "title", "about", "language")}
    parts = held.parts.select_related("picture__blob")
    return about, [{"title": part.title, "words": part.words, "amounts": part.amounts,
                    "picture": part.picture.read() if part.picture else None} for part in parts]


def _comparable(part: dict) -> dict:
    return {**part, "picture": part["picture"].read_bytes() if part["picture"] else None}
