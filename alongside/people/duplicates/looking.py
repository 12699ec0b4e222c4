"""Looks for people written down twice, in a child process, and keeps what it finds for a member to decide."""

import csv
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.db import connection, transaction

from alongside.lib import child
from alongside.people.models import EMAIL, HUMAN, NATIONAL_ID, PHONE, Person, Relation, Suggestion

COLUMNS = ("id", "name", "nickname", "email", "phone", "date_of_birth", "street", "postcode", "city", "national_id")
LIMITS = child.Limits(seconds=3_600, wall=7_200, memory=8 * 1024 * child.MEGABYTE, output=256 * child.MEGABYTE)
STRETCH, ROWS_EACH, MOST = 2_000, 3, 50_000

# Everyone who stands for themselves, with what anyone of their cluster is known by.
_PEOPLE = """
SELECT head.id, head.full_name, head.called, head.born,
  (SELECT array_agg(i.kind || ':' || i.value ORDER BY i.preferred DESC, i.id) FROM people_identity i
   JOIN people_person p ON p.id = i.person_id WHERE p.id = head.id OR p.merged_into_id = head.id),
  (SELECT array[a.street, a.postcode, a.city] FROM people_address a WHERE a.person_id = head.id
   ORDER BY a.id DESC LIMIT 1)
FROM people_person head WHERE head.merged_into_id IS NULL AND head.kind = %s AND head.demo = %s AND head.id > %s
ORDER BY head.id LIMIT %s"""


def look() -> int:
    """Look among everyone now. Returns how many suggestions are open."""
    for demo in (False, True):
        with tempfile.TemporaryDirectory(prefix="alongside-") as folder:
            path = Path(folder) / "people.csv"
            keep(_in_a_child(path) if write(path, demo) > 1 else [], demo)
    return Suggestion.objects.open().count()


def _in_a_child(path: Path) -> list[dict]:
    pool = child.Pool(size=1)
    try:
        return pool.call("alongside.lib.matching.among.found_in", str(path), MOST, limits=LIMITS)
    finally:
        pool.close()


def write(path: Path, demo: bool) -> int:
    """Write a table of everyone, a row for each further address they have. Returns how many people."""
    count, last = 0, 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        while people := _people(demo, last):
            for person in people:
                table.writerows(rows(*person))
            count, last = count + len(people), people[-1][0]
    return count


def _people(demo: bool, last: int) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [HUMAN, demo, last, STRETCH])
        return cursor.fetchall()


def rows(id: int, full_name: str, called: str, born, identities: list[str] | None,
         place: list[str] | None) -> list[tuple]:
    """What is compared of one person: as many rows as they have addresses of a kind, at most ROWS_EACH."""
    reached: dict[str, list[str]] = {EMAIL: [], PHONE: [], NATIONAL_ID: []}
    for kind, _mark, value in (identity.partition(":") for identity in identities or ()):
        reached.setdefault(kind, []).append(value)
    mails, phones = (reached[kind][:ROWS_EACH] or [""] for kind in (EMAIL, PHONE))
    several = [(mails[min(at, len(mails) - 1)], phones[min(at, len(phones) - 1)])
               for at in range(max(len(mails), len(phones)))]
    number = next(iter(reached[NATIONAL_ID]), "")
    name, nickname = (full_name, called) if full_name else (called, "")
    day = born.isoformat() if born else ""
    return [(id, name, nickname, mail, phone, day, *(place or ("", "", "")), number) for mail, phone in several]


def keep(found: Iterable[dict], demo: bool) -> None:
    """Keep what was found; what was decided stays decided, and what is no longer likely goes."""
    apart = related()
    fresh = {(each["one"], each["other"]): each for each in found if (each["one"], each["other"]) not in apart}
    with transaction.atomic():
        open_ones = Suggestion.objects.filter(decision="", one__demo=demo)
        gone = [one.pk for one in open_ones.only("one_id", "other_id") if (one.one_id, one.other_id) not in fresh]
        Suggestion.objects.filter(pk__in=gone).delete()
        here = set(Person.objects.filter(pk__in={id for pair in fresh for id in pair}).values_list("pk", flat=True))
        Suggestion.objects.bulk_create(
            [Suggestion(one_id=one, other_id=other, score=each["score"], level=each["level"], why=each["why"])
             for (one, other), each in fresh.items() if one in here and other in here],
            batch_size=1_000, update_conflicts=True, unique_fields=["one", "other"],
            update_fields=["score", "level", "why"],
        )


def related() -> set[tuple[int, int]]:
    """Everybody who is somebody's relation, as pairs in order: they are two, someone said so."""
    standing = Relation.objects.filter(until=None).values_list("one", "other")
    return {(min(pair), max(pair)) for pair in standing}
