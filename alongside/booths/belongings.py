"""What this room holds of a person: the pages we shared with them, and what they wrote on those of others."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.booths import erasing
from alongside.booths.models import Booth, Participant
from alongside.booths.models.booth import ENDED
from alongside.booths.notes import notes_of
from alongside.lib.child import ChildError
from alongside.people.belongings import ANONYMISE, Belonging, Item, Kind, Told, register, retell

BATCH = 100
LYING = ("steps__made_by", "lines__by", "endings__by", "agreements__by", "enclosures__file", "lessons__places",
         "participants")


class Booths(Belonging):
    """Booths that were opened for them, with all that lies in them: both sides wrote it, and both may have it."""

    name, label, order = "booths", gettext_lazy("Pages that we shared"), 55
    kinds = (Kind("booths", gettext_lazy("Shared pages that have ended")),)

    def count(self, person_ids):
        """How many booths."""
        return self._of(person_ids).count()

    def held(self, person_ids):
        """Each with its goal, and everything on its table that is words."""
        return [told for booth in self._whole(person_ids) for told in _told(booth)]

    def export(self, person_ids):
        """Each whole, with who wrote what."""
        return [_exported(booth) for booth in self._whole(person_ids)]

    def erase(self, person_ids, how):
        """Gone with everything in them, or empty, so that we still know how many there were."""
        with transaction.atomic():
            return erasing.forget(_ids(self._of(person_ids)), keep_rows=how == ANONYMISE)

    def since(self, person_ids, moment):
        """Those that were opened after `moment`."""
        return [Item(booth.id, booth.goal[:120] or _("A page without a goal"), booth.opened_at)
                for booth in self._of(person_ids).filter(opened_at__gt=moment)]

    def move(self, ids, person_id):
        """They are that person's from now on, and stand in their life."""
        retell("booth.", "booth", ids, person_id)
        return Booth.objects.filter(id__in=ids).update(person=person_id)

    def expired(self, kind, before):
        """How many ended before then."""
        return self._ended(before).count()

    def discard(self, kind, before):
        """Remove those."""
        gone = 0
        while ids := _ids(self._ended(before)[:BATCH]):
            with transaction.atomic():
                gone += erasing.forget(ids, keep_rows=False)
        return gone

    def _of(self, person_ids):
        return Booth.objects.filter(person__in=person_ids).order_by("opened_at", "id")

    def _whole(self, person_ids):
        return self._of(person_ids).select_related("opened_by").prefetch_related(*LYING)

    def _ended(self, before):
        return Booth.objects.filter(state=ENDED, ended_at__lt=before).order_by("ended_at", "id")


class Seats(Belonging):
    """Where they sat as a guest in booths of others, once a member had said who the guest is; and what they wrote."""

    name, label, order = "booth_seats", gettext_lazy("What you wrote on pages of others"), 56

    def count(self, person_ids):
        """How many seats."""
        return self._of(person_ids).count()

    def held(self, person_ids):
        """Their own words, each with what the page is about."""
        return [told for guest in self._whole(person_ids) for told in _told(guest.booth, by=guest.id)]

    def export(self, person_ids):
        """The same, as plain values."""
        return [{"called": guest.name, "joined_at": guest.joined_at.isoformat(), **_exported(guest.booth, by=guest.id)}
                for guest in self._whole(person_ids)]

    def erase(self, person_ids, how):
        """Their words and their name, either way: the page is somebody else's and stays."""
        with transaction.atomic():
            return erasing.forget_words(self._of(person_ids))

    def since(self, person_ids, moment):
        """Seats that were taken after `moment`."""
        return [Item(guest.id, guest.name, guest.joined_at)
                for guest in self._of(person_ids).filter(joined_at__gt=moment)]

    def move(self, ids, person_id):
        """It was that person who sat there."""
        return Participant.objects.filter(id__in=ids).update(person=person_id)

    def _of(self, person_ids):
        guests = Participant.objects.filter(person__in=person_ids, is_guest=True)
        return guests.exclude(booth__person__in=person_ids).order_by("joined_at", "id")

    def _whole(self, person_ids):
        lying = [f"booth__{each}" for each in LYING]
        return self._of(person_ids).select_related("booth").prefetch_related(*lying)


def _told(booth: Booth, by: int | None = None) -> list[Told]:
    """What stands on the table of `booth` in words; of one guest's with `by`, all of it without."""
    about = {_("about"): booth.goal} if booth.goal else {}
    told = [] if by else [Told(_("A page we shared"), booth.goal or "…", booth.opened_at,
                               by=booth.opened_by.name if booth.opened_by else "")]
    if not by and (notes := _notes_in_words(booth)):
        told.append(Told(_("Notes"), notes, booth.touched_at))
    for what, value, row in _words(booth):
        if value and (by is None or row.by_id == by):
            told.append(Told(what, value, row.at, by=row.by.name if row.by and not by else "", details=about))
    return told


def _notes_in_words(booth: Booth) -> str:
    """The notes, for reading; one page that cannot be read keeps nobody from what else is held."""
    try:
        return notes_of(booth).markdown
    except ChildError:
        return _("The notes cannot be read just now. Look again in a moment.")


def _words(booth: Booth):
    """Yield what it is, the words and the row, for everything that somebody wrote or brought."""
    for step in booth.steps.all():
        step.by_id, step.by, step.at = step.made_by_id, step.made_by, step.made_at
        yield (_("A step, done") if step.done_at else _("A step")), step.words, step
    for line in booth.lines.all():
        yield _("Said in writing"), line.words, line
    for agreement in booth.agreements.all():
        yield _("Yes to the goal"), agreement.words, agreement
    for ending in booth.endings.all():
        yield _("How it ended"), ending.words or ending.answer, ending
    for laid in booth.enclosures.all():
        yield _("A file"), laid.file.name, laid
    for lesson in booth.lessons.all():
        yield _("A lesson"), lesson.title, lesson


def _exported(booth: Booth, by: int | None = None) -> dict:
    """A booth as plain values: all of it, or what the guest `by` wrote."""
    names = {each.id: each.name for each in booth.participants.all()}
    notes = notes_of(booth) if by is None else None
    whole = {"goal": booth.goal, "opened_at": booth.opened_at.isoformat(), "state": booth.state,
             "words": [{"what": what, "words": value, "at": row.at.isoformat(), "by": names.get(row.by_id, "")}
                       for what, value, row in _words(booth) if by is None or row.by_id == by]}
    if by is None:
        whole |= {"ended_at": booth.ended_at.isoformat() if booth.ended_at else None, "who": sorted(names.values()),
                  "notes": notes.markdown if notes else None}
    return whole


def _ids(rows) -> list[int]:
    return list(rows.values_list("id", flat=True))


register(Booths())
register(Seats())
