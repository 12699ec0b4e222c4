"""Whose hand writes: the numbers under which participants' devices change the shared document."""

from django.db import models

from alongside.booths.models.booth import Booth
from alongside.booths.models.participant import Participant


class Hand(models.Model):
    """One device (a Yjs client id, below 2⁵³) in one booth, and who first wrote by it.

    A page takes a new number each time it is loaded. By them one knows what in the document is whose.
    """

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, db_index=False, related_name="hands")
    client = models.BigIntegerField()
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="hands")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["booth", "client"], name="hand_once")]

    def __str__(self):
        return str(self.client)
