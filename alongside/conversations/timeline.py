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


_SAID = ("conversations.message_received", "conversations.message_written", "conversations.note_written")


@draws(*_SAID, *_MOVED)
def draw_talks(events, principal: Principal) -> dict[int, Entry]:
    """What was said, and how it ended: context `message` (None for a move), `conversation` with inbox, `kind`, `by`.

    What was taken back, and what the principal may not see, is left out; notes and moves are for members only.
    """
    wanted = {event.data.get("message"): event for event in events if event.kind in _SAID}
    messages = _messages([id for id in wanted if id], principal)
    known = {message.conversation_id: message.conversation for message in messages}
    moves = [event for event in events if event.kind in _MOVED] if principal.serves else []
    said = {wanted[message.id].id: _said(message, wanted[message.id].kind) for message in messages}
    return {**said, **_moves(moves, principal, known)}


def _messages(ids: list[int], principal: Principal) -> list[Message]:
    seen = Message.objects.visible_to(principal).filter(id__in=ids).exclude(state=UNDONE)
    return list(seen.select_related("author__merged_into", "conversation__inbox", "conversation__merged_into"))


def _said(message: Message, kind: str) -> Entry:
    return Entry(
        at=message.at, icon=_icon(message), label=_label(message), template=TEMPLATE,
        context={"kind": kind.partition(".")[2], "message": message,
                 "conversation": message.conversation.merged_into or message.conversation,
                 "by": message.author and message.author.standing()},
    )


def _moves(events, principal: Principal, known: dict[int, Conversation]) -> dict[int, Entry]:
    """That a conversation was called done, merged or put away; only those are asked for that nothing was said in."""
    further = {event.data.get("conversation") for event in events} - {None, *known}
    if further:
        known = known | Conversation.objects.visible_to(principal).select_related("inbox").in_bulk(further)
    return {
        event.id: Entry(
            at=event.at, icon=_MOVED[event.kind], label=_moved(event.kind), template=TEMPLATE,
            context={"kind": event.kind.partition(".")[2], "message": None, "by": event.actor,
                     "conversation": known[event.data["conversation"]]},
        )
        for event in events if event.data.get("conversation") in known
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
