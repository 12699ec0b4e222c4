"""Opening a conversation, or a booth, is seeing what was told of it."""

from alongside.booths.models import Booth
from alongside.conversations.models import Conversation
from alongside.lib.principal import Principal
from alongside.members.models import Member
from alongside.notifications.telling import see


def seen_by_opening(principal: Principal, conversation: Conversation) -> None:
    """Called when a member opened `conversation`."""
    see(Member(pk=principal.member_id), conversation)


def seen_by_sitting_down(principal: Principal, booth: Booth) -> None:
    """Called when a member opened `booth`."""
    see(Member(pk=principal.member_id), booth=booth)
