"""Taking back what has not left yet, and letting it go at another hour."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from alongside.conversations.models import UNDONE, WAITING, Conversation, Draft, Message, settle_columns
from alongside.conversations.sending import TooLate, UnseenMessage, crossing
from alongside.people.models import Person


def take_back(message: Message, *, by: Person) -> Draft | None:
    """Undo a message that still waits, or never left: it becomes its writer's draft again. Records `message_undone`.

    Raises TooLate when it has left or is just leaving: the row's lock decides, so it is never both. A conversation
    that held nothing else goes to the trash, and the draft is one for a new conversation. None is returned when
    its writer is no member.
    """
    with transaction.atomic():
        conversation = message.conversation.hold()
        held = Message.objects.select_for_update().get(pk=message.pk)
        if held.state != WAITING and not held.never_left:
            raise TooLate
        Message.objects.filter(pk=held.pk).update(state=UNDONE, once="")
        message.state = UNDONE
        settle_columns(conversation)
        conversation._tell("message_undone", by=by, data={"message": held.id})
        alone = not conversation.newest_id
        draft = _back_to_draft(held, None if alone else conversation)
        if alone:
            conversation.throw_away(by=by)
    return draft


def reschedule(message: Message, send_at: datetime | None, *, by: Person, seen_id: int | None = None) -> None:
    """Let a waiting message go at another hour, at the earliest now; None leaves its hour. Records it.

    `seen_id` is the newest message that `by` had before their eyes: one that stopped because somebody wrote goes on
    when that was seen. Raises UnseenMessage when there is a newer one, TooLate when the message no longer waits.
    """
    with transaction.atomic():
        conversation = message.conversation.hold()
        held = Message.objects.select_for_update().get(pk=message.pk)
        if held.state != WAITING:
            raise TooLate
        if held.seen_id is not None and seen_id is not None:
            held.seen_id = max(held.seen_id, min(seen_id, conversation.newest_id))
        if newest := crossing(held):
            raise UnseenMessage(newest)
        message.due_at = held.due_at = max(send_at or held.due_at or timezone.now(), timezone.now())
        message.seen_id = held.seen_id
        held.save(update_fields=["due_at", "seen_id"])
        conversation._tell("message_rescheduled", by=by, data={"message": held.id})


def _back_to_draft(message: Message, conversation: Conversation | None) -> Draft | None:
    """Lay the words back before their writer; what they have begun since stays, below."""
    member = getattr(message.author, "member", None)
    if member is None:
        return None
    draft = None
    if conversation:
        draft = Draft.objects.select_for_update().filter(
            conversation=conversation, member=member, kind="message").first()
    draft = draft or Draft(conversation=conversation, member=member, mode="reply" if conversation else "new",
                           inbox=None if conversation else message.conversation.inbox)
    for role in ("to", "cc", "bcc"):
        setattr(draft, role, [{"address": r.address, "name": r.name} for r in message.recipients.all()
                              if r.role == role])
    draft.text = "\n\n".join(part for part in (message.text, draft.text) if part.strip())
    draft.subject = message.subject
    draft.files = [*dict.fromkeys([*message.enclosures.values_list("file_id", flat=True), *draft.files])]
    later = message.due_at and message.due_at - message.at > timedelta(seconds=settings.UNDO_SECONDS + 60)
    draft.send_at = message.due_at if later else None
    draft.seen_id = conversation.newest_id if conversation else 0
    draft.revision, draft.saved_at = draft.revision + 1, timezone.now()
    draft.save()
    return draft
