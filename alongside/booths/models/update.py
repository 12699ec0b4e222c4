"""The shared document as it is kept: what was typed and drawn, change by change, and now and then all of it at once."""

from django.db import models
from django.utils import timezone

from alongside.booths.models.booth import Booth
from alongside.booths.models.participant import Participant

TIDIED, SAVED, KEPT, ENDED, RETURNED = "tidied", "saved", "kept", "ended", "returned"
WHYS = (TIDIED, SAVED, KEPT, ENDED, RETURNED)
LONGEST_NAME = 80


class Update(models.Model):
    """One change of the shared document (a Yjs update, version 1), committed before anybody else sees it.

    `refused` marks one that could not be taken into the document: it is kept aside and never read again.
    """

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="updates")
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    data = models.BinaryField()
    refused = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["booth", "id"], name="update_of_booth")]

    def __str__(self):
        return f"update {self.pk}"


class Snapshot(models.Model):
    """The whole document at one moment, as one update. The newest holds every change before it; others are versions.

    `changes` is how many changes lie in it since the version before; `why` says what made it: the table was tidied,
    much was about to be taken out, somebody kept it by hand, the booth ended, an older one was about to come back.
    `name` is what somebody called it.
    """

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="snapshots")
    at = models.DateTimeField(default=timezone.now)
    data = models.BinaryField()
    changes = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=8, default=TIDIED, choices=[(why, why) for why in WHYS])
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["booth", "-id"], name="snapshot_of_booth")]

    def __str__(self):
        return f"snapshot {self.pk}"
