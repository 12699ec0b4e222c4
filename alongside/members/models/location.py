"""A location: a counter, a branch, a workshop; where people come in, with a zone of its own."""

from django.db import models, transaction
from django.utils import timezone

from alongside.events.models import record

TOLD = ("name", "zone", "about")


class LocationQuerySet(models.QuerySet):
    """Locations by who may see them."""

    def visible_to(self, principal):
        """Every member knows every location; nobody else asks through this door."""
        return self if principal.serves else self.none()

    def standing(self):
        """Those that are open for people."""
        return self.filter(closed_at=None)


class Location(models.Model):
    """Where people come in. `zone` is empty where it is the organisation's."""

    name = models.CharField(max_length=80, unique=True)
    zone = models.CharField(max_length=64, blank=True)
    about = models.CharField(max_length=240, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    demo = models.BooleanField(default=False, editable=False)

    objects = LocationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @classmethod
    def found(cls, *, name: str, zone: str = "", about: str = "", by=None, demo: bool = False) -> "Location":
        """Open a location. Records `members.location_opened`."""
        with transaction.atomic():
            location = cls.objects.create(name=name.strip(), zone=zone, about=about.strip(), demo=demo)
            record("members.location_opened", by=by, data={"location": location.id})
        return location

    def describe(self, *, by, **told) -> None:
        """Say what it is called, where it is and what it is for (any of TOLD). Records `members.location_described`."""
        if unknown := set(told) - set(TOLD):
            raise ValueError(f"a location has no {sorted(unknown)}")
        with transaction.atomic():
            for name, value in told.items():
                setattr(self, name, value.strip())
            self.save(update_fields=list(told))
            record("members.location_described", by=by, data={"location": self.id, "fields": sorted(told)})

    def close(self, *, by) -> None:
        """Close it; what happened there stays. Records `members.location_closed`; a second time is harmless."""
        with transaction.atomic():
            if self._stand_closed(self.closed_at or timezone.now()):
                record("members.location_closed", by=by, data={"location": self.id})

    def reopen(self, *, by) -> None:
        """Open it again. Records `members.location_opened`; a second time is harmless."""
        with transaction.atomic():
            if self._stand_closed(None):
                record("members.location_opened", by=by, data={"location": self.id})

    def _stand_closed(self, at) -> bool:
        """Keep since when it is closed; False when that is no change."""
        changed = self.closed_at != at
        self.closed_at = at
        self.save(update_fields=["closed_at"])
        return changed
