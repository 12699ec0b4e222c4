"""Saved replies: which a member may use, and keeping, changing and forgetting them."""

from django.db import transaction

from alongside.conversations.letters import checked_text, one_line
from alongside.conversations.merge_fields import check
from alongside.conversations.models import SavedReply
from alongside.events.models import record
from alongside.members.models import Team
from alongside.people.models import Person


def keep(name: str, text: str, *, by: Person, team: Team | None = None, reply: SavedReply | None = None) -> SavedReply:
    """Save a reply, for one team or for all, or change `reply`. Records `conversations.reply_saved`.

    Raises UnknownField for a place that does not exist, TooLong, and ValueError without a name or a text.
    """
    name, text = one_line(name, 80), checked_text(text)
    if not name or not text.strip():
        raise ValueError("empty")
    check(text)
    with transaction.atomic():
        reply = reply or SavedReply(by=by)
        reply.name, reply.text, reply.team = name, text, team
        reply.demo = by.demo  # what a member of the house wrote stays when the demo goes
        reply.save()
        record("conversations.reply_saved", by=by, data={"saved_reply": reply.id})
    return reply


def forget(reply: SavedReply, *, by: Person) -> None:
    """Delete a saved reply. Records `conversations.reply_forgotten`."""
    with transaction.atomic():
        record("conversations.reply_forgotten", by=by, data={"saved_reply": reply.id})
        reply.delete()
