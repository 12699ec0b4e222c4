"""A letter that the house itself writes, to a member or someone invited: kept until a mail server has it."""

from django.db import models
from django.utils import timezone

UNSETTLED = models.Q(state__in=["waiting", "leaving"])


class HouseLetter(models.Model):
    """One letter to one address, made once, so that every try hands over the same bytes.

    `state`: waiting (until `due_at`), leaving (since `due_at`), sent, failed, unknown. It stands in no conversation.
    """

    WAITING, LEAVING, SENT, FAILED, UNKNOWN = "waiting", "leaving", "sent", "failed", "unknown"

    to = models.CharField(max_length=254)
    raw = models.BinaryField()
    state = models.CharField(max_length=8, default=WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    handing_over_at = models.DateTimeField(null=True)
    server_said = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="house_letter_due", condition=UNSETTLED)]

    def __str__(self):
        return f"letter {self.id}"
