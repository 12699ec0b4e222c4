"""The outbox: each try to hand a message to a mail server, so that nothing is sent twice or lost silently."""

from django.db import models
from django.utils import timezone

from alongside.channels.email.models.mailbox import Mailbox
from alongside.conversations.models import Message


class Outgoing(models.Model):
    """One message on its way through one mailbox. The message's own `state` says where it stands.

    `raw` is made once, so that every try hands over the same bytes with the same Message-ID. `handing_over_at` is set
    before the remote is asked to take it: a row that still has it after a crash may have been sent.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="outgoing")
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.SET_NULL, related_name="outgoing")
    mail_id = models.CharField(max_length=254, db_index=True)  # its Message-ID, without brackets
    raw = models.BinaryField()
    first_try_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    handing_over_at = models.DateTimeField(null=True)
    server_said = models.TextField(blank=True)
    refused = models.JSONField(default=list)  # addresses the server turned away while it took the others
    done = models.JSONField(default=list)  # addresses that were handed over

    class Meta:
        verbose_name_plural = "outgoing"
