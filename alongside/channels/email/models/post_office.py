"""The post office's letters: what the outside world of the demo has received from us."""

from django.db import models
from django.utils import timezone

from alongside.conversations.models import Message


class PostOfficeLetter(models.Model):
    """One letter that lies in the post office for `recipient`."""

    at = models.DateTimeField(default=timezone.now)
    sender = models.CharField(max_length=254)
    recipient = models.CharField(max_length=254, db_index=True)
    raw = models.BinaryField()
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
