"""Writing in a conversation: receive, begin, answer, note; and take back what has not left yet."""

from datetime import timedelta
from zlib import crc32

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from alongside.conversations.letters import (
    Address,
    BadAddress,
    Letter,
    NobodyToWriteTo,
    TooLong,
    checked_text,
    clipped_text,
    from_outside,
    one_line,
)
from alongside.conversations.mentions import mentioned_in
from alongside.conversations.models import (
    DONE,
    KEPT,
    NOTE,
    RECEIVED,
    SNOOZED,
    SPAM,
    TRASH,
    UNDONE,
    WAITING,
    Block,
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
from alongside.conversations.sending import (
    TooLate,
    UnseenMessage,
    claim_due,
    give_up_lost,
    mark_failed,
    mark_sent,
    mark_unknown,
    put_off,
    try_again,
)
from alongside.conversations.taking_back import reschedule, take_back
from alongside.people.models import EMAIL, Identity, Person

__all__ = [
    "Address", "BadAddress", "Letter", "NobodyToWriteTo", "TooLate", "TooLong", "UnseenMessage", "answer", "begin",
    "claim_due", "give_up_lost", "mark_failed", "mark_sent", "mark_unknown", "note", "person_at", "put_off", "receive",
    "reschedule", "said_before", "take_back", "try_again",
]


def receive(conversation: Conversation, *, author: Person | None, sender: Address, text: str, to=(), cc=(),
            reply_to=(), files=(), held=False, **columns) -> Message:
    """Put a message from outside into its conversation; an answer reopens it. Records `message_received`.

    `files` are (File, cid, inline) triples. `columns` are further columns of Message (at, html, message_id, …).
    One that was merged away passes it on. What a blocked address writes reopens nothing, and a conversation that
    holds nothing else becomes spam. Spam stays spam; what lies in the trash comes back.
    """
    with transaction.atomic():
        conversation = conversation.hold()
        first = not conversation.newest_id
        message = add_message(
            conversation, holding=True, verb="message_received", by=author, also_members=[conversation.assignee_id],
            author=author, seat="yours", text=clipped_text(text), state=RECEIVED, held=held,
            **from_outside(columns),
        )
        _address(message, {"from": [sender], "to": to, "cc": cc, "reply-to": reply_to})
        Enclosure.objects.bulk_create(
            Enclosure(message=message, file=file, cid=cid, inline=inline) for file, cid, inline in files
        )
        Participant.objects.bulk_create(
            [Participant(conversation=conversation, address=one_line(sender.address, 254).casefold(), person=author,
                         name=one_line(sender.name, 240), held=held)], ignore_conflicts=True,
        )
        if Block.covers(sender.address):
            if first:
                conversation.mark_spam(by=None)
        elif conversation.state in (SNOOZED, DONE, TRASH) and not message.automatic:
            conversation.reopen()
    return message


def begin(*, inbox: Inbox, person: Person, letter: Letter, by: Person, once: str = "",
          draft: int | None = None) -> Message:
    """Write first: a new conversation with `person`, and its first message; `draft` is the one it was written in.

    Raises what `answer` raises, and then there is no conversation. The same `once` again gives the same message.
    """
    letter = letter.checked()
    member = getattr(by, "member", None)
    with transaction.atomic():
        _one_at_a_time(by, once)
        if said := said_before(by, once):
            return said
        conversation = Conversation.start(
            inbox=inbox, person=person, subject=letter.subject, by=by, assignee=member, channel=inbox.channel
        )
        Draft.objects.filter(pk=draft, member=member, conversation=None).delete()
        return answer(conversation, letter, by=by, seen_id=0, once=once)


def answer(conversation: Conversation, letter: Letter, *, by: Person, seen_id: int, once: str = "",
           draft_revision: int | None = None) -> Message:
    """Send `letter` after the time for second thoughts (or at its hour). Records `message_written`.

    `seen_id` is the newest message its writer had before their eyes: raises UnseenMessage when someone else has
    written since, so that no answer crosses another; one with an hour is held to that again when the hour comes.
    Raises NobodyToWriteTo, BadAddress, TooLong. The same `once` from the same writer again gives the same message.
    `draft_revision` is the draft's that was sent: words that another tab saved since stay a draft. One that was
    merged away passes it on; spam and trash come back.
    """
    letter = letter.checked()
    with transaction.atomic():
        conversation = conversation.hold()
        if said := said_before(by, once):
            return said
        _refuse_unseen(conversation, seen_id, by)
        now = timezone.now()
        due = max(letter.send_at or now, now + timedelta(seconds=settings.UNDO_SECONDS))
        message = add_message(
            conversation, holding=True, verb="message_written", by=by, author=by, seat="ours", text=letter.text, at=now,
            subject=letter.subject or conversation.subject, state=WAITING, due_at=due, once=once[:64],
            channel=conversation.channel, also_members=[conversation.assignee_id],
            seen_id=conversation.newest_id if letter.send_at else None,
        )
        _address(message, {"to": letter.to, "cc": letter.cc, "bcc": letter.bcc})
        _enclose(message, letter.files)
        _take_part(conversation, [*letter.to, *letter.cc], by)
        _used_up(conversation, by, "message", draft_revision)
        _has_read(conversation, by, message)
        if conversation.state in (SPAM, TRASH):
            conversation.reopen(by=by)
    return message


def note(conversation: Conversation, text: str, *, by: Person, mentioned=(), files=(), once: str = "",
         draft_revision: int | None = None) -> Message:
    """Keep a note among colleagues. It has no recipients and no channel, so it can never leave the house.

    Members named in it (`@Lena`) and those `mentioned` are asked, and may see this conversation from now on.
    """
    text = checked_text(text)
    with transaction.atomic():
        conversation = conversation.hold()
        if said := said_before(by, once):
            return said
        asked = {m.id: m for m in (*mentioned, *mentioned_in(text, conversation))}
        message = add_message(
            conversation, holding=True, verb="note_written", by=by, author=by, seat="ours", kind=NOTE, text=text,
            state=KEPT, channel="", once=once[:64], also_members=list(asked), data={"mentioned": sorted(asked)},
        )
        _enclose(message, files)
        Mention.objects.bulk_create(
            Mention(message=message, member=member, conversation=conversation) for member in asked.values()
        )
        _used_up(conversation, by, "note", draft_revision)
        _has_read(conversation, by, message)
    return message


def person_at(address: Address, *, by: Person | None) -> Person:
    """Whom to begin with at an address: who is known there, first whoever proved it; else someone new."""
    address = address.checked()
    known = Identity.objects.filter(kind=EMAIL, key=address.address.casefold()).select_related("person__merged_into")
    for identity in sorted(known, key=lambda i: (i.verified_at is None, not i.preferred, i.id)):
        return identity.person.standing()
    return Person.meet(full_name=address.name, email=address.address, by=by)


def _one_at_a_time(by: Person, once: str) -> None:
    """Where no conversation is there yet to be locked, one form sent twice is held in line by its own key."""
    if once:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7003, %s)", [crc32(f"{by.id}:{once}".encode()) - 2**31])


