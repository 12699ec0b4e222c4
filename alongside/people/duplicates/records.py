"""What is compared of people, read as it stands: everyone into a table, or a few into memory."""

import csv
from collections.abc import Iterable
from pathlib import Path

from django.db import connection

from alongside.lib.matching.plain import Plain, plain
from alongside.people.models import EMAIL, HUMAN, NATIONAL_ID, PHONE

COLUMNS = ("id", "name", "nickname", "email", "phone", "date_of_birth", "street", "postcode", "city", "national_id")
STRETCH, RECORDS_EACH = 2_000, 3

# Whoever stands for themselves, with what anyone of their cluster is known by.
_PEOPLE = """
SELECT head.id, head.full_name, head.called, head.born,
  (SELECT array_agg(i.kind || ':' || i.value ORDER BY i.preferred DESC, i.id) FROM people_identity i
   JOIN people_person p ON p.id = i.person_id WHERE p.id = head.id OR p.merged_into_id = head.id),
  (SELECT array[a.street, a.postcode, a.city] FROM people_address a WHERE a.person_id = head.id
   ORDER BY a.id DESC LIMIT 1)
FROM people_person head WHERE head.merged_into_id IS NULL AND head.kind = %s AND head.demo = %s AND """


def write(path: Path, demo: bool) -> int:
    """Write a table of everyone, a row for each further address they have. Returns how many people."""
    count, last = 0, 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        while people := _read("head.id > %s ORDER BY head.id LIMIT %s", demo, last, STRETCH):
            for person in people:
                table.writerows(_rows(*person))
            count, last = count + len(people), people[-1][0]
    return count


def of(ids: Iterable[int], demo: bool) -> dict[int, list[Plain]]:
    """The records of those among `ids` who stand for themselves, are human and of that world."""
    people = _read("head.id = ANY(%s)", demo, list(ids))
    return {person[0]: [plain(dict(zip(COLUMNS, row, strict=True))) for row in _rows(*person)] for person in people}


def _read(which: str, demo: bool, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE + which, [HUMAN, demo, *values])
        return cursor.fetchall()


def _rows(id: int, full_name: str, called: str, born, identities: list[str] | None,
          place: list[str] | None) -> list[tuple]:
    """What is compared of one person: as many rows as they have addresses of a kind, at most RECORDS_EACH."""
    reached: dict[str, list[str]] = {EMAIL: [], PHONE: [], NATIONAL_ID: []}
    for kind, _mark, value in (identity.partition(":") for identity in identities or ()):
        reached.setdefault(kind, []).append(value)
    mails, phones = (reached[kind][:RECORDS_EACH] or [""] for kind in (EMAIL, PHONE))
    several = [(mails[min(at, len(mails) - 1)], phones[min(at, len(phones) - 1)])
               for at in range(max(len(mails), len(phones)))]
    number = next(iter(reached[NATIONAL_ID]), "")
    name, nickname = (full_name, called) if full_name else (called, "")
    day = born.isoformat() if born else ""
    return [(id, name, nickname, mail, phone, day, *(place or ("", "", "")), number) for mail, phone in several]
