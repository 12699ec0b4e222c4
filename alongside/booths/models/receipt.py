"""That a change was made: its sender's own key, kept for a while, so that one sent twice is made once."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from alongside.booths.models.participant import Participant

KEPT_FOR = timedelta(days=30)  # how long a page may sleep before it sends again what it is not sure of


class Receipt(models.Model):
    """One change by `by`, which they named `once`. What is added keeps that key itself."""

    by = models.ForeignKey(Participant, on_delete=models.CASCADE, db_index=False, related_name="receipts")
    once = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "once"], name="receipt_once")]

    def __str__(self):
        return self.once

    @classmethod
    def is_first(cls, by: Participant, once: str) -> bool:
        """Whether this key was never seen before; it is from now on, when the caller's transaction commits.

        Waits for another transaction that is making the same change.
        """
        return cls.objects.get_or_create(by=by, once=once)[1]

    @classmethod
    def forget_old(cls, now: datetime | None = None) -> int:
        """Delete those that nobody will send again. Returns how many."""
        return cls.objects.filter(at__lt=(now or timezone.now()) - KEPT_FOR).delete()[0]
