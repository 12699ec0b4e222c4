"""Removing what a forgotten person leaves in the database's own files, where no query finds it.

PostgreSQL marks a removed row as dead, and its bytes stay in the page until others are written over them; the planner
keeps samples of values besides. A table that is written anew, with its indexes, holds neither. See docs/decisions/0010.
"""

import logging
import time
from dataclasses import dataclass, field
from datetime import UTC

from django.db import OperationalError, connection
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from alongside.lib.commands import size
from alongside.members.models import Organisation
from alongside.members.zones import zone_of
from alongside.portal.models import Erasure

log = logging.getLogger(__name__)

LARGEST = 512 * 1024**2  # bytes, with indexes and large values, up to which a table is written anew at night
OF_BYTES = {"files_chunk", "email_channel_rawmail"}  # hold little else than bytes, so there is nothing to sort,
LARGEST_OF_BYTES = 4 * 1024**3  # and they may be larger
HOUR = 3  # of the night, by the house's clock
WAIT = "3s"  # how long a table that is in use is waited for; whoever comes meanwhile waits behind us
ROUNDS, PAUSE = 3, 20.0  # how often a table in use is tried, and seconds between
NO_WORDS = {"events_event"}  # ids, enums and numbers only, and long: it need not be written anew
CLEARS_FROM = 180000  # the PostgreSQL that can forget what it sampled of a table
SAMPLES = "pg_catalog.pg_statistic"  # the planner's samples; its earlier ones lie there as dead rows
_TABLES = """SELECT c.relname, pg_total_relation_size(c.oid) FROM pg_class c
 WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND pg_has_role(c.relowner, 'USAGE')
   AND EXISTS (SELECT FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = c.oid
               AND a.attnum > 0 AND NOT a.attisdropped AND t.typcategory IN ('S', 'U', 'A'))
 ORDER BY 2"""


@dataclass
class Wiped:
    """Tables that were written anew, and those that were not, each with why."""

    written: list[str] = field(default_factory=list)
    too_large: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def is_due() -> bool:
    """Whether somebody was forgotten since the files were wiped last."""
    return Erasure.objects.filter(wiped_at=None).exists()


def is_night() -> bool:
    """Whether it is the hour in which a table may be closed for a while."""
    return timezone.now().astimezone(zone_of(Organisation.ours().zone) or UTC).hour == HOUR


def sample_anew() -> None:
    """Have the planner take new samples of every table with words, so that none shows what is gone. Holds up nobody."""
    for table, _bytes in _tables():
        with connection.cursor() as cursor:
            cursor.execute(SQL("ANALYZE {}").format(Identifier(table)))
        _forget_samples_of_nothing(table)


def wipe(*, large_ones: bool = False, rounds: int = ROUNDS) -> Wiped:
    """Write every table with words anew, `large_ones` too where that is said. Not within a transaction.

    Each table is closed to everyone while it is written. One that cannot be had, or for which the disk has no room, is
    left as it is, and then no erasing is marked, so that the next night tries again; one that is too large waits for
    `alongside wipe --all`.
    """
    began, done = timezone.now(), Wiped()
    waiting = []
    for table, held in _tables():
        if not large_ones and held > (LARGEST_OF_BYTES if table in OF_BYTES else LARGEST):
            done.too_large[table] = size(held)
        elif table not in NO_WORDS:
            waiting.append(table)
    for turn in range(rounds):
        if turn and waiting:
            time.sleep(PAUSE)
        done.failed = {}
        for table in waiting:
            _write_anew(Identifier(table), table, done)
            _forget_samples_of_nothing(table)
        waiting = list(done.failed)
    _write_anew(SQL(SAMPLES), SAMPLES, done)
    if not done.failed:
        Erasure.objects.filter(wiped_at=None, at__lte=began).update(wiped_at=began)
    for table, why in (*done.failed.items(), *done.too_large.items()):
        log.warning("%s was not written anew (%s); `alongside wipe --all` does it", table, why)
    return done


def _write_anew(name, table: str, done: Wiped) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [WAIT])
            cursor.execute(SQL("VACUUM (FULL, ANALYZE) {}").format(name))
    except OperationalError as trouble:  # in use, or no room on the disk
        done.failed[table] = str(trouble).strip().partition("\n")[0]
    else:
        done.written.append(table)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")


def _forget_samples_of_nothing(table: str) -> None:
    """A table that became empty is sampled no more, so the planner would keep what it saw there last."""
    with connection.cursor() as cursor:
        if cursor.connection.info.server_version < CLEARS_FROM:
            return
        cursor.execute(SQL("SELECT NOT EXISTS (SELECT FROM {})").format(Identifier(table)))
        if cursor.fetchone()[0]:
            cursor.execute("SELECT pg_clear_attribute_stats(schemaname, tablename, attname, inherited) FROM pg_stats"
                           " WHERE schemaname = current_schema() AND tablename = %s", [table])


def _tables() -> list[tuple[str, int]]:
    """Our tables that may hold words, with their size in bytes, the smallest first."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return cursor.fetchall()
