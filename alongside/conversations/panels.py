"""What the card of a person shows of their conversations: what is open, and when we last had contact."""

from alongside.conversations.models import OPEN, SNOOZED, Conversation
from alongside.people.panels import Panel, shows

MOST, LOOKED_AT = 5, 40


@shows(order=20)
def open_conversations(person, principal) -> Panel | None:
    """Their open conversations, newest first, and the last contact of all."""
    theirs = Conversation.objects.visible_to(principal).whole().with_person(person.cluster_ids)
    shown = theirs.only("state", "last_at", "last_seat", "subject", "preview")
    newest = list(shown.order_by("-last_at", "-id")[:LOOKED_AT])
    if not newest:
        return None
    rows = [each for each in newest if each.state in (OPEN, SNOOZED)]
    return Panel("conversations/panel.html", {
        "rows": rows[:MOST], "more": len(rows) > MOST, "last_at": newest[0].last_at, "last_seat": newest[0].last_seat,
    })
