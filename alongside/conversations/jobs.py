"""What happens by the clock: snoozed conversations wake."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from alongside.conversations.models import Conversation

AT_ONCE = 500

_WAKE = """
    UPDATE conversations_conversation
       SET state = 'open', snoozed_until = NULL, last_at = greatest(last_at, %(now)s)
     WHERE id IN (SELECT id FROM conversations_conversation
                   WHERE state = 'snoozed' AND snoozed_until <= %(now)s
                   ORDER BY snoozed_until LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
    RETURNING id
"""


def wake_due(now: datetime | None = None, limit: int = AT_ONCE) -> int:
    """Wake what was snoozed until `now`, which then stands on top of its lists. Returns how many.

    Records `conversations.woken` for each. One that someone is working on right now is left to the next round.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_WAKE, {"now": now or timezone.now(), "limit": limit})
            ids = [id for (id,) in cursor.fetchall()]
        for conversation in Conversation.objects.filter(id__in=ids).select_related("person").order_by("id"):
            conversation._tell("woken", also_members=[conversation.assignee_id])
    return len(ids)


@app.periodic(cron="* * * * *")
@app.task(name="conversations.wake", queueing_lock="conversations.wake")
def wake(timestamp: int) -> None:
    """Every minute: wake everything that is due."""
    while wake_due() == AT_ONCE:
        pass
