"""A closure: that a conversation was done, by whom, when and why."""

from django.db import models
from django.utils import timezone

from alongside.people.models import Person


class Closure(models.Model):
    """One time that a conversation was called done."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="closures")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=240, blank=True)
