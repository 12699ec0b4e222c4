"""Everything that lies on the table of a booth, in the language and zone of its reader: what every form of it says."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.booths.models import OURS, PARTLY, REACHED, TOGETHER, UNREACHED, YOURS, Booth
from alongside.booths.record.notes import as_json
from alongside.booths.syncing.reading import Reading
from alongside.files.models import File
from alongside.look.times import full_words
from alongside.members.models import Organisation

MOST_PICTURES = 60


@dataclass(frozen=True)
class Record:
    """What is kept of a booth. Every line is text; `notes` is ProseMirror's JSON, `shapes` those of the sketch.

    `pictures` are those of notes and sketch by the ids under which they lie on the table, `shown` those of lessons by
    the files' own.
    """

    house: str
    where: str
    goal: str
    agreed: list[str]
    steps: list[dict]
    endings: list[dict]
    lessons: list[dict]
    lines: list[dict]
    files: list[dict]
    notes: dict
    shapes: list[dict]
    pictures: dict[int, File] = field(default_factory=dict)
    shown: dict[int, File] = field(default_factory=dict)

    @property
    def files_shown(self) -> list[File]:
        """Every file that is a picture in it, once."""
        return list({file.id: file for file in (*self.pictures.values(), *self.shown.values())}.values())

    @property
    def title(self) -> str:
        """The first line of the goal, or whom it was with."""
        return next(iter(self.goal.splitlines()), "")[:120] or self.where


def gather(booth: Booth, reading: Reading) -> Record:
    """The record as it stands now; `reading` is what stands in the shared document."""
    house = Organisation.ours().name or "Alongside"
    goal = reading.goal.strip() or booth.goal
    agreements = {agreed.by_id: agreed for agreed in booth.agreements.select_related("by")}
    laid = list(booth.enclosures.select_related("file__blob", "by").order_by("id"))
    lessons = booth.lessons.filter(removed_at=None)
    return Record(
        house=house, goal=goal, where=_where(booth, house), notes=as_json(reading.notes),
        shapes=list(reading.sketch.values()),
        agreed=[_("%(name)s: that is it, %(when)s") % {"name": _name(each.by), "when": full_words(each.at)}
                for each in agreements.values() if each.words.strip() == goal],
        steps=[_step(step) for step in booth.steps.standing().select_related("done_by", "made_by")],
        endings=[{"side": _side(said.by), "name": _name(said.by), "answer": _answers()[said.answer],
                  "words": said.words} for said in booth.endings.select_related("by")],
        lessons=[{"title": lesson.title, "parts": lesson.parts} for lesson in lessons],
        lines=[{"side": _side(line.by), "name": _name(line.by), "at": full_words(line.at), "words": line.words}
               for line in booth.lines.select_related("by")],
        files=[{"id": each.id, "name": each.file.name, "size": each.file.size, "note": _("%(name)s, %(when)s") % {
            "name": _name(each.by), "when": full_words(each.at)}}
            for each in laid if not each.in_page and each.removed_at is None],
        pictures={each.id: each.file for each in [each for each in laid if each.file.is_picture][:MOST_PICTURES]},
        shown=_of_lessons(lessons),
    )


def _of_lessons(lessons) -> dict[int, File]:
    ids = [part["file"] for lesson in lessons for part in lesson.parts if part.get("file")]
    return File.objects.select_related("blob").in_bulk(ids[:MOST_PICTURES]) if ids else {}


def _where(booth: Booth, house: str) -> str:
    day = timezone.localtime(booth.opened_at)
    told = {"house": house, "person": booth.person.name if booth.person else "", "day": full_words(day)}
    if told["person"]:
        return _("%(house)s and %(person)s, since %(day)s") % told
    return _("%(house)s, since %(day)s") % told


def _step(step) -> dict:
    note = ""
    if step.done_at:
        note = _("%(name)s, %(when)s") % {"name": _name(step.done_by), "when": full_words(step.done_at)}
    elif step.due_at:
        note = _("by %(when)s") % {"when": full_words(step.due_at)}
    return {"words": step.words, "done": step.done_at is not None, "note": note, "whose": step.whose,
            "whose_words": _sides()[step.whose]}


def _sides() -> dict[str, str]:
    return {OURS: _("ours"), YOURS: _("yours"), TOGETHER: _("together")}


def _answers() -> dict[str, str]:
    return {REACHED: _("reached"), PARTLY: _("in part"), UNREACHED: _("not reached")}


def _name(participant) -> str:
    return participant.name if participant else _("somebody")


def _side(participant) -> str:
    return participant.side if participant else ""
