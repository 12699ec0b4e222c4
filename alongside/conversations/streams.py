"""Who may listen to a conversation, an inbox or a member's own hints, and be seen there."""

from alongside.conversations.models import Conversation, Inbox
from alongside.lib.principal import Principal
from alongside.live.models import allow
from alongside.members.models import Member


def _number(id: str) -> int | None:
    """A topic's id as a number that a database would take."""
    return int(id) if id.isascii() and id.isdecimal() and len(id) < 19 else None


def may_hear_conversation(principal: Principal, id: str) -> bool:
    """Members who may see it. A person's own page asks again when it is told, so it listens to `person`."""
    number = _number(id)
    if number is None or not principal.serves:
        return False
    return Conversation.objects.visible_to(principal).filter(pk=number).exists()


def may_hear_inbox(principal: Principal, id: str) -> bool:
    """Members who serve it."""
    number = _number(id)
    return number is not None and Inbox.objects.visible_to(principal).filter(pk=number).exists()


def may_hear_member(principal: Principal, id: str) -> bool:
    """That member alone, while they serve."""
    number = _number(id)
    return (
        number is not None and principal.kind == "member" and principal.member_id == number
        and Member.objects.filter(pk=number, is_active=True).exists()
    )


allow("conversation", may_hear_conversation)
allow("inbox", may_hear_inbox)
allow("member", may_hear_member)
