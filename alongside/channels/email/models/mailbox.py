"""A mailbox: one mail address connected to an inbox, and how it is reached."""

from django.db import models
from django.utils import timezone

from alongside.channels.email.secrets import seal, unseal
from alongside.conversations.models import Inbox

SECURITY = [("tls", "TLS from the start"), ("starttls", "STARTTLS"), ("none", "none, on this machine only")]


class Mailbox(models.Model):
    """One address. Imports nothing until `importing_since` is set, and never deletes or flags a mail on its server.

    `uid_validity` and `last_uid` say how far its folder was read; `trouble` is what is wrong, for the admin to read.
    """

    SMTP, POST_OFFICE = "smtp", "post_office"
    NEW, CONNECTED, PAUSED, FAILING = "new", "connected", "paused", "failing"

    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="mailboxes")
    address = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    transport = models.CharField(max_length=12, default=SMTP, choices=[(SMTP, SMTP), (POST_OFFICE, POST_OFFICE)])
    receives_by_smtp = models.BooleanField(default=False)
    imap_host = models.CharField(max_length=253, blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=8, choices=SECURITY, default="tls")
    imap_login = models.CharField(max_length=254, blank=True)
    imap_folder = models.CharField(max_length=254, default="INBOX")
    smtp_host = models.CharField(max_length=253, blank=True)
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_security = models.CharField(max_length=8, choices=SECURITY, default="starttls")
    smtp_login = models.CharField(max_length=254, blank=True)
    sealed_imap_password = models.TextField(blank=True)
    sealed_smtp_password = models.TextField(blank=True)
    plus_addresses = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=NEW, choices=[(s, s) for s in (NEW, CONNECTED, PAUSED, FAILING)])
    trouble = models.TextField(blank=True)
    importing_since = models.DateTimeField(null=True)
    uid_validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    heard_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "mailboxes"
        ordering = ["address"]

    def __str__(self):
        return self.address

    @property
    def imap_password(self) -> str:
        """The IMAP password in the clear. Raises secrets.CannotRead."""
        return unseal(self.sealed_imap_password)

    @imap_password.setter
    def imap_password(self, text: str):
        self.sealed_imap_password = seal(text)

    @property
    def smtp_password(self) -> str:
        """The SMTP password in the clear. Raises secrets.CannotRead."""
        return unseal(self.sealed_smtp_password)

    @smtp_password.setter
    def smtp_password(self, text: str):
        self.sealed_smtp_password = seal(text)

    @property
    def domain(self) -> str:
        """The part after the @."""
        return self.address.rpartition("@")[2]

    def is_well(self) -> None:
        """Note that its server answered."""
        Mailbox.objects.filter(pk=self.pk).exclude(state=Mailbox.PAUSED).update(
            state=Mailbox.CONNECTED, trouble="", heard_at=timezone.now()
        )

    def is_failing(self, trouble: str) -> None:
        """Note what is wrong, in words for the admin."""
        Mailbox.objects.filter(pk=self.pk).exclude(state=Mailbox.PAUSED).update(
            state=Mailbox.FAILING, trouble=trouble[:2000]
        )
