"""How far each member has read."""

from django.db import models
from django.utils import timezone

from alongside.conversations.models.conversation import Conversation
from alongside.members.models import Member


class Reading(models.Model):
    """The newest message a member has seen in a conversation; unread means there is a newer one."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="readings")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    message_id = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "conversation"], name="reading_once")]
