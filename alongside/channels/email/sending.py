"""Mail out: takes what is due, hands it over, and says what became of it. Nothing is sent twice silently."""

import asyncio
import contextlib
import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.channels.email import carrying, post_office
from alongside.channels.email.models import Mailbox, Outgoing
from alongside.channels.email.threading import token_key
from alongside.conversations.models import Message
from alongside.conversations.sending import claim_due, give_up_lost, mark_failed, mark_sent, mark_unknown, put_off
from alongside.lib.mail import composing, tokens
from alongside.lib.threads import Threads

log = logging.getLogger(__name__)
GIVE_UP_AFTER = timedelta(days=2)
LOST_AFTER = timedelta(minutes=15)  # longer than any try may take
PAUSE_SECONDS = 1.0  # between looks at the outbox


async def run(stop: asyncio.Event) -> None:
    """Send what is due until `stop`. A mail server that hangs keeps one of two threads, never the pages."""
    threads = Threads("sending", 2)
    try:
        while not stop.is_set():
            if not await threads.query(send_due):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), PAUSE_SECONDS)
    finally:
        await asyncio.to_thread(threads.close)


def send_due(limit: int = 20) -> int:
    """Send what is due; returns how many messages were taken. Each ends in exactly one state, or waits again."""
    give_up_lost(timezone.now() - LOST_AFTER)
    claimed = claim_due(limit, channel="email")
    for message in claimed:
        try:
            send(message)
        except Exception:  # whatever it was, the message must not stay `leaving` without a word
            log.exception("Message %s could not be sent", message.id)
            _settle_broken(message)
    return len(claimed)


def send(message: Message) -> None:
    """Send one claimed message, and settle it."""
    mailbox = mailbox_of(message)
    if mailbox is None:
        mark_failed(message, _("This inbox has no mail address that can send yet. Connect one in the settings."))
        return
    outgoing = prepare(message, mailbox)
    recipients = [
        recipient.address
        for recipient in message.recipients.all()
        if recipient.role in ("to", "cc", "bcc") and recipient.address not in outgoing.done
    ]
    if mailbox.transport == Mailbox.POST_OFFICE:
        post_office.deliver(recipients, mailbox.address, bytes(outgoing.raw), message)
        mark_sent(message, message_id=f"<{outgoing.mail_id}>")
        return
    _send_by_smtp(message, outgoing, mailbox, recipients)


def mailbox_of(message: Message) -> Mailbox | None:
    """The mailbox that speaks for the message's inbox: one that can send, the oldest first."""
    able = message.conversation.inbox.mailboxes.exclude(state=Mailbox.NEW).order_by("id")
    return next((box for box in able if box.transport == Mailbox.POST_OFFICE or box.smtp_host), None)


def prepare(message: Message, mailbox: Mailbox) -> Outgoing:
    """The letter's bytes and Message-ID, made once and kept, so that every try hands over the same."""
    existing = Outgoing.objects.filter(message=message).first()
    if existing:
        return existing
    key, conversation = token_key(), message.conversation
    message_id = tokens.message_id(conversation.id, key, mailbox.domain)
    earlier = Message.objects.of(conversation).exclude(message_id="").exclude(pk=message.pk).order_by("-at", "-id")
    before = list(earlier.filter(at__lte=message.at).values_list("message_id", flat=True)[:20])
    answered = before[0] if before else ""
    answers_to = None
    if mailbox.plus_addresses:
        answers_to = (mailbox.name, tokens.plus_address(mailbox.address, tokens.sign(conversation.id, key)))
    letter = composing.Outgoing(
        message_id=message_id,
        sender=(_sender_name(message, mailbox), mailbox.address),
        to=_named(message, "to"),
        cc=_named(message, "cc"),
        subject=message.subject or conversation.subject,
        text=message.text,
        signature=_signature(message),
        in_reply_to=answered.strip("<>"),
        references=[one.strip("<>") for one in reversed(before)],
        reply_to=answers_to,
        date=message.at,
        files=[_file(enclosure) for enclosure in message.enclosures.all()],
    )
    return Outgoing.objects.create(
        message=message, mailbox=mailbox, mail_id=message_id, raw=composing.compose(letter).raw
    )


