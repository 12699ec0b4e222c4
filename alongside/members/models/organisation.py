"""The organisation: one row, what it is called, its zone and its languages."""

from django.db import models, transaction
from django.utils import timezone

from alongside.events.models import record

TOLD = ("name", "zone", "language", "languages")


class Organisation(models.Model):
    """Whoever runs this installation. There is exactly one row, with id 1."""

    name = models.CharField(max_length=120, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=16, default="en")
    languages = models.JSONField(default=list)  # codes of the languages its people write in; search stems these
    set_up_at = models.DateTimeField(null=True)

    def __str__(self):
        return self.name

    @classmethod
    def ours(cls) -> "Organisation":
        """The one row, made when first asked for."""
        return cls.objects.get_or_create(id=1)[0]

    def describe(self, *, by, **told) -> None:
        """Say what the organisation is called, where and in which languages it works (any of TOLD).

        The first time counts as set-up. Records `members.organisation_described` with the names of what changed.
        """
        if unknown := set(told) - set(TOLD):
            raise ValueError(f"an organisation has no {sorted(unknown)}")
        changed = sorted(name for name, value in told.items() if getattr(self, name) != value)
        with transaction.atomic():
            for name in changed:
                setattr(self, name, told[name])
            self.set_up_at = self.set_up_at or timezone.now()
            self.save(update_fields=[*changed, "set_up_at"])
            record("members.organisation_described", by=by, data={"fields": changed})
