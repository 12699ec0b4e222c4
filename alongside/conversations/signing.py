"""What stands below a letter: the member's own signature, then the inbox's. The composer and the letter ask here."""

from dataclasses import dataclass

from alongside.conversations.models import Inbox
from alongside.members.models import Member


@dataclass(frozen=True)
class Signature:
    """Both parts in their order; either may be empty."""

    members: str
    inboxs: str

    @property
    def text(self) -> str:
        """As the letter carries it."""
        return "\n".join(part for part in (self.members, self.inboxs) if part)


def signature(inbox: Inbox, member: Member | None) -> Signature:
    """What goes below a letter that `member` (or the house itself) sends from `inbox`."""
    return Signature(member.signature.strip() if member else "", inbox.signature.strip())
