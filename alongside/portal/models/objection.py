"""An objection: a person says that something we hold is wrong, or none of our business."""

from django.db import models
from django.utils import timezone

from alongside.conversations.models import Conversation
from alongside.people.models import Person


class Objection(models.Model):
    """What they object to, in the words under which they read it, and why, in their own."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="objections")
    what = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self):
        return self.what
