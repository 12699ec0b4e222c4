"""What the card of a person shows of their conversations: what is open, and when we last had contact."""

from alongside.conversations import listing
from alongside.conversations.models import OPEN, SNOOZED, Conversation
from alongside.people.panels import Panel, shows

MOST = 5


@shows(order=20)
def open_conversations(person, principal) -> Panel | None:
    """Their open conversations, newest first, and the last contact of all."""
    theirs = Conversation.objects.visible_to(principal).whole().with_person(person.cluster_ids)
    newest = list(theirs.order_by("-last_at", "-id").values_list("id", "state", "last_at", "last_seat")[:40])
    if not newest:
        return None
    ids = [id for id, state, _at, _seat in newest if state in (OPEN, SNOOZED)]
    return Panel("conversations/panel.html", {
        "rows": listing.rows(principal, ids[:MOST]), "more": len(ids) > MOST,
        "last_at": newest[0][2], "last_seat": newest[0][3],
    })
