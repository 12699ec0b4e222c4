"""Hints that something changed: told at commit, once in a transaction, never if it is rolled back."""

import json
import secrets

from django.conf import settings
from django.db import connection, transaction

from alongside.live.carriers import CHANNEL

PROCESS = secrets.token_hex(4)  # tells this process's marks from those of others


def changed(topic: str, **ids) -> None:
    """Tell whoever listens to `topic` ("conversation:12") that it changed, once this transaction is committed.

    `ids` are numbers or short words that go along (`message=5`); what a person wrote is never among them.
    """
    payload = written(topic, **ids)
    if not connection.in_atomic_block:
        _send(payload)
    elif not any(isinstance(call, _Said) and call.payload == payload for _ids, call, *_ in _pending()):
        if not settings.LIVE_URL:
            _notify(payload)
        transaction.on_commit(_Said(payload), robust=True)


def written(topic: str, **ids) -> str:
    """A hint as it travels: for whoever sends it with a statement of their own, see `riding`."""
    return json.dumps({"topic": topic, **ids}, separators=(",", ":"))


def riding(payloads: list[str]) -> tuple[str, list[str]]:
    """How hints ride with a statement that is its own transaction: a subquery for it, and the values that it takes.

    `told(payloads)` is called after it, for where another carrier than NOTIFY takes them.
    """
    ride = [] if settings.LIVE_URL else payloads
    return "(SELECT count(pg_notify(%s, payload)) FROM unnest(%s::text[]) AS payload)", [CHANNEL, ride]


def told(payloads: list[str]) -> None:
    """The statement in which those hints rode is committed."""
    if settings.LIVE_URL:
        for payload in payloads:
            _send(payload)


def mark(request) -> str:
    """Where in the stream of hints the page that answers `request` stands: `/live?since=` goes on from there."""
    return mark_at(request.META.get("alongside.asked_at", 0.0))


def mark_at(seconds: float) -> str:
    """The mark of a moment (Unix seconds), as this process's clock has it."""
    return f"{int(seconds * 1000)}-{PROCESS}"


def _pending() -> list:
    """What waits for the commit. Django drops what a rolled back savepoint added, as PostgreSQL does."""
    return connection.run_on_commit


class _Said:
    """One hint of this transaction: PostgreSQL holds it until commit itself; another carrier gets it then."""

    def __init__(self, payload: str):
        self.payload = payload

    def __call__(self) -> None:
        if settings.LIVE_URL:
            _send(self.payload)


def _send(payload: str) -> None:
    if settings.LIVE_URL:
        from alongside.live.carriers.redis import publish

        publish(payload)
    else:
        _notify(payload)


def _notify(payload: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
