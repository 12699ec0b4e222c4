"""A visit: one person with us, at one place, from coming in to leaving."""

from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.events.models import record
from alongside.lib.taking_back import TooLate, is_fresh
from alongside.live.models import changed
from alongside.members.models import Location
from alongside.people.models import Person, TheirsQuerySet, lock_person

COUNTER, PHONE, SITE = "counter", "phone", "site"
KINDS = [(COUNTER, _("At the counter")), (PHONE, _("On the phone")), (SITE, _("On site"))]
FORGOTTEN_AFTER = timedelta(hours=12)  # nobody stays that long: they went, and nobody tapped it


# Said in SQL, which is a millisecond less than to have it said by Django. Who is here is the same as in `here`.
_LAST = """
    SELECT person_id, max(began_at),
           bool_or(ended_at IS NULL AND began_at > %s AND location_id IS NOT DISTINCT FROM %s::bigint)
      FROM visits_visit WHERE person_id = ANY(%s) GROUP BY person_id
"""


class VisitQuerySet(TheirsQuerySet):
    """Visits by who came, and by who is here."""

    def of(self, person: Person):
        """Everything that is known to be this person's, the newest first."""
        return super().of(person).order_by("-began_at", "-id")

    def here(self, location: Location | None, now: datetime | None = None):
        """Who is at that place (None: where no place was named) and has not left, the newest first."""
        since = (now or timezone.now()) - FORGOTTEN_AFTER
        there = self.filter(location=location, ended_at=None, began_at__gt=since)
        return there.select_related("person__merged_into").order_by("-began_at", "-id")

    def last_of(self, people: list[int], location: Location | None) -> list[tuple[int, datetime, bool]]:
        """Who of these came, when last, and whether they are at that place now; for every keystroke at a counter."""
        with connection.cursor() as cursor:
            cursor.execute(_LAST, [timezone.now() - FORGOTTEN_AFTER, location and location.pk, people])
            return cursor.fetchall()

    def forgotten(self, now: datetime | None = None):
        """Visits that nobody ended."""
        return self.filter(ended_at=None, began_at__lte=(now or timezone.now()) - FORGOTTEN_AFTER)


class Visit(models.Model):
    """Somebody came. `by` is who greeted them; `instead_of` the visit that ended because this one began."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="visits")
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits")
    kind = models.CharField(max_length=8, choices=KINDS, default=COUNTER)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    instead_of = models.ForeignKey("self", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")

    objects = VisitQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-began_at"], name="visit_by_person"),
            models.Index(fields=["location", "-began_at"], name="visit_here", condition=models.Q(ended_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(ended_at=None), name="visit_open_once")
        ]

    def __str__(self):
        return f"{self.kind} #{self.pk}"

    @property
    def whose(self) -> Person:
        """Who came, as they stand now."""
        return self.person.standing()

    @classmethod
    def begin(cls, person: Person, *, by, location: Location | None = None, kind: str = COUNTER, at=None) -> "Visit":
        """Somebody came in. Who is here already goes on with the same visit; one elsewhere ends with this.

        Records `visits.began`, and `visits.ended` for the other one.
        """
        person, at = person.standing(), at or timezone.now()
        with transaction.atomic():
            lock_person(person.pk)
            open_ones = list(cls.objects.of(person).filter(ended_at=None).select_related("location"))
            for visit in open_ones:
                if (visit.location_id, visit.kind) == (location and location.pk, kind) and not visit._is_forgotten(at):
                    return visit
            for visit in open_ones:
                visit._end(at, by=by)
            visit = cls.objects.create(person=person, location=location, kind=kind, began_at=at, by=by,
                                       instead_of=open_ones[0] if open_ones else None)
            record("visits.began", by=by, subject=person, data={"visit": visit.id}, at=at)
            visit._tell()
        return visit

    def leave(self, *, by, at=None) -> None:
        """They went. Records `visits.ended`; a second time is harmless.

        Who was written down twice when they came in leaves once.
        """
        with transaction.atomic():
            visit = Visit.objects.select_for_update().get(pk=self.pk)
            if visit.ended_at is None:
                there = Visit.objects.of(visit.whose).filter(ended_at=None, location=visit.location_id, kind=visit.kind)
                visit._end(at or timezone.now(), by=by)
                for other in there.exclude(pk=visit.pk).select_for_update(of=("self",)):
                    other._end(at or timezone.now(), by=by)
            self.ended_at = visit.ended_at

    def stay(self, *, by) -> None:
        """They did not go after all: the visit goes on. Records `visits.resumed`. Raises TooLate."""
        with transaction.atomic():
            lock_person(self.whose.pk)
            visit = Visit.objects.select_for_update().get(pk=self.pk)
            if visit.ended_at is None:
                return
            open_now = Visit.objects.of(visit.whose).filter(ended_at=None)
            if not is_fresh(visit.ended_at) or open_now.exists():
                raise TooLate
            Visit.objects.filter(pk=visit.pk).update(ended_at=None)
            record("visits.resumed", by=by, subject=visit.person, data={"visit": visit.id})
            visit._tell()
        self.ended_at = None

    def take_back(self, *, by) -> None:
        """It was somebody else: this visit never was, and the one that ended for it goes on.

        Records `visits.taken_back`. Raises TooLate for another member's, or after ten minutes.
        """
        with transaction.atomic():
            lock_person(self.whose.pk)
            if self.by_id != by.id or not is_fresh(self.began_at):
                raise TooLate
            before, person, id = self.instead_of, self.person, self.id
            self.delete()
            if before and before.ended_at == self.began_at:
                Visit.objects.filter(pk=before.pk).update(ended_at=None)
                before._tell()
            record("visits.taken_back", by=by, subject=person, data={"visit": id})
            self._tell()

    def _is_forgotten(self, now: datetime) -> bool:
        return self.began_at <= now - FORGOTTEN_AFTER

    def _end(self, at: datetime, *, by) -> None:
        """End it at that moment, but never later than anybody stays."""
        self.ended_at = max(self.began_at, min(at, self.began_at + FORGOTTEN_AFTER))
        self.save(update_fields=["ended_at"])
        record("visits.ended", by=by, subject=self.person, data={"visit": self.id}, at=self.ended_at)
        self._tell()

    def _tell(self) -> None:
        changed(topic_of(self.location_id))
        changed(f"person:{self.whose.pk}")


def topic_of(location_id: int | None) -> str:
    """The live topic of who is at a place."""
    return f"counter:{location_id or 0}"
