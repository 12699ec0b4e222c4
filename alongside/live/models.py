"""Hints to open screens."""

from django.db import connection

CHANNEL = "alongside_live"


def changed(topic: str) -> None:
    """Tell open screens, when this transaction commits, that what `topic` names has changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])
