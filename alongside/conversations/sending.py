"""The way out of the house: rooms that carry messages take what is due, and say what became of it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from alongside.conversations.models import (
    DONE,
    FAILED,
    LEAVING,
    MESSAGE,
    SENT,
    SNOOZED,
    UNDONE,
    UNKNOWN,
    WAITING,
    Conversation,
    Message,
    settle_columns,
)
from alongside.people.models import Person

LATER = timedelta(minutes=5)


class TooLate(Exception):
    """The message has left, or is just leaving, so it can neither be taken back nor moved."""


class UnseenMessage(Exception):
    """Someone wrote since the sender last looked; nothing was sent, the draft is kept."""

    def __init__(self, newest: Message):
        super().__init__("unseen")
        self.newest = newest


def claim_due(limit: int = 20, *, channel: str | None = None, now: datetime | None = None,
              besides_inboxes=()) -> list[Message]:
    """Take up to `limit` messages that wait and are due, oldest first; they are `leaving` once this returns.

    Two callers never get the same one, and from here on it cannot be taken back. Whoever claims a message owes it
    one of `mark_sent`, `mark_failed`, `mark_unknown` or `put_off`; one that gets none of them is found by
    `give_up_lost`. `due_at` becomes the time of the claim. Conversation, author and recipients come with it.
    What stands in `besides_inboxes` (ids) is left for later: its carrier is still busy. One whose writer chose its
    hour before somebody wrote again is not claimed: it stops here, and a member looks before it goes.
    """
    now = now or timezone.now()
    with transaction.atomic():
        due = Message.objects.filter(state=WAITING, kind=MESSAGE, due_at__lte=now)
        if channel is not None:
            due = due.filter(channel=channel)
        if besides_inboxes:
            due = due.exclude(conversation__inbox_id__in=list(besides_inboxes))
        due = due.order_by("due_at", "id").select_for_update(skip_locked=True, of=("self",))
        waiting = list(due.only("id", "conversation_id", "author_id", "seen_id")[:limit])
        crossed = [message for message in waiting if crossing(message)]
        ids = [message.id for message in waiting if message not in crossed]
        Message.objects.filter(id__in=ids).update(state=LEAVING, due_at=timezone.now())
    for message in crossed:
        _stop(message)
    claimed = Message.objects.filter(id__in=ids).select_related(
        "conversation__inbox", "conversation__person", "author__member"
    )
    return list(claimed.prefetch_related("recipients", "enclosures__file").order_by("id"))


def crossing(message: Message) -> Message | None:
    """What somebody wrote since the writer of a scheduled message last looked at the conversation; else None.

    A machine's answer and a stranger's mail do not count: nobody may hold up our letters unasked.
    """
    if message.seen_id is None:
        return None
    shown_in = message.conversation.standing()
    newer = Message.objects.of(shown_in).filter(id__gt=message.seen_id, automatic=False, held=False)
    return newer.exclude(author=message.author_id, seat="ours").exclude(state=UNDONE).exclude(pk=message.pk).last()


def _stop(message: Message) -> None:
    """Keep a scheduled message here, since somebody wrote meanwhile. Records `conversations.message_stopped`."""
    with transaction.atomic():
        held = _locked(message)
        newest = crossing(held)
        if held.state != WAITING or held.due_at is None or newest is None:
            return
        _write(held, message, due_at=None)
        conversation = held.shown_in
        conversation._tell("message_stopped", by=None, data={"message": held.id, "newest": newest.id},
                           also_members=[conversation.assignee_id])
        if conversation.state in (DONE, SNOOZED):
            conversation.reopen()


def mark_sent(message: Message, *, at: datetime | None = None, message_id: str = "") -> None:
    """It was handed over. `message_id` is the one it left with. Records `conversations.message_sent`."""
    columns = {"message_id": message_id[:998]} if message_id else {}
    _settle(message, SENT, "message_sent", at=at or timezone.now(), **columns)


def mark_failed(message: Message, why: str) -> None:
    """It did not go and will not by itself, or it came back; a resting conversation is open again.

    Records `conversations.message_failed`.
    """
    _settle(message, FAILED, "message_failed", why=why, from_states=(LEAVING, SENT, UNKNOWN))


def mark_returned(message: Message, why: str) -> None:
    """It had been handed over and came back. A resting conversation comes back too. Records `message_failed`."""
    _settle(message, FAILED, "message_failed", why=why, from_states=(SENT, UNKNOWN))


def mark_unknown(message: Message, why: str = "") -> None:
    """Nobody can say whether it went: a member decides, it is never sent again silently."""
    _settle(message, UNKNOWN, "message_unknown", why=why)


def put_off(message: Message, until: datetime, why: str = "") -> None:
    """Nothing of it was handed over: it waits again, until then. Records nothing: nothing happened yet."""
    with transaction.atomic():
        held = _locked(message)
        if held.state != LEAVING:
            return
        _write(held, message, state=WAITING, due_at=until, trouble=_clean(why))


def give_up_lost(claimed_before: datetime) -> int:
    """Call `unknown` what was claimed before then and never settled: its carrier was cut off. Returns how many."""
    lost = list(Message.objects.filter(state=LEAVING, due_at__lt=claimed_before).order_by("due_at")[:500])
    return sum(_settle(message, UNKNOWN, "message_unknown", why="") for message in lost)


def try_again(message: Message, *, by: Person) -> None:
    """Send a failed or unknown one after all, because a member says so.

    Raises TooLate for any other, and for one that left and came back: that is for a new message to mend.
    """
    with transaction.atomic():
        held = _locked(message)
        if not (held.never_left or held.state == UNKNOWN):
            raise TooLate
        _write(held, message, state=WAITING, due_at=timezone.now(), trouble="")
        held.shown_in._tell("message_retried", by=by, data={"message": held.id})


def believe_sent(message: Message, *, by: Person) -> None:
    """A member found out that an unknown one did arrive. Raises TooLate for any other."""
    if not _settle(message, SENT, "message_sent", from_states=(UNKNOWN,), by=by):
        raise TooLate


def _settle(message: Message, state: str, verb: str, *, why="", at=None, by=None, from_states=(LEAVING,), **columns):
    """Move a message to where it ends; False when it is already settled, so that a second word changes nothing."""
    with transaction.atomic():
        held = _locked(message)
        if held.state not in from_states:
            return False
        late = at is not None and at - held.at > LATER
        if late:  # it was sent later than written, and stands where it was sent
            columns["at"] = at
        _write(held, message, state=state, trouble=_clean(why), due_at=at or held.due_at, **columns)
        conversation = held.shown_in
        if late:
            settle_columns(conversation)
        conversation._tell(verb, by=by, data={"message": held.id}, also_members=[conversation.assignee_id])
        if state in (FAILED, UNKNOWN) and conversation.state in (DONE, SNOOZED):
            conversation.reopen()
    return True


def _locked(message: Message) -> Message:
    """The row as it stands, under the lock of the conversation that shows it and its own, in that order."""
    conversation = Conversation(pk=message.conversation_id).hold()
    held = Message.objects.select_for_update().get(pk=message.pk)
    held.shown_in = conversation
    return held


def _write(held: Message, given: Message, **columns) -> None:
    for name, value in columns.items():
        setattr(held, name, value)
        setattr(given, name, value)
    held.save(update_fields=list(columns))


def _clean(why: str) -> str:
    return " ".join(why.replace("\0", "").split())[:400]
