"""Tells listeners what happened: at least once, in order for one subject, retried and in the end parked."""

import asyncio
import logging
from concurrent.futures import FIRST_COMPLETED
from datetime import timedelta
from functools import partial

from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from alongside.events.models import WAKE_CHANNEL, Delivery, Event, listener_named
from alongside.lib.away import Outage
from alongside.lib.threads import Threads

log = logging.getLogger("alongside.events")

# Seconds before each next try; after the last one the delivery is parked until someone looks at it.
WAITS = (2, 10, 60, 300, 1800, 7200, 21600)
BATCH = 200
POLL_SECONDS = 20
REST_SECONDS = 1.0
GATHER_SECONDS = 0.02
LINE = 50
ERROR_LENGTH = 4000

# Candidates in order; one that waits for its next try holds back those behind it on its line. A first try is
# due at once, whatever the clocks of two hosts say.
_CANDIDATES = """
    SELECT d.id, d.listener, d.subject_id
      FROM events_delivery d
     WHERE d.parked_at IS NULL AND (d.attempts = 0 OR d.due_at <= clock_timestamp())
       AND NOT (d.listener || ':' || coalesce(d.subject_id::text, d.id || '-')) = ANY(%s)
       AND (d.subject_id IS NULL OR NOT EXISTS (
               SELECT 1 FROM events_delivery earlier
                WHERE earlier.listener = d.listener AND earlier.subject_id = d.subject_id
                  AND earlier.id < d.id AND earlier.parked_at IS NULL
                  AND earlier.attempts > 0 AND earlier.due_at > clock_timestamp()))
     ORDER BY d.id
     LIMIT %s
"""
# Taking a delivery deletes it in the listener's own transaction: heard and forgotten together, or neither.
_TAKE = """
    DELETE FROM events_delivery
     WHERE id = (SELECT id FROM events_delivery
                  WHERE id = %s AND parked_at IS NULL AND (attempts = 0 OR due_at <= clock_timestamp())
                    FOR UPDATE SKIP LOCKED)
    RETURNING event_id, listener, subject_id
"""
# The others that wait in the same line; whatever they tell had been written before.
_TAKE_REST = """
    DELETE FROM events_delivery
     WHERE id IN (SELECT id FROM events_delivery
                   WHERE listener = %s AND subject_id = %s AND parked_at IS NULL
                     AND (attempts = 0 OR due_at <= clock_timestamp())
                     FOR UPDATE SKIP LOCKED)
    RETURNING event_id
"""


class NobodyListens(LookupError):
    """A delivery names a listener that this program does not have."""


def candidates(busy=(), limit: int = BATCH) -> dict[str, list[int]]:
    """Ids of deliveries that are due, by line (one listener and one subject), each line in order.

    `busy` are the lines that are being worked on.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [list(busy), limit])
        lines: dict[str, list[int]] = {}
        for id, listener, subject in cursor.fetchall():
            lines.setdefault(f"{listener}:{f'{id}-' if subject is None else subject}", []).append(id)
    return lines


def deliver_one(id: int) -> bool:
    """Tell the listener of delivery `id`, and forget it, in one transaction.

    One who hears the newest alone is told that of the whole line, and all of it is forgotten.
    Returns False when the delivery is not there to be told: another worker has it, or it waits or is parked.
    Raises what the listener raises.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [id])
            taken = cursor.fetchone()
        if taken is None:
            return False
        event_id, listener, subject = taken
        function = listener_named(listener)
        if function is None:
            raise NobodyListens(f"no room has the listener {listener}")
        if function.hears_newest and subject is not None:
            event_id = max([event_id, *_take_rest(listener, subject)])
        function(Event.objects.get(id=event_id))
    return True


def _take_rest(listener: str, subject: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_REST, [listener, subject])
        return [event_id for (event_id,) in cursor.fetchall()]


def deliver_line(ids: list[int]) -> int:
    """Tell the deliveries of one line in order, up to the first that fails or is gone. Returns how many."""
    for told, id in enumerate(ids):
        try:
            if not deliver_one(id):
                return told
        except Exception as error:
            if isinstance(error, DatabaseError) and not connection.is_usable():
                raise
            put_off(id, error)
            return told
    return len(ids)


