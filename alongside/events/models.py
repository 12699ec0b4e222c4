"""Events and their deliveries: written in the verb's own transaction, told to listeners afterwards."""

from collections import defaultdict
from collections.abc import Callable

from django.db import connection, models
from django.utils import timezone
from psycopg.types.json import Jsonb

WAKE_CHANNEL = "alongside_events"
# An event, its deliveries, and the word to whoever tells them: each verb records, so it is one round trip.
_RECORD = """
    WITH event AS (
        INSERT INTO events_event (at, kind, actor_id, subject_id, data) VALUES (%s, %s, %s, %s, %s)
        RETURNING id, subject_id
    ), delivery AS (
        INSERT INTO events_delivery (event_id, listener, subject_id, attempts, due_at, error)
        SELECT event.id, told.listener, event.subject_id, 0, %s, ''
        FROM event, unnest(%s::text[]) WITH ORDINALITY AS told(listener, place) ORDER BY told.place
    )
    SELECT id, CASE WHEN %s THEN pg_notify(%s, '') END FROM event
"""

_listeners: dict[str, list[str]] = defaultdict(list)
_functions: dict[str, Callable[["Event"], None]] = {}


class Event(models.Model):
    """Something that happened. Holds ids, enums and numbers, never what a person wrote (DESIGN 4).

    `actor_id` and `subject_id` are ids of people without a constraint, so that the ledger knows no room above it.
    """

    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject_id", "-at", "-id"], name="event_timeline")]

    def __str__(self):
        return f"{self.kind} #{self.id}"


class Delivery(models.Model):
    """One event still to be told to one listener. Deleted once the listener has heard it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    listener = models.CharField(max_length=160)
    subject_id = models.BigIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    parked_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["listener", "subject_id", "id"], name="delivery_order"),
            models.Index(fields=["due_at"], name="delivery_due", condition=models.Q(parked_at=None)),
        ]


def listen(*kinds: str, newest: bool = False):
    """Register the decorated function `f(event)` for events of `kinds`. It must be idempotent by event id.

    `newest`: it looks at how things are now, so it is told the newest alone of several that wait about one subject.
    """

    def decorate(function):
        function.hears_newest = newest
        name = f"{function.__module__}.{function.__qualname__}"
        _functions[name] = function
        for kind in kinds:
            if name not in _listeners[kind]:
                _listeners[kind].append(name)
        return function

    return decorate


def listener_named(name: str) -> Callable[[Event], None] | None:
    """The registered listener of that name, or None when its room is gone."""
    return _functions.get(name)


def record(kind: str, *, by=None, subject=None, data: dict | None = None, at=None) -> Event:
    """Write that `kind` happened, inside the caller's transaction, with one delivery for each listener.

    `by` and `subject` are people (anything with an `id`) or None. Returns the event.
    """
    names, now = _listeners.get(kind, []), timezone.now()
    about = [at or now, kind, by.id if by else None, subject.id if subject else None]
    data = data or {}
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, [*about, Jsonb(data), now, names, bool(names), WAKE_CHANNEL])
        id = cursor.fetchone()[0]
    return Event.from_db(connection.alias, ("id", "at", "kind", "actor_id", "subject_id", "data"), (id, *about, data))
