"""Connecting an address: test both servers, look without touching, and only then begin; and letting it go again."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from alongside.channels.email import carrying, mailserver
from alongside.channels.email.models import Mailbox
from alongside.conversations.models import Inbox
from alongside.events.models import record
from alongside.lib.mail import addresses, dates, mime, words

SECONDS = 8.0  # for each answer of a server while somebody waits before the page
LAST = 20


@dataclass(frozen=True)
class Seen:
    """A letter as the look-around shows it."""

    sender: str
    subject: str
    at: datetime | None


@dataclass
class Tested:
    """What the servers said: troubles in words, "" where all is well; `seen` when the mailbox could be looked into."""

    trouble_in: str = ""
    trouble_out: str = ""
    refused_in: bool = False
    seen: list[Seen] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        """Whether both sides work."""
        return not (self.trouble_in or self.trouble_out)


def test(mailbox: Mailbox) -> Tested:
    """Sign in to both servers of a mailbox, which need not be saved. Reads nothing but the newest headers."""
    tested = Tested()
    if mailbox.imap_host:
        try:
            tested.seen = look_around(mailbox)
        except mailserver.Trouble as trouble:
            tested.trouble_in, tested.refused_in = str(trouble), isinstance(trouble, mailserver.Refused)
    if mailbox.smtp_host:
        try:
            carrying.connect(mailbox, SECONDS).close()
        except carrying.NotYet as trouble:
            tested.trouble_out = str(trouble)
    return tested


def look_around(mailbox: Mailbox) -> list[Seen]:
    """The newest letters of its folder, newest first; nothing there changes. Raises mailserver.Trouble."""
    server = mailserver.connect(mailbox, SECONDS)
    try:
        server.open_folder(mailbox.imap_folder)
        return [_seen(head) for head in server.newest_heads(LAST)]
    finally:
        server.close()


def _seen(head: bytes) -> Seen:
    part = mime.read(head)
    sender = addresses.first(part.get("from")) or {"name": "", "address": ""}
    return Seen(
        sender=sender["name"] or sender["address"],
        subject=words.text_of(part.get("subject") or b"")[:300],
        at=dates.read(words.raw_text(part.get("date") or b"")),
    )


def keep(mailbox: Mailbox, *, by, teams=()) -> Mailbox:
    """Keep a mailbox that was tested. One without an inbox gets its own, served by `teams`.

    Records `email.mailbox_connected`, or `email.mailbox_changed` for one that was there. Nothing is imported yet.
    """
    with transaction.atomic():
        new = mailbox.pk is None
        if mailbox.inbox_id is None:
            mailbox.inbox = Inbox.objects.create(name=(mailbox.name or mailbox.address)[:80])
            mailbox.inbox.teams.set(teams)
        mailbox.trouble_in = mailbox.trouble_out = ""
        mended = mailbox.state == Mailbox.FAILING
        if mended:
            mailbox.state = Mailbox.CONNECTED
        mailbox.save()
        if mended:
            mailbox.tell_turn()
        verb = "mailbox_connected" if new else "mailbox_changed"
        record(f"email.{verb}", by=by, data={"mailbox": mailbox.id, "inbox": mailbox.inbox_id})
    return mailbox


def disconnect(mailbox: Mailbox, *, by) -> None:
    """Forget how to reach its servers; what came through it stays. Records `email.mailbox_disconnected`."""
    with transaction.atomic():
        mailbox.state, mailbox.importing_since, mailbox.receives_by_smtp = Mailbox.NEW, None, False
        mailbox.sealed_imap_password = mailbox.sealed_smtp_password = ""
        mailbox.trouble_in = mailbox.trouble_out = ""
        mailbox.troubled_since = mailbox.trouble_told_at = None
        mailbox.save()
        record("email.mailbox_disconnected", by=by, data={"mailbox": mailbox.id, "inbox": mailbox.inbox_id})
