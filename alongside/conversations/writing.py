"""Writing in a conversation: receive, answer, begin, note; and take back what has not left yet."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from alongside.conversations.models import (
    DONE,
    KEPT,
    NOTE,
    RECEIVED,
    SNOOZED,
    UNDONE,
    WAITING,
    Conversation,
    Draft,
    Enclosure,
    Inbox,
    Mention,
    Message,
    Participant,
    Reading,
    Recipient,
    add_message,
)
from alongside.files.models import File
from alongside.people.models import Person


class UnseenMessage(Exception):
    """Someone wrote since the sender last looked; nothing was sent, the draft is kept."""

    def __init__(self, newest: Message):
        super().__init__("unseen")
        self.newest = newest


class NobodyToWriteTo(ValueError):
    """The message has no recipient."""


class TooLate(Exception):
    """The message has already left, so it cannot be taken back."""


@dataclass(frozen=True)
class Address:
    """A name and an address, as in a mail's header."""

    address: str
    name: str = ""


@dataclass
class Letter:
    """What a member sends: words, to whom, and what lies in it."""

    text: str
    to: list[Address] = field(default_factory=list)
    cc: list[Address] = field(default_factory=list)
    bcc: list[Address] = field(default_factory=list)
    subject: str = ""
    files: list[File] = field(default_factory=list)
    send_at: datetime | None = None


def receive(conversation: Conversation, *, author: Person | None, sender: Address, text: str, to=(), cc=(),
            files=(), held=False, **columns) -> Message:
    """Put a message from outside into its conversation; an answer reopens it. Records `message_received`.

    `files` are (File, cid, inline) triples. `columns` are further columns of Message (at, html, message_id, …).
    """
    with transaction.atomic():
        message = add_message(
            conversation, verb="message_received", by=author, also_members=[conversation.assignee_id],
            author=author, seat="yours", text=text, state=RECEIVED, held=held, **columns,
        )
        _address(message, [sender], to, cc, ())
        for file, cid, inline in files:
            Enclosure.objects.create(message=message, file=file, cid=cid, inline=inline)
        Participant.objects.get_or_create(
            conversation=conversation, address=sender.address.casefold(),
            defaults={"person": author, "name": sender.name, "held": held},
        )
        if conversation.locked().state in (SNOOZED, DONE) and not message.automatic:
            conversation.reopen()
    return message


def begin(*, inbox: Inbox, person: Person, letter: Letter, by: Person) -> Message:
    """Write first: a new conversation with `person`, and its first message."""
    with transaction.atomic():
        member = getattr(by, "member", None)
        conversation = Conversation.start(
            inbox=inbox, person=person, subject=letter.subject, by=by, assignee=member, channel=inbox.channel
        )
        return answer(conversation, letter, by=by, seen_id=0)


def answer(conversation: Conversation, letter: Letter, *, by: Person, seen_id: int) -> Message:
    """Send `letter` after the time for second thoughts (or at its hour). Records `message_written`.

    `seen_id` is the newest message its writer had before their eyes: raises UnseenMessage when someone else has
    written since, so that no answer crosses another. Raises NobodyToWriteTo without a recipient.
    """
    if not (letter.to or letter.cc or letter.bcc):
        raise NobodyToWriteTo
    with transaction.atomic():
        _refuse_unseen(conversation, seen_id, by)
        now = timezone.now()
        due = max(letter.send_at or now, now + timedelta(seconds=settings.UNDO_SECONDS))
        message = add_message(
            conversation, verb="message_written", by=by, author=by, seat="ours", text=letter.text, at=now,
            subject=letter.subject or conversation.subject, state=WAITING, due_at=due,
            channel=conversation.channel, also_members=[conversation.assignee_id],
        )
        _address(message, (), letter.to, letter.cc, letter.bcc)
        _enclose(message, letter.files)
        for who in (*letter.to, *letter.cc):
            Participant.objects.get_or_create(conversation=conversation, address=who.address.casefold(),
                                              defaults={"name": who.name})
        Draft.objects.filter(conversation=conversation, member__person=by, kind="message").delete()
        _has_read(conversation, by, message)
    return message


