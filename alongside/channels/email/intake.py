"""Mail in: stored and committed first, then read, threaded and told to its conversation."""

import hashlib
import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.channels.email import returned
from alongside.channels.email.models import Mailbox, RawMail
from alongside.channels.email.threading import Thread, find_thread, is_our_own
from alongside.conversations.letters import Address
from alongside.conversations.models import Conversation, Message, Participant
from alongside.conversations.writing import receive
from alongside.files.models import File
from alongside.lib import child
from alongside.lib.mail import tokens
from alongside.people.models import Person

log = logging.getLogger(__name__)
LIMITS = child.Limits(seconds=5)
ATTEMPTS = 5


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
        return RawMail.objects.get(mailbox=mailbox, sha256=digest), False


def take_stored(limit: int = 50) -> int:
    """Read what was stored and not yet read, oldest first; returns how many. For the loop and after a crash."""
    ids = list(RawMail.objects.filter(state=RawMail.STORED).order_by("id").values_list("id", flat=True)[:limit])
    for raw_id in ids:
        try:
            take(raw_id)
        except Exception as broken:  # one mail never stops the others; it stays stored and is tried again
            log.exception("Mail %s could not be taken in", raw_id)
            _note_trouble(raw_id, broken)
    return len(ids)


def take(raw_id: int) -> Message | None:
    """Read one stored mail into its conversation. None when it was set aside, or when another worker has it."""
    stored = RawMail.objects.select_related("mailbox__inbox").get(pk=raw_id)
    if stored.state != RawMail.STORED:
        return stored.message
    try:
        read = read_mail(bytes(stored.raw))
    except child.ChildError as unreadable:
        return _keep_unread(stored, unreadable)
    with transaction.atomic():
        if not RawMail.objects.select_for_update(skip_locked=True).filter(pk=raw_id, state=RawMail.STORED).exists():
            return None
        return _place(stored, read["mail"], read["files"])


def read_mail(raw: bytes) -> dict:
    """{"mail", "files"} of a mail, parsed in a child; without its HTML where that took too long. Raises ChildError."""
    try:
        return child.call("alongside.lib.mail.reading.read", raw, limits=LIMITS)
    except child.TooLong:
        return child.call("alongside.lib.mail.reading.read", raw, rich=False, limits=LIMITS)


def _place(stored: RawMail, mail: dict, files: list[bytes]) -> Message | None:
    if is_our_own(mail):
        return _set_aside(stored, "our own letter came back")
    sender = _sender(stored, mail)
    if mail["machine"]["kind"] == "bounce":
        returned.note_bounce(mail)
    thread = find_thread(mail, stored.mailbox, sender.address)
    automatic = mail["machine"]["kind"] not in ("human", "list")
    if thread is None and automatic and not Person.objects.with_email(sender.address).exists():
        return _set_aside(stored, f"a machine wrote it: {mail['machine']['kind']}")
    if thread and thread.stranger and automatic:
        thread = Thread(thread.conversation, stranger=False)
        author = None
    else:
        author = _author(sender, thread)
    conversation = thread.conversation if thread else _start(stored, mail, author)
    message = _receive(
        stored,
        mail,
        files,
        conversation=conversation,
        author=author,
        sender=sender,
        held=bool(thread and thread.stranger),
        automatic=automatic,
    )
    _settle(stored, RawMail.TAKEN, message=message)
    return message


def _sender(stored: RawMail, mail: dict) -> Address:
    """Who the mail says wrote it: a label, believed no further than to suggest a person."""
    for entry in (mail["from"], mail["sender"], {"address": stored.envelope_from, "name": ""}):
        if entry and "@" in entry["address"]:
            return Address(entry["address"], entry["name"])
    return Address(f"unknown@{stored.mailbox.domain}", "")


def _author(sender: Address, thread: Thread | None) -> Person | None:
    """The person the address suggests; someone new where nobody has it. A held stranger stays nobody."""
    if thread and thread.stranger:
        return None
    known = list(Person.objects.with_email(sender.address).order_by("id")[:10])
    if thread and thread.conversation.person in known:
        return thread.conversation.person
    if len(known) > 1:
        last = Conversation.objects.filter(person__in=known).order_by("-last_at").first()
        return last.person if last else known[0]
    return known[0] if known else Person.meet(full_name=sender.name, email=sender.address, provenance="observed")


