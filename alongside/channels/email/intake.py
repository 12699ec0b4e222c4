"""Mail in: stored and committed first, then read in a child, and placed in the order in which it came."""

import hashlib
import logging
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alongside.channels.email import placing
from alongside.channels.email.models import Mailbox, RawMail
from alongside.conversations.models import Message
from alongside.lib import child

log = logging.getLogger(__name__)
LIMITS = child.Limits(seconds=5)
ATTEMPTS = 5
TOGETHER = 10  # mails that are placed in one transaction, each in a savepoint of its own
TAKER = 7102  # class of the advisory locks by which one worker at a time places the mail of a mailbox



def store(
    mailbox: Mailbox,
    raw: bytes,
    *,
    source: str,
    uid_validity: int | None = None,
    uid: int | None = None,
    envelope_from: str = "",
    envelope_to: str = "",
    received_at: datetime | None = None,
) -> tuple[RawMail, bool]:
    """Keep `raw`, committed when this returns; (the row, whether it is new). Only then may it be acknowledged."""
    digest = hashlib.sha256(raw).digest()
    try:
        with transaction.atomic():
            kept = RawMail.objects.create(
                mailbox=mailbox,
                raw=raw,
                sha256=digest,
                source=source,
                uid_validity=uid_validity,
                uid=uid,
                envelope_from=envelope_from[:254],
                envelope_to=envelope_to[:254],
                received_at=received_at or timezone.now(),
            )
        return kept, True
    except IntegrityError:
        known = RawMail.objects.filter(mailbox=mailbox).defer("raw")
        same = known.filter(sha256=digest).first() or known.filter(uid_validity=uid_validity, uid=uid).first()
        if same is None:
            raise
        return same, False


def ingest(mailbox: Mailbox, raws, *, source: str = "cli") -> int:
    """Store each of `raws` by itself, as one that came alone would be, and take them all in; returns how many."""
    count = 0
    for raw in raws:
        store(mailbox, raw, source=source)
        count += 1
    while take_stored():
        pass
    return count


def take_stored(limit: int = 100) -> int:
    """Place what was stored and not yet read, oldest first in each mailbox; returns how many were settled."""
    settled = 0
    waiting = RawMail.objects.filter(state=RawMail.STORED).values_list("mailbox_id", flat=True).distinct()
    for mailbox_id in sorted(waiting):
        while settled < limit and (done := _take_some(mailbox_id)):
            settled += done
    return settled


def take(raw_id: int) -> Message | None:
    """Place one stored mail now. None when it was set aside, or when it could not be placed this time."""
    stored = RawMail.objects.select_related("mailbox__inbox").get(pk=raw_id)
    if stored.state == RawMail.STORED:
        _place_together(None, [(stored, read_as_stored(stored))])
        stored.refresh_from_db(fields=["state", "message"])
    return stored.message


def read_mail(raw: bytes) -> dict:
    """{"mail", "files"} of a mail, read in a child; without its HTML where that took too long. Raises ChildError."""
    try:
        return child.call("alongside.lib.mail.reading.read", raw, limits=LIMITS)
    except (child.TooLong, child.TooBig, child.Crashed):
        return child.call("alongside.lib.mail.reading.read", raw, rich=False, limits=LIMITS)


def _take_some(mailbox_id: int) -> int:
    waiting = RawMail.objects.filter(mailbox_id=mailbox_id, state=RawMail.STORED).order_by("id")
    some = list(waiting.select_related("mailbox__inbox")[:TOGETHER])
    return _place_together(mailbox_id, [(stored, read_as_stored(stored)) for stored in some]) if some else 0


def read_as_stored(stored: RawMail) -> dict | child.ChildError:
    """The mail as read, or why it could not be."""
    try:
        return read_mail(stored.with_envelope())
    except child.ChildError as unreadable:
        return unreadable


def _place_together(mailbox_id: int | None, mails: list) -> int:
    """Place mails in their order; one that fails rolls back alone and is tried again later. Returns how many stand.

    With `mailbox_id`, only as the one worker that places the mail of that mailbox; 0 when another one does.
    """
    troubled: list[tuple[RawMail, Exception]] = []
    with transaction.atomic():
        if mailbox_id is not None and not _only_taker(mailbox_id):
            return 0
        ids = [stored.pk for stored, _ in mails]
        open_ids = set(
            RawMail.objects.select_for_update(of=("self",))
            .filter(pk__in=ids, state=RawMail.STORED)
            .values_list("pk", flat=True)
        )
        for stored, read in mails:
            if stored.pk not in open_ids:
                continue
            try:
                with transaction.atomic():
                    placing.place(stored, read)
            except Exception as broken:  # one mail never stops the others
                if not connection.is_usable():
                    raise
                log.exception("Mail %s could not be placed", stored.pk)
                troubled.append((stored, broken))
    for stored, broken in troubled:
        _note_trouble(stored, broken)
    return len(mails) - len(troubled) + sum(stored.state != RawMail.STORED for stored, _ in troubled)


def _only_taker(mailbox_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [TAKER, mailbox_id % 2**31])
        return cursor.fetchone()[0]


def _note_trouble(stored: RawMail, broken: Exception) -> None:
    """Count a failed try; after several the mail is kept unread, so that someone sees it and the others go on."""
    stored.attempts += 1
    stored.error = f"{type(broken).__name__}: {broken}"[:2000]
    stored.save(update_fields=["attempts", "error"])
    if stored.attempts >= ATTEMPTS:
        with transaction.atomic():
            placing.place(stored, child.Failed(type(broken).__name__, str(broken)))
