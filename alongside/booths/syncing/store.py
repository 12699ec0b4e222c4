"""Where the document is kept: reading it whole or in part, and keeping what waits of many booths in one transaction.

Rows commit out of order, so nothing here asks for ids above one that was seen: who lacks something asks for exactly the
ids that were announced, or compares all that stand there with those it knows. Call these in a thread.
"""

import contextlib
from dataclasses import dataclass, field

import psycopg
from django.db import IntegrityError, connection
from django.db.models import Max
from django.utils import timezone

from alongside.booths.models import Booth, Hand, Update
from alongside.booths.models.booth import OPEN
from alongside.booths.syncing.dissecting import Parts
from alongside.live.models import hints

TOPIC = "booth_page:all"  # on which processes tell each other what they kept
IDS_IN_A_HINT = 300  # NOTIFY carries less than 8,000 bytes
MOST_REFUSED = 50  # kept aside of one booth

_NEXT = "SELECT nextval(pg_get_serial_sequence('booths_update', 'id')) FROM generate_series(1, %s)"
_KEEP = """
    WITH given AS (
        SELECT * FROM unnest(%b::bigint[], %b::bigint[], %b::bigint[], %b::bytea[]) AS given(id, booth_id, by_id, data)
    ), standing AS (
        SELECT id FROM booths_booth WHERE id = ANY(%b) AND state = 'open' FOR KEY SHARE SKIP LOCKED
    ), seated AS (
        SELECT id FROM booths_participant WHERE id = ANY(%b) AND (session_id IS NOT NULL OR NOT is_guest)
        FOR KEY SHARE SKIP LOCKED
    ), kept AS (
        INSERT INTO booths_update (id, booth_id, by_id, at, data, refused)
        SELECT given.id, given.booth_id, given.by_id, now(), given.data, false
        FROM given JOIN standing ON standing.id = given.booth_id JOIN seated ON seated.id = given.by_id
        ORDER BY given.id RETURNING id, booth_id, by_id
    ), noted AS (
        INSERT INTO booths_hand (booth_id, client, by_id)
        SELECT kept.booth_id, hand.client, kept.by_id
        FROM unnest(%b::bigint[], %b::bigint[]) AS hand(id, client) JOIN kept ON kept.id = hand.id
        ON CONFLICT DO NOTHING
    )
    SELECT (SELECT array_agg(id) FROM kept), {hints}
"""
_WHOLE = """
    SELECT true, id, data FROM
        (SELECT id, data FROM booths_snapshot WHERE booth_id = %s ORDER BY id DESC LIMIT 1) AS newest
    UNION ALL SELECT false, id, data FROM booths_update WHERE booth_id = %s AND NOT refused ORDER BY 1 DESC, 2
"""
_SOME = "SELECT id, data FROM booths_update WHERE id = ANY(%s) AND NOT refused ORDER BY id"
_IDS = """
    SELECT true, id FROM (SELECT max(id) AS id FROM booths_snapshot WHERE booth_id = %s) AS newest
    UNION ALL SELECT false, id FROM booths_update WHERE booth_id = %s AND NOT refused
"""


@dataclass(slots=True)
class Row:
    """One change to be kept: of which booth, by which participant, the devices they had not used before, and what is
    in it, one after another."""

    booth_id: int
    by_id: int
    data: bytes
    hands: list[int] = field(default_factory=list)
    parts: list[Parts] = field(default_factory=list)
    id: int = 0


@dataclass
class Stored:
    """A document as it lies there: the newest snapshot (0 and empty for none), and the changes since, by their ids."""

    snapshot_id: int = 0
    snapshot: bytes = b""
    updates: dict[int, bytes] = field(default_factory=dict)

    @property
    def parts(self) -> list[bytes]:
        """All of it, in an order in which it can be taken."""
        return [self.snapshot, *self.updates.values()] if self.snapshot_id else list(self.updates.values())

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.snapshot) + sum(map(len, self.updates.values()))


class Ids:
    """Numbers for rows, taken from the database a thousand at a time, so that they are known before they are kept."""

    def __init__(self):
        self._ready: list[int] = []

    def give(self, rows: list[Row]) -> None:
        """Number the rows."""
        if len(self._ready) < len(rows):
            with connection.cursor() as cursor:
                cursor.execute(_NEXT, [1000 + len(rows)])
                self._ready = [number for (number,) in cursor.fetchall()]
        for row in rows:
            row.id = self._ready.pop(0)


