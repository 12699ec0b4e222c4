"""What all that is noted has in common: of whom, by whom, when, at which visit; and that it can be taken back."""

from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone

from alongside.events.models import record
from alongside.lib.taking_back import TooLate, is_fresh
from alongside.live.models import changed
from alongside.people.models import Person, TheirsQuerySet


class NotedQuerySet(TheirsQuerySet):
    """What was noted, by whom it is about."""

    def of(self, person: Person):
        """Everything that is known to be this person's, the newest first."""
        return super().of(person).order_by("-at", "-id")


class Noted(models.Model):
    """Something noted of a person. `visit` is the id of a visit, of which this room knows no more."""

    verb: ClassVar[str] = ""  # of the event that tells it
    NAME: ClassVar[str] = ""  # in addresses and in the event's data

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    visit = models.BigIntegerField(null=True, blank=True, db_index=True)

    objects = NotedQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["person", "-at"], name="%(class)s_by_person")]

    @classmethod
    def keep(cls, person: Person, *, by, visit: int | None = None, at=None, **noted):
        """Write it down. Records the room's event of this kind."""
        person, at = person.standing(), at or timezone.now()
        with transaction.atomic():
            row = cls.objects.create(person=person, by=by, visit=visit, at=at, **noted)
            record(f"moments.{cls.verb}", by=by, subject=person, data={cls.NAME: row.id}, at=at)
            changed(f"person:{person.pk}")
        return row

    def take_back(self, *, by) -> None:
        """It was a slip: it never was. Records `moments.taken_back`. Raises TooLate."""
        if self.by_id != by.id or not is_fresh(self.at):
            raise TooLate
        with transaction.atomic():
            person, id = self.person, self.pk
            self.delete()
            record("moments.taken_back", by=by, subject=person, data={self.NAME: id})
            changed(f"person:{person.standing().pk}")

    @property
    def in_words(self) -> str:
        """What was noted, as one line."""
        raise NotImplementedError