def _start(stored: RawMail, mail: dict, author: Person) -> Conversation:
    return Conversation.start(
        inbox=stored.mailbox.inbox,
        person=author,
        subject=mail["subject"],
        at=stored.received_at,
        demo=stored.mailbox.inbox.demo,
    )


def _receive(stored, mail, files, *, conversation, author, sender, held, automatic) -> Message:
    others = {
        role: [Address(tokens.without_plus(entry["address"]), entry["name"]) for entry in mail[role]]
        for role in ("to", "cc")
    }
    kept = [
        (
            File.keep(data, name=about["name"], content_type=about["type"], by=author, purpose="mail"),
            about["cid"] or "",
            about["inline"],
        )
        for about, data in zip(mail["attachments"], files, strict=True)
    ]
    message = receive(
        conversation,
        author=author,
        sender=sender,
        text=mail["written"],
        folded=mail["folded"],
        html=mail["html"] or "",
        to=others["to"],
        cc=others["cc"],
        reply_to=[Address(e["address"], e["name"]) for e in mail["reply_to"]],
        files=kept,
        held=held,
        automatic=automatic,
        subject=mail["subject"],
        at=stored.received_at,
        message_id=f"<{mail['message_id']}>"[:998] if mail["message_id"] else "",
        in_reply_to=f"<{mail['in_reply_to'][0]}>" if mail["in_reply_to"] else "",
        references=[f"<{one}>" for one in mail["references"]],
        sender_state=_authentication(mail),
    )
    if not held:
        _let_take_part(conversation, [*others["to"], *others["cc"]])
    return message


def _let_take_part(conversation: Conversation, named: list[Address]) -> None:
    """Whoever the mail was also sent to takes part, so that their answers find the thread. Our own doors do not."""
    doors = Mailbox.objects.filter(address__in=[one.address.casefold() for one in named])
    ours = set(doors.values_list("address", flat=True))
    Participant.objects.bulk_create(
        (
            Participant(conversation=conversation, address=one.address.casefold()[:254], name=one.name[:240])
            for one in named[:50]
            if "@" in one.address and one.address.casefold() not in ours
        ),
        ignore_conflicts=True,
    )


def _authentication(mail: dict) -> str:
    return (mail["authentication_results"] or [""])[0][:200]


def _keep_unread(stored: RawMail, why: child.ChildError) -> Message | None:
    """A mail that we could not read still reaches someone: as a conversation with the mail attached."""
    with transaction.atomic():
        if not RawMail.objects.select_for_update(skip_locked=True).filter(pk=stored.pk, state=RawMail.STORED).exists():
            return None
        address = stored.envelope_from if "@" in stored.envelope_from else f"unknown@{stored.mailbox.domain}"
        sender = Address(address, "")
        author = _author(sender, None)
        conversation = Conversation.start(
            inbox=stored.mailbox.inbox, person=author, subject=_("A mail we could not read"), at=stored.received_at
        )
        file = File.keep(bytes(stored.raw), name="mail.eml", content_type="message/rfc822", purpose="mail")
        text = _("A mail came that we could not read. Nothing of it is lost: it is attached here as it came.")
        message = receive(
            conversation,
            author=author,
            sender=sender,
            text=text,
            files=[(file, "", False)],
            at=stored.received_at,
            automatic=True,
        )
        _settle(stored, RawMail.FAILED, message=message, error=f"{type(why).__name__}: {why}")
    return message


def _set_aside(stored: RawMail, why: str) -> None:
    _settle(stored, RawMail.ASIDE, error=why)


def _settle(stored: RawMail, state: str, *, message: Message | None = None, error: str = "") -> None:
    RawMail.objects.filter(pk=stored.pk).update(state=state, message=message, error=error[:2000])


def _note_trouble(raw_id: int, broken: Exception) -> None:
    """Count a failed try; after several the mail is kept unread, so that someone sees it."""
    stored = RawMail.objects.select_related("mailbox__inbox").get(pk=raw_id)
    stored.attempts += 1
    stored.error = f"{type(broken).__name__}: {broken}"[:2000]
    stored.save(update_fields=["attempts", "error"])
    if stored.attempts >= ATTEMPTS:
        _keep_unread(stored, child.Failed(type(broken).__name__, str(broken)))
