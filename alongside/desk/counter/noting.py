"""What a tap or a line at the counter writes down, and how the last tap is taken back."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.desk.counter.rows import first_name
from alongside.moments import moods
from alongside.moments.models import ALL, Had, Idea, Moment, MomentKind, Mood, Note, Noted
from alongside.visits.models import Visit

NOTED = {model.NAME: model for model in ALL}
CAME, LEFT = "came", "left"


class NothingToNote(Exception):
    """A field was empty, or what was sent is none of the choices."""


@dataclass(frozen=True)
class Tap:
    """The last thing that was done, as an address carries it: "mood-12"."""

    what: str
    id: int

    def __str__(self):
        return f"{self.what}-{self.id}"

    @classmethod
    def read(cls, text: str) -> "Tap | None":
        """The tap that `text` names, or None."""
        what, _dash, id = text.partition("-")
        known = what in NOTED or what in (CAME, LEFT)
        return cls(what, int(id)) if known and id.isascii() and id.isdecimal() and len(id) < 19 else None


def note(visit: Visit, what: str, value: str, *, by) -> Noted:
    """Write down one thing of who is here. The same tap again at one visit writes nothing new. Raises NothingToNote."""
    keep, value = _NOTES.get(what), " ".join(value.split()) if what != "note" else value.strip()
    if keep is None or not value:
        raise NothingToNote
    return keep(visit, value, by)


def _mood(visit, value, by):
    if value not in moods.BY_ID:
        raise NothingToNote
    now = Mood.objects.filter(visit=visit.pk).order_by("-at", "-id").first()
    return now if now and now.mood == value else Mood.keep(visit.whose, by=by, visit=visit.pk, mood=value)


def _moment(visit, value, by):
    kind = MomentKind.objects.filter(key=value).first()
    return _done(visit, kind, by)


def _idea(visit, value, by):
    known = Idea.objects.select_related("kind")
    idea = known.filter(pk=int(value)).first() if value.isascii() and value.isdecimal() and len(value) < 19 else None
    return _done(visit, idea and idea.kind, by, idea)


def _done(visit, kind, by, idea=None):
    if kind is None:
        raise NothingToNote
    done = Moment.objects.filter(visit=visit.pk, kind=kind).first()
    return done or Moment.keep(visit.whose, by=by, visit=visit.pk, kind=kind, idea=idea)


def _own_moment(visit, value, by):
    return Moment.keep(visit.whose, by=by, visit=visit.pk, words=value[:240])


def _had(visit, value, by):
    return Had.keep(visit.whose, by=by, visit=visit.pk, what=value[:240], location=visit.location)


def _usual(visit, value, by):
    done = Had.objects.filter(visit=visit.pk, usual=True).first()
    return done or Had.keep(visit.whose, by=by, visit=visit.pk, what=value[:240], location=visit.location, usual=True)


def _note(visit, value, by):
    return Note.keep(visit.whose, by=by, visit=visit.pk, text=value)


_NOTES = {"mood": _mood, "moment": _moment, "idea": _idea, "own": _own_moment, "had": _had, "usual": _usual,
          "note": _note}


def done_by(tap: Tap, principal) -> Visit | Noted | None:
    """The row of a tap, if this member did it (leaving: whoever may) and it still stands."""
    if tap.what in (CAME, LEFT):
        visits = Visit.objects.visible_to(principal).select_related("person__merged_into", "location", "instead_of")
        row = visits.filter(pk=tap.id).first()
        left = row is not None and row.ended_at is not None
        return row if row and left == (tap.what == LEFT) and (left or row.by_id == principal.person_id) else None
    rows = NOTED[tap.what].objects.visible_to(principal).select_related("person__merged_into")
    return rows.filter(pk=tap.id, by=principal.person_id).first()


def words_of(tap: Tap, row: Visit | Noted, *, seen: bool) -> str:
    """What was done, as the line says it that offers to take it back. `seen`: customers see it, too."""
    person = row.whose if isinstance(row, Visit) else row.person.standing()
    name = (first_name(person) if seen else person.name) or _("Someone new")
    if tap.what == CAME:
        return _("%(name)s is here.") % {"name": name}
    if tap.what == LEFT:
        return _("%(name)s has left.") % {"name": name}
    return _("Noted: %(words)s") % {"words": row.in_words[:80]}


def take_back(tap: Tap, row: Visit | Noted, *, by) -> int | None:
    """Undo it. Returns the visit that is open now, if there is one. Raises TooLate."""
    if tap.what == LEFT:
        row.stay(by=by)
        return row.pk
    if tap.what == CAME:
        row.take_back(by=by)
        return None
    visit = row.visit
    row.take_back(by=by)
    return visit
