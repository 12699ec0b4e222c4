"""Looks for people written down twice among everyone, in a child process, and keeps what it finds and learns."""

import tempfile
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from alongside.lib import child
from alongside.people.duplicates import records
from alongside.people.duplicates.keeping import keep
from alongside.people.models import CommonValue, LearntWeights, MatchingKeys, Suggestion
from alongside.people.recognition_keys import without_index

LIMITS = child.Limits(seconds=3_600, wall=7_200, memory=8 * 1024 * child.MEGABYTE, output=256 * child.MEGABYTE)
MOST, PIECE, MANY = 50_000, 1 << 20, 50_000

# Whoever was looked at alone since everyone was read has newer keys already.
_KEEP_KEYS = """
INSERT INTO people_matchingkeys AS held (person_id, keys, told)
SELECT found.person_id, found.keys, found.told FROM found_keys found
JOIN people_person p ON p.id = found.person_id AND p.merged_into_id IS NULL
ON CONFLICT (person_id) DO UPDATE SET keys = excluded.keys, told = excluded.told, at = now()
WHERE held.told <> excluded.told AND held.at < %s"""
_DROP_KEYS = """
DELETE FROM people_matchingkeys held USING people_person p
WHERE p.id = held.person_id AND p.demo = %s AND held.at < %s
AND NOT EXISTS (SELECT FROM found_keys f WHERE f.person_id = p.id)"""


def look() -> int:
    """Look among everyone now. Returns how many suggestions are open."""
    for demo in (False, True):
        began = _moment()
        with tempfile.TemporaryDirectory(prefix="alongside-") as folder:
            people, keys = Path(folder) / "people.csv", Path(folder) / "keys"
            if (count := records.write(people, demo)) > 1:
                found = _in_a_child(people, keys)
                _learn(demo, *found["learnt"], found["common"])
                _renew_keys(demo, keys, began, anew=_has_hardly_any(count))
                pairs = found["pairs"]
            else:
                pairs = []
            keep(pairs, Suggestion.objects.filter(one__demo=demo))
    return Suggestion.objects.open().count()


def _in_a_child(people: Path, keys: Path) -> dict:
    pool = child.Pool(size=1)
    try:
        return pool.call("alongside.lib.matching.among.look", str(people), str(keys), MOST, limits=LIMITS)
    finally:
        pool.close()


def _moment() -> datetime:
    """A moment before now by the database's clock, older than whatever is being written just now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp() - interval '1 minute'")
        return cursor.fetchone()[0]


def _learn(demo: bool, size: int, matched: list, strangers: list, common: list) -> None:
    """Keep what the look learnt, for judging one person alone until the next."""
    with transaction.atomic(), connection.cursor() as cursor:
        LearntWeights.objects.filter(demo=demo).delete()
        LearntWeights.objects.create(demo=demo, size=size, matched=matched, strangers=strangers)
        CommonValue.objects.filter(demo=demo).delete()
        with cursor.copy("COPY people_commonvalue (demo, number, share) FROM STDIN") as copy:
            for number, share in common:
                copy.write_row((demo, number, share))


def _has_hardly_any(count: int) -> bool:
    """Whether so few of so many people have keys that making the index anew is quicker than adding to it."""
    return count > MANY and MatchingKeys.objects.count() < count / 3


def _renew_keys(demo: bool, keys: Path, began: datetime, anew: bool) -> None:
    """Keep everyone's keys, as after a load by COPY, of which nobody was told."""
    aside = without_index(MatchingKeys) if anew else nullcontext()
    with aside, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS found_keys (person_id bigint, keys integer[], "
                       "told bigint) ON COMMIT DROP; TRUNCATE found_keys")
        with cursor.copy("COPY found_keys FROM STDIN") as copy, keys.open("rb") as file:
            while piece := file.read(PIECE):
                copy.write(piece)
        cursor.execute("ANALYZE found_keys")
        cursor.execute(_KEEP_KEYS, [began])
        cursor.execute(_DROP_KEYS, [demo, began])
        cursor.execute("ANALYZE people_matchingkeys")