def note(conversation: Conversation, text: str, *, by: Person, mentioned=(), files=()) -> Message:
    """Keep a note among colleagues. It has no recipients and no channel, so it can never leave the house."""
    with transaction.atomic():
        message = add_message(
            conversation, verb="note_written", by=by, author=by, seat="ours", kind=NOTE, text=text, state=KEPT,
            channel="", also_members=[m.id for m in mentioned],
        )
        _enclose(message, files)
        for member in mentioned:
            Mention.objects.get_or_create(message=message, member=member, conversation=conversation)
        Draft.objects.filter(conversation=conversation, member__person=by, kind="note").delete()
        _has_read(conversation, by, message)
    return message


def take_back(message: Message, *, by: Person) -> Draft | None:
    """Undo a message that still waits: it becomes its writer's draft again. Records `message_undone`.

    Raises TooLate when it has left or is just leaving: the row's lock decides, so it is never both.
    """
    with transaction.atomic():
        locked = Message.objects.select_for_update().select_related("conversation").get(pk=message.pk)
        if locked.state != WAITING:
            raise TooLate
        locked.state = UNDONE
        locked.save(update_fields=["state"])
        conversation = locked.conversation
        _forget_in_lists(conversation)
        conversation._tell("message_undone", by=by, data={"message": locked.id})
        return _back_to_draft(locked, by)


def _back_to_draft(message: Message, by: Person) -> Draft | None:
    member = getattr(by, "member", None)
    if member is None:
        return None
    addresses = {role: [] for role in ("to", "cc", "bcc")}
    for recipient in message.recipients.exclude(role="from"):
        addresses[recipient.role].append({"address": recipient.address, "name": recipient.name})
    draft, _ = Draft.objects.update_or_create(
        conversation=message.conversation, member=member, kind="message",
        defaults={"text": message.text, "subject": message.subject, **addresses, "saved_at": timezone.now(),
                  "files": list(message.enclosures.values_list("file_id", flat=True)),
                  "seen_id": message.conversation.newest_id},
    )
    Draft.objects.filter(pk=draft.pk).update(revision=draft.revision + 1)
    return draft


def _forget_in_lists(conversation: Conversation) -> None:
    """After an undo the lists show the newest message that stands."""
    last = Message.objects.of(conversation).filter(kind="message").exclude(state=UNDONE).last()
    if last:
        conversation.last_seat, conversation.preview = last.seat, " ".join(last.text.split())[:200]
        conversation.save(update_fields=["last_seat", "preview"])


def _refuse_unseen(conversation: Conversation, seen_id: int, by: Person) -> None:
    if conversation.locked().newest_id <= seen_id:
        return
    newest = (
        Message.objects.of(conversation).filter(id__gt=seen_id).exclude(author=by, seat="ours")
        .exclude(state=UNDONE).last()
    )
    if newest:
        raise UnseenMessage(newest)


def _address(message: Message, sender, to, cc, bcc) -> None:
    rows = [("from", a) for a in sender] + [("to", a) for a in to] + [("cc", a) for a in cc] + [("bcc", a) for a in bcc]
    Recipient.objects.bulk_create(
        Recipient(message=message, role=role, address=who.address.strip(), name=who.name) for role, who in rows
    )


def _enclose(message: Message, files) -> None:
    for file in files:
        shown = f"(file:{file.id})" in message.text
        Enclosure.objects.create(message=message, file=file, inline=shown, cid=f"f{file.id}" if shown else "")


def _has_read(conversation: Conversation, by: Person, message: Message) -> None:
    member = getattr(by, "member", None)
    if member:
        Reading.objects.update_or_create(conversation=conversation, member=member,
                                         defaults={"message_id": message.id, "at": timezone.now()})
