"""The receipt of an erasing: that it was done, when, how and how much; nothing of whom."""

import uuid

from django.db import models
from django.utils import timezone

from alongside.people.belongings import ANONYMISE, DELETE
from alongside.people.models import Person


class Erasure(models.Model):
    """`id` is random, `counts` says how many rows of which room; `by` is the member who did it, None for themself.

    `wiped_at`: since when the database's own files hold nothing of it either (see `wiping`), None while they may.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=10, choices=[(ANONYMISE, ANONYMISE), (DELETE, DELETE)])
    counts = models.JSONField(default=dict)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    wiped_at = models.DateTimeField(null=True)

    def __str__(self):
        return str(self.id)
