"""A mailbox: one mail address connected to an inbox, and how it is reached."""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.channels.email.secrets import seal, unseal
from alongside.conversations.models import Inbox
from alongside.events.models import record

SECURITY = [("tls", _("TLS from the start")), ("starttls", "STARTTLS"), ("none", _("none (in this house)"))]
HEARD_EVERY = timedelta(minutes=1)


class Mailbox(models.Model):
    """One address. Imports nothing until `importing_since` is set, and never deletes or flags a mail on its server.

    `uid_validity` and `last_uid` say how far its folder was read; `trouble_in` and `trouble_out` say what is wrong with
    its servers, for the admin to read.
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
    trouble_in = models.TextField(blank=True)
    trouble_out = models.TextField(blank=True)
    troubled_since = models.DateTimeField(null=True)
    trouble_told_at = models.DateTimeField(null=True)  # since when owners and admins know of this trouble
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

    @property
    def sends(self) -> bool:
        """Whether mail can leave through it."""
        return self.state != self.NEW and (self.transport == self.POST_OFFICE or bool(self.smtp_host))

    @property
    def fetches(self) -> bool:
        """Whether its server is read."""
        reads = self.state in (self.CONNECTED, self.FAILING) and self.transport == self.SMTP
        return reads and bool(self.imap_host) and self.importing_since is not None

    def is_well(self, side: str) -> None:
        """Note that a server answered. `side` is "in" (IMAP) or "out" (SMTP): one does not hide the other's trouble.

        Records `email.mailbox_well` when it was failing before.
        """
        self._note(side, "")

    def is_failing(self, side: str, trouble: str) -> None:
        """Note what is wrong with one side, in words for the admin. Records `email.mailbox_failing` once."""
        self._note(side, trouble[:1000] or "?")

    def _note(self, side: str, trouble: str) -> None:
        column = {"in": "trouble_in", "out": "trouble_out"}[side]
        fresh = timezone.now() - HEARD_EVERY
        with transaction.atomic():
            now = Mailbox.objects.select_for_update().get(pk=self.pk)
            heard = side == "in" and not trouble and (now.heard_at is None or now.heard_at < fresh)
            if getattr(now, column) == trouble and not heard:
                return
            setattr(now, column, trouble)
            now.heard_at = timezone.now() if heard else now.heard_at
            was, now.state = now.state, now._state_now()
            now.save(update_fields=[column, "heard_at", "state"])
            if was != now.state:
                now.tell_turn()

    def tell_turn(self) -> None:
        """Record that it fails now, or is well again; `told` says whether anybody had heard of the trouble."""
        failing, told = self.state == Mailbox.FAILING, self.trouble_told_at is not None
        self.troubled_since, self.trouble_told_at = timezone.now() if failing else None, None
        self.save(update_fields=["troubled_since", "trouble_told_at"])
        verb = "mailbox_failing" if failing else "mailbox_well"
        record(f"email.{verb}", data={"mailbox": self.id, "inbox": self.inbox_id, "told": told})

    def _state_now(self) -> str:
        if self.state not in (Mailbox.CONNECTED, Mailbox.FAILING):
            return self.state
        return Mailbox.FAILING if self.trouble_in or self.trouble_out else Mailbox.CONNECTED

    @property
    def trouble(self) -> str:
        """What is wrong, both sides together."""
        return " ".join(part for part in (self.trouble_in, self.trouble_out) if part)

    def pause(self, *, by) -> None:
        """Neither read nor forget it. Records `email.mailbox_paused`."""
        self._change("mailbox_paused", by, state=Mailbox.PAUSED, troubled_since=None, trouble_told_at=None)

    def resume(self, *, by) -> None:
        """Read it again from where it was left. Records `email.mailbox_resumed`."""
        self._change("mailbox_resumed", by, state=Mailbox.CONNECTED, trouble_in="", trouble_out="",
                     troubled_since=None, trouble_told_at=None)

    def start(self, since, *, by) -> None:
        """Begin to read: what its server has received since then, and what comes. Records `email.mailbox_started`."""
        # A server tells the time in whole seconds (RFC 3501, INTERNALDATE): what comes within this second counts too.
        columns = {"importing_since": since.replace(microsecond=0), "uid_validity": None, "last_uid": 0}
        self._change("mailbox_started", by, state=Mailbox.CONNECTED, **columns)

    def _change(self, verb: str, by, **columns) -> None:
        with transaction.atomic():
            for name, value in columns.items():
                setattr(self, name, value)
            self.save(update_fields=list(columns))
            record(f"email.{verb}", by=by, data={"mailbox": self.id, "inbox": self.inbox_id})
