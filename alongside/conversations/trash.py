"""The trash: taking a conversation back out of it, and emptying it for good."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from alongside.conversations.models import TRASH, Conversation
from alongside.events.models import record
from alongside.lib.principal import Principal
from alongside.live.models import changed
from alongside.people.models import Person


class NotInTrash(ValueError):
    """Only what lies in the trash can be purged, so that nothing is lost by one slip."""


def restore(conversation: Conversation, *, by: Person) -> None:
    """Take it out of the trash (or spam): it is open again. Records `conversations.reopened`."""
    conversation.reopen(by=by)


def purge(conversation: Conversation, principal: Principal, *, by: Person) -> None:
    """Delete it with all it holds and what was merged into it. Records `conversations.purged`.

    Only the owner may: raises PermissionDenied for anyone else, NotInTrash for what does not lie there. The ledger
    keeps that it happened, without a word of what was written.
    """
    if not principal.is_at_least("owner"):
        raise PermissionDenied
    with transaction.atomic():
        now = conversation.locked()
        if now.state != TRASH or now.merged_into_id:
            raise NotInTrash
        record("conversations.purged", by=by, subject=now.person, data={"conversation": now.id})
        changed(f"inbox:{now.inbox_id}")
        Conversation.objects.filter(merged_into=now).delete()
        now.delete()


def empty(principal: Principal, *, by: Person, most: int = 1000) -> int:
    """Purge everything in the trash, at most `most`. Returns how many went. Only the owner may."""
    if not principal.is_at_least("owner"):
        raise PermissionDenied
    gone = 0
    for conversation in Conversation.objects.whole().filter(state=TRASH).order_by("last_at", "id")[:most]:
        try:
            purge(conversation, principal, by=by)
        except (NotInTrash, Conversation.DoesNotExist):  # someone took it out just now, or purged it too
            continue
        gone += 1
    return gone
