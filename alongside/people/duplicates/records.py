"""What is compared of people, read as it stands: everyone into a table, or a few into memory."""

import csv
from collections.abc import Iterable
from itertools import islice, zip_longest
from pathlib import Path

from django.db import connection

from alongside.lib.matching.among import read
from alongside.lib.matching.plain import Plain
from alongside.people.models import CARD, EMAIL, HUMAN, NATIONAL_ID, PHONE

COLUMNS = ("id", "name", "nickname", "email", "phone", "date_of_birth", "street", "postcode", "city", "national_id",
           "card")
STRETCH, ROWS_EACH = 2_000, 12

# Whoever stands for themselves, with what anyone of their cluster is known by: what is true now comes first.
_PEOPLE = """
SELECT head.id, head.full_name, head.called, head.born,
  (SELECT array_agg(i.kind || ':' || i.value ORDER BY i.preferred DESC, i.id) FROM people_identity i
   JOIN people_person p ON p.id = i.person_id WHERE p.id = head.id OR p.merged_into_id = head.id),
  (SELECT array_agg(array[a.street, a.postcode, a.city] ORDER BY p.id <> head.id, a.id DESC) FROM people_address a
   JOIN people_person p ON p.id = a.person_id WHERE p.id = head.id OR p.merged_into_id = head.id)
FROM people_person head WHERE head.merged_into_id IS NULL AND head.kind = %s AND head.demo = %s AND """


def write(path: Path, demo: bool) -> int:
    """Write a table of everyone, further rows for what else they are reached by. Returns how many people."""
    count, last = 0, 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        while people := _read("head.id > %s ORDER BY head.id LIMIT %s", demo, last, STRETCH):
            for person in people:
                table.writerows(_rows(*person))
            count, last = count + len(people), people[-1][0]
    return count


def of(ids: Iterable[int], demo: bool) -> dict[int, Plain]:
    """Those among `ids` who stand for themselves, are human and of that world, as they are compared."""
    people = _read("head.id = ANY(%s)", demo, list(ids))
    return dict(zip(*read([COLUMNS, *(row for person in people for row in _rows(*person))]), strict=True))


def _read(which: str, demo: bool, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE + which, [HUMAN, demo, *values])
        return cursor.fetchall()


def _rows(id: int, full_name: str, called: str, born, identities: list[str] | None,
          places: list[list[str]] | None) -> list[tuple]:
    """What is compared of one person: a row with what is true now, then older addresses and further numbers."""
    reached: dict[str, list] = {kind: [] for kind in (EMAIL, PHONE, NATIONAL_ID, CARD)}
    for kind, _mark, value in (identity.partition(":") for identity in identities or ()):
        if kind in reached:
            reached[kind].append(value)
    name, nickname = (full_name, called) if full_name else (called, "")
    own = (name, nickname), born.isoformat() if born else ""
    several = zip_longest(reached[EMAIL], reached[PHONE], places or (), reached[NATIONAL_ID], reached[CARD])
    written = []
    for mail, phone, place, number, card in list(islice(several, ROWS_EACH)) or [(None,) * 5]:
        names, day = own if not written else (("", ""), "")
        written.append((id, *names, mail or "", phone or "", day, *(place or ("", "", "")), number or "", card or ""))
    return written
