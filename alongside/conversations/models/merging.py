"""A merging: that one conversation was laid into another, and may be taken out again."""

from django.db import models
from django.utils import timezone

from alongside.conversations.models.conversation import Conversation
from alongside.people.models import Person


class Merging(models.Model):
    """`taken` was merged into `kept`; no message moves, so undoing it loses nothing."""

    kept = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="mergings")
    taken = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
