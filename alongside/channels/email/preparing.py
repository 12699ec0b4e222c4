"""A message of ours as the letter that leaves: made once, with one Message-ID, whatever becomes of the first try."""

from django.utils import timezone

from alongside.channels.email.models import Mailbox, Outgoing, RawMail
from alongside.channels.email.quoting import quoted
from alongside.channels.email.threading import token_key
from alongside.conversations.models import RECEIVED, SENT, Message
from alongside.conversations.signing import signature
from alongside.lib.mail import composing, tokens

MOST_BYTES = 50 * 1024 * 1024


class CannotWrite(ValueError):
    """No letter can be made of the message; `what` says why, for us."""


def mailbox_of(message: Message) -> Mailbox | None:
    """The mailbox to answer from: the one they wrote to last, else the inbox's oldest; of those that can send."""
    wrote_to = RawMail.objects.filter(message__conversation=message.conversation_id).order_by("-id")
    able = {box.pk: box for box in message.conversation.inbox.mailboxes.order_by("id") if box.sends}
    first = wrote_to.filter(mailbox__in=able).values_list("mailbox_id", flat=True).first() if len(able) > 1 else None
    return able.get(first) or next(iter(able.values()), None)


def prepare(message: Message, mailbox: Mailbox) -> Outgoing:
    """The letter's bytes and Message-ID, kept, so that every try hands over the same. Raises CannotWrite."""
    existing = Outgoing.objects.filter(message=message).first()
    if existing:
        if not existing.attempts or existing.handing_over_at:  # a member said: send it after all
            existing.first_try_at, existing.handing_over_at, existing.attempts = timezone.now(), None, 0
            existing.save(update_fields=["first_try_at", "handing_over_at", "attempts"])
        return existing
    message_id = tokens.message_id(message.conversation_id, token_key(), mailbox.domain)
    try:
        raw = composing.compose(_letter(message, mailbox, message_id)).raw
    except composing.Unsafe as unsafe:
        raise CannotWrite(str(unsafe)) from unsafe
    if len(raw) > MOST_BYTES:
        raise CannotWrite(f"{len(raw)} bytes")
    return Outgoing.objects.create(message=message, mailbox=mailbox, mail_id=message_id, raw=raw)


def _letter(message: Message, mailbox: Mailbox, message_id: str) -> composing.Outgoing:
    conversation, before = message.conversation, _said_before(message)
    answers_to = None
    if mailbox.plus_addresses:
        token = tokens.sign(conversation.id, token_key())
        answers_to = (mailbox.name, tokens.plus_address(mailbox.address, token))
    return composing.Outgoing(
        message_id=message_id,
        sender=(_sender_name(message, mailbox), mailbox.address),
        to=_named(message, "to"),
        cc=_named(message, "cc"),
        subject=message.subject or conversation.subject,
        text=message.text,
        signature=_signature(message),
        quoted=quoted(message),
        in_reply_to=before[-1] if before else "",
        references=before,
        reply_to=answers_to,
        date=max(message.at, message.due_at or message.at),
        files=[_file(enclosure) for enclosure in message.enclosures.all()],
    )


def _said_before(message: Message) -> list[str]:
    """Ids of the mails of the same thread before this one, oldest first, without brackets; none of a held stranger."""
    earlier = (
        Message.objects.of(message.conversation)
        .filter(at__lte=message.at, held=False, state__in=[RECEIVED, SENT])
        .exclude(message_id="")
        .exclude(pk=message.pk)
    )
    ids = earlier.order_by("-at", "-id").values_list("message_id", flat=True)[:20]
    return [one.strip("<>") for one in reversed(ids) if composing.ID.fullmatch(one.strip("<>"))]


def _sender_name(message: Message, mailbox: Mailbox) -> str:
    """“Lena, Market Street café”: a person first, then the house."""
    names = [message.author.name if message.author else "", mailbox.name or mailbox.inbox.name]
    return " ".join(", ".join(name for name in names if name).split())


def _signature(message: Message) -> str:
    member = getattr(message.author, "member", None) if message.author else None
    return signature(message.conversation.inbox, member).text


def _named(message: Message, role: str) -> list[tuple[str, str]]:
    return [(one.name, one.address) for one in message.recipients.all() if one.role == role]


def _file(enclosure) -> composing.Enclosed:
    file = enclosure.file
    return composing.Enclosed(name=file.name, type=file.content_type, data=file.read(), id=file.id)