IDS = Ids()


def keep(rows: list[Row]) -> set[int]:
    """Keep the rows in one transaction, and tell the other processes with it. Returns the ids that were kept.

    Those of a booth that has ended or is just being deleted are not, nor those of a guest who was forgotten. It is
    one statement and one round trip.
    """
    if not rows[0].id:
        IDS.give(rows)
    payloads = _hints(rows)
    riding, values = hints.riding(payloads)
    hands = [(row.id, client) for row in rows for client in row.hands]
    (kept, _told), = _binary(_KEEP.format(hints=riding), [
        [row.id for row in rows], [row.booth_id for row in rows], [row.by_id for row in rows],
        [row.data for row in rows], list({row.booth_id for row in rows}), list({row.by_id for row in rows}),
        [id for id, _client in hands], [client for _id, client in hands], *values,
    ])
    hints.told(payloads)
    return set(kept or ())


def keep_again(rows: list[Row]) -> set[int]:
    """The same after a connection broke, perhaps when all of it was kept already: rows have their ids before."""
    kept = set(Update.objects.filter(id__in=[row.id for row in rows if row.id]).values_list("id", flat=True))
    rest = [row for row in rows if row.id not in kept]
    return kept | keep(rest) if rest else kept


def _hints(rows: list[Row]) -> list[str]:
    payloads = []
    for at in range(0, len(rows), IDS_IN_A_HINT):
        kept: dict[int, list[int]] = {}
        for row in rows[at : at + IDS_IN_A_HINT]:
            kept.setdefault(row.booth_id, []).append(row.id)
        payloads.append(hints.written(TOPIC, kept=kept, by=hints.PROCESS))
    return payloads


def whole(booth_id: int) -> Stored:
    """The document as it lies there now, read in one look."""
    stored = Stored()
    for is_snapshot, id, data in _binary(_WHOLE, [booth_id, booth_id]):
        if is_snapshot:
            stored.snapshot_id, stored.snapshot = id, data
        else:
            stored.updates[id] = data
    return stored


def some(ids: list[int]) -> list[tuple[int, bytes]]:
    """Those changes that (still) stand there: id, data. One that does not has been folded into a snapshot."""
    return _binary(_SOME, [ids]) if ids else []


def standing(booth_id: int) -> tuple[int, set[int]]:
    """The newest snapshot's id (0 for none) and the ids of all changes since, in one look."""
    rows = _binary(_IDS, [booth_id, booth_id])
    return next((id or 0 for is_snapshot, id in rows if is_snapshot), 0), {id for newest, id in rows if not newest}


def rights(booth_id: int) -> tuple[dict[int, int | None], bool, float]:
    """Whose each device is (client id → participant's id), whether work goes on, and for how many seconds it rests."""
    hands = dict(Hand.objects.filter(booth_id=booth_id).values_list("client", "by_id"))
    last = Update.objects.filter(booth_id=booth_id).aggregate(last=Max("at"))["last"]
    rests = (timezone.now() - last).total_seconds() if last else 0.0
    return hands, Booth.objects.filter(id=booth_id, state=OPEN).exists(), rests


def refuse(ids: list[int]) -> list[int]:
    """Put changes aside that the document cannot take: they are not read again, nor thrown away. Returns whose."""
    Update.objects.filter(id__in=ids).update(refused=True)
    return list(Update.objects.filter(id__in=ids).values_list("by_id", flat=True))


def set_aside(booth_id: int, by_id: int, data: bytes) -> None:
    """Keep something unreadable for whoever looks into it; not without end."""
    aside = Update.objects.filter(booth_id=booth_id, refused=True)
    if aside.count() < MOST_REFUSED:
        with contextlib.suppress(IntegrityError):  # the booth is just being deleted
            Update.objects.create(booth_id=booth_id, by_id=by_id, data=data, refused=True)


def _binary(query: str, values: list) -> list[tuple]:
    """Run one query with bytes as bytes; Django's own cursor writes them as text, at six times the CPU.

    Its plan is kept: each keystroke asks the same.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(query, values, binary=True, prepare=True)
        return cursor.fetchall()