def put_off(id: int, error: Exception) -> None:
    """Note why the delivery failed; try again later, or park it when it has been tried often enough."""
    log.warning("A listener failed on delivery %s", id, exc_info=error)
    delivery = Delivery.objects.filter(id=id).first()
    if delivery is None:
        return
    now = timezone.now()
    tries = delivery.attempts + 1
    parked = tries > len(WAITS)
    Delivery.objects.filter(id=id).update(
        attempts=F("attempts") + 1,
        error=f"{type(error).__name__}: {error}".replace("\0", "")[:ERROR_LENGTH],
        parked_at=now if parked else None,
        due_at=now if parked else now + timedelta(seconds=WAITS[tries - 1]),
    )


def parked():
    """The deliveries that were given up, oldest first, each with its `error`: what `doctor` shows."""
    return Delivery.objects.filter(parked_at__isnull=False).order_by("id")


def retry_parked() -> int:
    """Take every parked delivery up again, as if never tried. Returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        count = parked().update(parked_at=None, attempts=0, error="", due_at=timezone.now())
        cursor.execute("SELECT pg_notify(%s, '')", [WAKE_CHANNEL])
    return count


def deliver_all(rounds: int = 100) -> int:
    """Tell everything due, here and now, and what that leads to; raises a listener's error. For tests."""
    told = 0
    for _ in range(rounds):
        lines = candidates()
        if not lines:
            return told
        for ids in lines.values():
            told += sum(deliver_one(id) for id in ids)
    raise RuntimeError(f"events still lead to events after {rounds} rounds")


class Deliverer:
    """Keeps `threads` threads busy with lines of deliveries until told to stop."""

    def __init__(self, listening, threads: int = 2):
        """`listening` is the process's `lib.listening.Listening`, not yet running, which will wake this."""
        self.threads = Threads("events", threads)
        self.room = threads * 8
        self.wake = asyncio.Event()
        self.running: dict[str, asyncio.Future] = {}
        self.resting: dict[str, float] = {}
        self.outage = Outage(log, "The database, for telling events,")
        listening.on(WAKE_CHANNEL, lambda payload: self.wake.set(), lost=self.wake.set)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop`, and until what was begun by then is done."""
        stopping = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                seconds = await self._round()
                await self._wait(stopping, seconds)
            if self.running:
                await asyncio.wait(self.running.values())
        finally:
            stopping.cancel()
            await asyncio.to_thread(self.threads.close)

    async def _round(self) -> float:
        """Start what can be started. Returns the seconds after which it is worth looking again unasked."""
        self.wake.clear()
        now = asyncio.get_running_loop().time()
        self.resting = {line: until for line, until in self.resting.items() if until > now}
        try:
            found = await self.threads.query(candidates, [*self.running, *self.resting], BATCH)
            due = None if found or self.running or self.resting else await self.threads.query(next_due)
        except DatabaseError as away:
            self.outage.begins(away)
            return REST_SECONDS
        self.outage.ends()
        for line, ids in list(found.items())[: self.room - len(self.running)]:
            task = self.running[line] = asyncio.ensure_future(self.threads.query(deliver_line, ids[:LINE]))
            task.add_done_callback(partial(self._done, line))
        if self.running or self.resting:
            return REST_SECONDS
        return POLL_SECONDS if due is None else (due - timezone.now()).total_seconds()

    def _done(self, line: str, task: asyncio.Future) -> None:
        """A line of which nothing could be told (another worker has it, or it failed) rests a little."""
        self.running.pop(line, None)
        if task.cancelled() or task.exception() or task.result() == 0:
            self.resting[line] = task.get_loop().time() + REST_SECONDS

    async def _wait(self, stopping, seconds: float) -> None:
        """Until woken, or a line is done, or `seconds` have passed; then a moment, to start many at once."""
        waking = asyncio.ensure_future(self.wake.wait())
        seconds = min(max(seconds, GATHER_SECONDS), POLL_SECONDS)
        await asyncio.wait([stopping, waking, *self.running.values()], timeout=seconds, return_when=FIRST_COMPLETED)
        waking.cancel()
        if self.running:
            await asyncio.wait(self.running.values(), timeout=GATHER_SECONDS)


def next_due():
    """When the next unparked delivery falls due, or None."""
    return Delivery.objects.filter(parked_at=None).order_by("due_at").values_list("due_at", flat=True).first()
