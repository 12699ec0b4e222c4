"""A mail as it came, stored and committed before anything reads it."""

import re

from django.db import models
from django.utils import timezone

from alongside.channels.email.models.mailbox import Mailbox
from alongside.conversations.models import Message


class RawMail(models.Model):
    """The bytes of one mail. Known again by mailbox, UIDVALIDITY and UID, or by their SHA-256; never by Message-ID,
    with which an attacker could suppress mail (DESIGN 6).

    `state`: stored (not yet read), taken (it became `message`), aside (a machine wrote it, or we did: `error` says
    which kind), failed (we could not read it; it stands in a conversation all the same).
    """

    STORED, TAKEN, ASIDE, FAILED = "stored", "taken", "aside", "failed"

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="raw_mails")
    source = models.CharField(max_length=12)  # imap, smtp, post_office, cli
    uid_validity = models.BigIntegerField(null=True)
    uid = models.BigIntegerField(null=True)
    sha256 = models.BinaryField(max_length=32)
    raw = models.BinaryField()
    envelope_from = models.CharField(max_length=254, blank=True)
    envelope_to = models.CharField(max_length=254, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, default=STORED)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sender = models.CharField(max_length=254, blank=True)  # of one that was set aside, for the list of those
    subject = models.CharField(max_length=300, blank=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="raw_mails")

    def with_envelope(self) -> bytes:
        """The mail with what its envelope said on top, as a delivering server would write it."""
        if self.source != "smtp":
            return bytes(self.raw)
        safe_from, safe_to = (re.sub(r"[\x00-\x20<>]", "", text) for text in (self.envelope_from, self.envelope_to))
        head = f"Return-Path: <{safe_from}>\r\nDelivered-To: {safe_to}\r\n"
        return head.encode("utf-8", "replace") + bytes(self.raw)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "uid_validity", "uid"], name="raw_mail_uid_once"),
            models.UniqueConstraint(fields=["mailbox", "sha256"], name="raw_mail_bytes_once"),
        ]
        indexes = [
            models.Index(fields=["mailbox", "id"], name="raw_mail_stored", condition=models.Q(state="stored")),
            models.Index(fields=["mailbox", "-id"], name="raw_mail_aside", condition=models.Q(state="aside")),
        ]
