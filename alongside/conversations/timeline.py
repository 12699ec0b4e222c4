"""How conversations stand on a person's timeline: what was said, and how it ended."""

from django.utils.translation import gettext as _

from alongside.conversations.models import FAILED, UNDONE, UNKNOWN, Conversation, Message
from alongside.lib.principal import Principal
from alongside.people.timeline import Entry, draws

TEMPLATE = "conversations/timeline_entry.html"
_MOVED = {
    "conversations.closed": "done",
    "conversations.merged": "merge",
    "conversations.marked_spam": "spam",
    "conversations.thrown_away": "trash",
}


@draws("conversations.message_received", "conversations.message_written", "conversations.note_written")
def draw_messages(events, principal: Principal) -> dict[int, Entry]:
    """What was said: context `message` (author, conversation with inbox), `conversation`, `kind`, `by`.

    What was taken back, and what the principal may not see, is left out; so is a note for anyone but members.
    """
    wanted = {event.data.get("message"): event for event in events}
    seen = Message.objects.visible_to(principal).filter(id__in=[id for id in wanted if id]).exclude(state=UNDONE)
    entries = {}
    for message in seen.select_related("author__merged_into", "conversation__inbox", "conversation__merged_into"):
        event = wanted[message.id]
        entries[event.id] = Entry(
            at=message.at, icon=_icon(message), label=_label(message), template=TEMPLATE,
            context={"kind": event.kind.partition(".")[2], "message": message,
                     "conversation": message.conversation.merged_into or message.conversation,
                     "by": message.author and message.author.standing()},
        )
    return entries


@draws(*_MOVED)
def draw_moves(events, principal: Principal) -> dict[int, Entry]:
    """That a conversation was called done, merged or put away: context `conversation`, `kind`, `by`. Members only."""
    if not principal.serves:
        return {}
    seen = Conversation.objects.visible_to(principal).select_related("inbox")
    conversations = seen.in_bulk({event.data.get("conversation") for event in events} - {None})
    return {
        event.id: Entry(
            at=event.at, icon=_MOVED[event.kind], label=_moved(event.kind), template=TEMPLATE,
            context={"kind": event.kind.partition(".")[2], "message": None, "by": event.actor,
                     "conversation": conversations[event.data["conversation"]]},
        )
        for event in events if event.data.get("conversation") in conversations
    }


def _icon(message: Message) -> str:
    if message.is_note:
        return "note"
    return "mail" if message.channel == "email" else "chat"


def _label(message: Message) -> str:
    if message.is_note:
        return _("Note among colleagues")
    if message.state in (FAILED, UNKNOWN):
        return _("Message that may not have arrived")
    return _("Message from us") if message.seat == "ours" else _("Message to us")


def _moved(kind: str) -> str:
    return {
        "conversations.closed": _("Done"),
        "conversations.merged": _("Two conversations became one"),
        "conversations.marked_spam": _("Put among the spam"),
        "conversations.thrown_away": _("Put in the trash"),
    }[kind]
