"""The table as a page draws it: everything that is a row, the same for both sides, in few queries."""

from collections.abc import Callable

from django.db.models import Count
from django.utils.translation import gettext as _

from alongside.booths.models import Booth, Participant
from alongside.booths.models.lesson import LessonPlace

LINES_AT_ONCE = 500
TAKEN_OFF_SHOWN = 50  # steps that were taken off last


class UnknownPart(ValueError):
    """There is no such part of the table."""


def table(booth: Booth, you: Participant, principal, part: str = "", before: int | None = None) -> dict:
    """What lies on the table of `booth` for whoever sits on `you`; with `part` that part alone.

    Times are ISO 8601 in UTC, whoever did something is a participant's id. Lines are the newest LINES_AT_ONCE (those
    before the line `before`); `earlier` says whether there are more. Raises UnknownPart.
    """
    if part and part not in PARTS:
        raise UnknownPart(part)
    shown = {"booth": _booth(booth), "you": _you(you)}
    if not part:
        shown["versions"] = booth.snapshots.count()
    for name in [part] if part else PARTS:
        if name == "links" and not principal.serves:
            continue
        shown |= _lines(booth, before) if name == "lines" else PARTS[name](booth)
    return shown


def _booth(booth: Booth) -> dict:
    return {"code": booth.code, "state": booth.state, "goal": booth.goal,
            "person": booth.person.standing().name or _("Someone new") if booth.person else None,
            "opened_at": _time(booth.opened_at), "ended_at": _time(booth.ended_at)}


def _you(you: Participant) -> dict:
    return {"id": you.id, "name": you.name, "side": you.side, "may_edit": you.may_edit, "is_member": not you.is_guest}


def _present(booth: Booth) -> dict:
    return {"participants": [
        {"id": each.id, "name": each.name, "side": each.side, "is_guest": each.is_guest, "role": each.role,
         "joined_at": _time(each.joined_at), "removed": each.removed_at is not None}
        for each in booth.participants.order_by("id")
    ]}


def _steps(booth: Booth) -> dict:
    found = booth.steps.standing().select_related("promise", "reminder").annotate(number=Count("changes"))
    return {"steps": [
        {"id": step.id, "words": step.words, "whose": step.whose, "due_at": _time(step.due_at),
         "whole_day": step.whole_day, "done_at": _time(step.done_at), "done_by": step.done_by_id,
         "made_by": step.made_by_id, "changes": step.number,
         "promise": {"id": step.promise_id, "state": step.promise.state} if step.promise else None,
         "reminder": _reminder(step)}
        for step in found
    ], "taken_off": [
        {"id": step.id, "words": step.words, "whose": step.whose, "by": step.removed_by, "at": _time(step.removed_at)}
        for step in booth.steps.taken_off()[:TAKEN_OFF_SHOWN]
    ]}


def _reminder(step) -> dict | None:
    reminder = getattr(step, "reminder", None)
    if reminder is None:
        return None
    return {"by": reminder.by_id, "at": _time(reminder.at), "said_at": _time(reminder.said_at), "way": reminder.way}


def _lines(booth: Booth, before: int | None = None) -> dict:
    lines = booth.lines.order_by("-id")
    newest = list((lines.filter(id__lt=before) if before else lines)[: LINES_AT_ONCE + 1])
    shown = reversed(newest[:LINES_AT_ONCE])
    return {"lines": [{"id": line.id, "by": line.by_id, "at": _time(line.at), "words": line.words} for line in shown],
            "earlier": len(newest) > LINES_AT_ONCE}


def _files(booth: Booth) -> dict:
    return {"files": [
        {"id": laid.id, "name": laid.file.name, "size": laid.file.size, "type": laid.file.content_type,
         "url": file_path(booth, laid.id),
         "preview": f"{file_path(booth, laid.id)}?preview=1" if laid.file.can_be_shown else None,
         "by": laid.by_id, "at": _time(laid.at), "in_page": laid.in_page}
        for laid in booth.enclosures.standing().select_related("file")
    ]}


def _agreements(booth: Booth) -> dict:
    return {"agreements": [{"by": each.by_id, "at": _time(each.at), "words": each.words}
                           for each in booth.agreements.all()]}


def _endings(booth: Booth) -> dict:
    return {"endings": [{"by": each.by_id, "answer": each.answer, "words": each.words, "at": _time(each.at)}
                        for each in booth.endings.all()]}


def _lessons(booth: Booth) -> dict:
    places = LessonPlace.objects.filter(lesson__booth=booth).order_by("id")
    of = {}
    for place in places:
        of.setdefault(place.lesson_id, []).append(
            {"by": place.by_id, "part": place.part, "learned_at": _time(place.learned_at)})
    return {"lessons": [
        {"id": lesson.id, "title": lesson.title, "by": lesson.by_id, "leader": lesson.leader_id,
         "parts": [_part(booth, lesson.id, number, part) for number, part in enumerate(lesson.parts)],
         "places": of.get(lesson.id, [])}
        for lesson in booth.lessons.filter(removed_at=None)
    ]}


def _part(booth: Booth, lesson_id: int, number: int, part: dict) -> dict:
    picture = f"/booths/{booth.code}/lessons/{lesson_id}/pictures/{number}?preview=1" if part.get("file") else None
    return {"title": part.get("title", ""), "words": part.get("words", ""), "amounts": part.get("amounts", []),
            "picture": picture}


def _links(booth: Booth) -> dict:
    return {"links": [
        {"id": link.id, "role": link.role, "way": link.way, "hint": link.key.hint,
         "expires_at": _time(link.key.expires_at), "revoked": link.key.revoked_at is not None,
         "uses_left": link.key.uses_left}
        for link in booth.links.select_related("key").order_by("-id")
    ]}


def file_path(booth: Booth, id: int) -> str:
    """Where the bytes of a file on the table are, for whoever sits there."""
    return f"/booths/{booth.code}/files/{id}"


def _time(at) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None


# The parts that `Booth.tell` names, in the order in which they lie on the table.
PARTS: dict[str, Callable[[Booth], dict]] = {
    "booth": lambda booth: {}, "present": _present, "steps": _steps, "lines": _lines, "files": _files,
    "goal": _agreements, "endings": _endings, "lessons": _lessons, "links": _links,
}
