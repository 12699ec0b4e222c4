"""Who asks and what for: picks from the loaded world, the same each time."""

import random

from django.db import connection

from alongside.members.models import Member


class NotLoaded(Exception):
    """There is nothing to measure on yet."""


def reader() -> Member:
    """The lead of the bench's team. Raises NotLoaded."""
    member = Member.objects.filter(email="bench0@bench.example").first()
    if member is None:
        raise NotLoaded
    return member


def colleague() -> Member:
    """Another member of the same team."""
    return Member.objects.get(email="bench1@bench.example")


def inbox_ids() -> list[int]:
    """The inboxes that the bench's team serves."""
    from alongside.conversations.models import Inbox

    return list(Inbox.objects.visible_to(reader().principal()).values_list("id", flat=True))


def some_conversations(count: int, state: str = "open") -> list[int]:
    """`count` ids of conversations in that state, spread over all of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM conversations_conversation "
            "WHERE state = %s AND inbox_id = ANY(%s) AND merged_into_id IS NULL",
            [state, inbox_ids()],
        )
        ids = [row[0] for row in cursor.fetchall()]
    return random.Random(5).choices(ids, k=count)


def queries_of(work) -> int:
    """How many queries `work()` makes in this process."""
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def an_unread(member: Member) -> int:
    """The id of a conversation that `member` has not opened yet."""
    from alongside.conversations.models import Reading

    read = set(Reading.objects.filter(member=member).values_list("conversation_id", flat=True))
    return next(id for id in some_conversations(5000) if id not in read)


def page_queries(member: Member, path: str) -> int:
    """How many queries the page at `path` makes for `member`, sign-in included."""
    client = _browser(member)
    client.get(path)
    return queries_of(lambda: client.get(path))


def first_queries(member: Member, path: str) -> int:
    """The same the first time that the page is opened."""
    client = _browser(member)
    client.get("/inbox")
    return queries_of(lambda: client.get(path))


def _browser(member: Member):
    from django.conf import settings
    from django.test import Client

    from bench.serving import session_of

    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(member)
    return client