def said_before(by: Person, once: str) -> Message | None:
    """What `by` has written already under the key `once`, or None."""
    return Message.objects.filter(author=by, once=once[:64]).first() if once else None


def _refuse_unseen(conversation: Conversation, seen_id: int, by: Person) -> None:
    if conversation.newest_id <= seen_id:
        return
    newest = (
        Message.objects.of(conversation).filter(id__gt=seen_id).exclude(author=by, seat="ours")
        .exclude(state=UNDONE).last()
    )
    if newest:
        raise UnseenMessage(newest)


def _address(message: Message, by_role: dict) -> None:
    Recipient.objects.bulk_create(
        Recipient(message=message, role=role, address=one_line(who.address, 254), name=one_line(who.name, 240))
        for role, addresses in by_role.items() for who in addresses
    )


def _enclose(message: Message, files) -> None:
    shown = {file.id: f"(file:{file.id})" in message.text for file in files}
    Enclosure.objects.bulk_create(
        Enclosure(message=message, file=file, inline=shown[file.id], cid=f"f{file.id}" if shown[file.id] else "")
        for file in files
    )


def _take_part(conversation: Conversation, addresses, by: Person) -> None:
    """Whoever we write to takes part from now on; a stranger we write to has been let in."""
    names = {who.address.casefold(): who.name for who in addresses}
    theirs = set(Identity.objects.filter(person__in=conversation.whom.cluster_ids, kind=EMAIL, key__in=list(names))
                 .values_list("key", flat=True))
    Participant.objects.bulk_create(
        (Participant(conversation=conversation, address=address, name=name,
                     person_id=conversation.person_id if address in theirs else None)
         for address, name in names.items()), ignore_conflicts=True,
    )
    Participant.objects.filter(conversation=conversation, address__in=list(names), held=True).update(
        held=False, let_in_by=by)


def _used_up(conversation: Conversation, by: Person, kind: str, revision: int | None) -> None:
    """Forget the draft that was sent, unless another tab has saved other words since."""
    drafts = Draft.objects.filter(conversation=conversation, member__person=by, kind=kind)
    if revision is not None:
        drafts = drafts.filter(revision__lte=revision)
    drafts.delete()


def _has_read(conversation: Conversation, by: Person, message: Message) -> None:
    member = getattr(by, "member", None)
    if member:
        Reading.mark(conversation, member, message.id)