def _send_by_smtp(message: Message, outgoing: Outgoing, mailbox: Mailbox, recipients: list[str]) -> None:
    try:
        server = carrying.connect(mailbox)
    except carrying.Never as never:
        _failed(message, outgoing, never)
        return
    except carrying.NotYet as away:
        mailbox.is_failing(f"{away.words} {away.said}".strip())
        _later(message, outgoing, away)
        return
    try:
        _mark_handing_over(outgoing)
        handed = carrying.hand_over(server, mailbox.address, recipients, bytes(outgoing.raw))
    except carrying.Unknown as nobody_knows:
        _note(outgoing, nobody_knows)
        mark_unknown(message, nobody_knows.words)
    except carrying.Never as never:
        _failed(message, outgoing, never)
    except carrying.NotYet as away:
        _later(message, outgoing, away)
    else:
        mailbox.is_well()
        _sent(message, outgoing, handed)
    finally:
        server.close()


def _sent(message: Message, outgoing: Outgoing, handed: carrying.Handed) -> None:
    with transaction.atomic():
        outgoing.done = [*outgoing.done, *handed.taken]
        outgoing.refused = [{"address": one, "said": said} for one, said in handed.refused.items()]
        outgoing.handing_over_at = None
        outgoing.save(update_fields=["done", "refused", "handing_over_at"])
        mark_sent(message, message_id=f"<{outgoing.mail_id}>")


def _later(message: Message, outgoing: Outgoing, away: carrying.NotYet) -> None:
    """Wait again, a little longer each time, for two days; then say so."""
    outgoing.attempts += 1
    _note(outgoing, away)
    if timezone.now() - outgoing.first_try_at > GIVE_UP_AFTER:
        mark_failed(message, away.words)
        return
    pause = timedelta(seconds=min(3600, 30 * 2 ** min(outgoing.attempts - 1, 8)))
    put_off(message, timezone.now() + pause, away.words)


def _failed(message: Message, outgoing: Outgoing, never: carrying.Never) -> None:
    _note(outgoing, never)
    mark_failed(message, never.words)


def _note(outgoing: Outgoing, trouble: carrying.NotYet) -> None:
    unknown = isinstance(trouble, carrying.Unknown)
    outgoing.server_said = trouble.said[:2000]
    outgoing.handing_over_at = outgoing.handing_over_at if unknown else None
    outgoing.save(update_fields=["server_said", "handing_over_at", "attempts"])


def _mark_handing_over(outgoing: Outgoing) -> None:
    """Committed before the server is asked: a process that dies from here on leaves an unknown, never a second try."""
    outgoing.handing_over_at = timezone.now()
    outgoing.save(update_fields=["handing_over_at"])


def _settle_broken(message: Message) -> None:
    """A fault of ours: unknown when the letter may have left, else wait and try again."""
    outgoing = Outgoing.objects.filter(message=message).first()
    if outgoing and outgoing.handing_over_at:
        mark_unknown(message, _("Something of ours broke while it was leaving, so it may or may not have gone."))
    elif outgoing and timezone.now() - outgoing.first_try_at > GIVE_UP_AFTER:
        mark_failed(message, _("Something of ours is broken. Your words are safe here."))
    else:
        put_off(message, timezone.now() + timedelta(minutes=2), _("Something of ours broke. We try again."))


def _sender_name(message: Message, mailbox: Mailbox) -> str:
    """“Lena, Market Street café”: a person first, then the house."""
    names = [message.author.name if message.author else "", mailbox.name or mailbox.inbox.name]
    return ", ".join(name for name in names if name)


def _signature(message: Message) -> str:
    member = getattr(message.author, "member", None) if message.author else None
    parts = [member.signature if member else "", message.conversation.inbox.signature]
    return "\n".join(part.strip() for part in parts if part.strip())


def _named(message: Message, role: str) -> list[tuple[str, str]]:
    return [(one.name, one.address) for one in message.recipients.all() if one.role == role]


def _file(enclosure) -> composing.Enclosed:
    file = enclosure.file
    return composing.Enclosed(name=file.name, type=file.content_type, data=file.read(), id=file.id)
