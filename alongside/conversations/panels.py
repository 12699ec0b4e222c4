"""What the card of a person shows of their conversations: what is open, the last contact, what is blocked."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from alongside.conversations.models import OPEN, SNOOZED, Block, Conversation
from alongside.people.models import EMAIL
from alongside.people.panels import Panel, shows

MOST, LOOKED_AT = 5, 40


@shows(order=20)
def open_conversations(person, principal) -> Panel | None:
    """Their open conversations, newest first, and the last contact of all; above them, what keeps their mail out."""
    blocks = Block.objects.covering([each.key for each in person.reached if each.kind == EMAIL])
    blocks = blocks.values(row=JSONObject(id="id", address="address"))
    theirs = Conversation.objects.visible_to(principal).whole().with_person(person.cluster_ids)
    shown = theirs.annotate(blocks=ArraySubquery(blocks)).only("state", "last_at", "last_seat", "subject", "preview")
    newest = list(shown.order_by("-last_at", "-id")[:LOOKED_AT])
    given = newest[0].blocks if newest else [each["row"] for each in blocks]
    if not principal.serves or not (newest or given):
        return None
    rows = [each for each in newest if each.state in (OPEN, SNOOZED)]
    return Panel("conversations/panel.html", {
        "rows": rows[:MOST], "more": len(rows) > MOST, "last_at": newest[0].last_at if newest else None,
        "person": person, "blocks": given or [],
    })
