"""What members are told of: each listener turns one event into notifications."""

from alongside.booths.models import Participant
from alongside.conversations.models import SPAM, TRASH, Conversation, Inbox, Message
from alongside.events.models import listen
from alongside.members.models import Member, TheirMember
from alongside.notifications.models import Notification
from alongside.people.models import Person


def _conversation(event) -> Conversation | None:
    found = Conversation.objects.select_related("assignee", "merged_into__assignee")
    conversation = found.filter(pk=event.data.get("conversation")).first()
    return conversation and (conversation.merged_into or conversation)


def _members(*ids):
    return list(Member.objects.filter(pk__in=[id for id in ids if id], is_active=True))


def _actor(event) -> Person | None:
    return Person.objects.filter(pk=event.actor_id).first() if event.actor_id else None


def _message(event) -> Message | None:
    return Message.objects.select_related("author__member").filter(pk=event.data.get("message")).first()


@listen("conversations.assigned")
def given_to_someone(event) -> None:
    """Whoever it was given to hears of it, if it is still theirs."""
    conversation = _conversation(event)
    if conversation and conversation.assignee_id and conversation.assignee_id == event.data.get("assignee"):
        Notification.tell(_members(conversation.assignee_id), "assigned", event, conversation=conversation,
                          by=_actor(event))


@listen("conversations.note_written")
def asked_by_name(event) -> None:
    """Whoever is named in a note hears of it."""
    conversation, message = _conversation(event), _message(event)
    if conversation and message and event.data.get("mentioned"):
        Notification.tell(_members(*event.data["mentioned"]), "mentioned", event, conversation=conversation,
                          message=message, by=_actor(event))


@listen("conversations.message_received")
def someone_wrote(event) -> None:
    """Its member hears of an answer; of a new conversation that is nobody's, the teams that serve its inbox."""
    conversation, message = _conversation(event), _message(event)
    if not conversation or not message or message.automatic or conversation.state in (SPAM, TRASH):
        return
    if conversation.assignee_id:
        members, kind = _members(conversation.assignee_id), "answered"
    elif _is_first(message):
        serving = Member.objects.filter(is_active=True, teams__inboxes=conversation.inbox_id)
        members, kind = list(serving.distinct()), "arrived"
    else:
        return
    Notification.tell(members, kind, event, conversation=conversation, message=message, by=message.author)


def _is_first(message: Message) -> bool:
    return not Message.objects.filter(conversation=message.conversation_id, id__lt=message.id).exists()


@listen("conversations.message_failed", "conversations.message_unknown")
def did_not_leave(event) -> None:
    """Whoever wrote it hears that it did not arrive, or that nobody knows; without a writer, whose it is."""
    conversation, message = _conversation(event), _message(event)
    if not conversation or not message:
        return
    writer = getattr(message.author, "member", None) if message.author else None
    members = _members(writer.id if writer and writer.is_active else conversation.assignee_id)
    Notification.tell(members, event.kind.rpartition("_")[2], event, conversation=conversation, message=message)


@listen("conversations.message_stopped")
def was_held_back(event) -> None:
    """Whoever wrote it hears that it waits for a look; without a writer, whose conversation it is."""
    conversation, message = _conversation(event), _message(event)
    if not conversation or not message:
        return
    writer = getattr(message.author, "member", None) if message.author else None
    newest = Message.objects.select_related("author").filter(pk=event.data.get("newest")).first()
    members = _members(writer.id if writer and writer.is_active else conversation.assignee_id)
    Notification.tell(members, "stopped", event, conversation=conversation, message=message,
                      by=newest.author if newest else None)


@listen("conversations.woken")
def woke(event) -> None:
    """Whose it is hears that it woke."""
    conversation = _conversation(event)
    if conversation:
        Notification.tell(_members(conversation.assignee_id), "woken", event, conversation=conversation)


@listen("booth.joined")
def knocked(event) -> None:
    """Whoever opened the booth hears that a guest came in, and so does the member whom its person is usually with."""
    seat = Participant.objects.select_related("booth__person__merged_into").filter(
        pk=event.data.get("participant"), is_guest=True).first()
    if seat is None:
        return
    booth, members = seat.booth, Member.objects.filter(is_active=True)
    told = list(members.filter(person=booth.opened_by_id)) if booth.opened_by_id else []
    usually = TheirMember.of(booth.person.standing()) if booth.person else None
    if usually and usually not in told:
        told.append(usually)
    Notification.tell(told, "knocked", event, seat=seat)


@listen("email.mailbox_stands_still", "email.mailbox_well")
def mail_stands_still(event) -> None:
    """Owners and admins hear that mail of an inbox stands still; and that it works again, if they had heard."""
    mended = event.kind == "email.mailbox_well"
    inbox = Inbox.objects.filter(pk=event.data.get("inbox")).first()
    if inbox and (event.data.get("told") or not mended):
        governing = Member.objects.filter(role__in=["owner", "admin"], is_active=True)
        Notification.tell(list(governing), "mended" if mended else "trouble", event, inbox=inbox)
