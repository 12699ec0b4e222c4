"""Bringing in what a file says: each row by itself, so that a broken one holds up no other."""

from dataclasses import replace
from itertools import islice
from time import monotonic

from django.db import transaction
from django.utils import timezone

from alongside.files.models import sweep_blobs
from alongside.importers.entries import Broken, Entry
from alongside.importers.knowing import known
from alongside.importers.models import (
    BROKEN,
    CHANGED,
    CREATED,
    DONE,
    RUNNING,
    SAME,
    ImportedRow,
    PeopleImport,
)
from alongside.importers.reading import Row, rows
from alongside.live.models import changed
from alongside.people.models import Address, Person, identity_key
from alongside.people.renewing import once

BATCH = 25  # rows in one transaction: about a second
FIELDS = ("called", "full_name", "what_matters", "born")


def carry_out(bringing: PeopleImport, until: float) -> bool:
    """Bring in every row that is not in yet; after a crash it goes on where it stopped. Raises tables.NotATable.

    Returns whether something was left when `until` (of the monotonic clock) had come. Whoever finds that another works
    on it leaves.
    """
    done = set(bringing.rows.values_list("line", flat=True))
    every = rows(bringing, bringing.file.read()) if bringing.file else ()
    waiting = (row for row in every if row.line not in done)
    while batch := list(islice(waiting, BATCH)):
        if not _take_all(bringing, batch):
            return False
        if monotonic() > until:
            return True
    _finish(bringing)
    return False


def _take_all(bringing: PeopleImport, batch: list[Row]) -> bool:
    """Bring in these rows, in one short transaction; False when it is somebody else's to do."""
    with once():
        if not bringing.claim(RUNNING):
            return False
        lines = [row.line for row in batch]
        done = set(bringing.rows.filter(line__in=lines).values_list("line", flat=True))
        for row in batch:
            if row.line not in done:
                take(bringing, row)
        bringing.rows.filter(line__in=lines).exclude(line__in=done).update(at=timezone.now())
        changed(f"person:{bringing.by_id}")
    return True


def _finish(bringing: PeopleImport) -> None:
    """The file has told what it had to tell; nobody who wants to be forgotten shall be found in it."""
    with transaction.atomic():
        if not bringing.claim(RUNNING):
            return
        bringing.state, bringing.done_at = DONE, timezone.now()
        bringing.save(update_fields=["state", "done_at"])
        bringing.let_file_go()
        changed(f"person:{bringing.by_id}")
    sweep_blobs()


def take(bringing: PeopleImport, row: Row) -> ImportedRow:
    """Bring in one row, and keep what became of it."""
    with once(savepoint=False):
        try:
            person = _whom(bringing, row) if row.entry else None
        except Broken as wrong:
            row = replace(row, entry=None, broken=str(wrong))
        if row.entry is None:
            return bringing.rows.create(line=row.line, outcome=BROKEN, reason=row.broken[:300])
        outcome = SAME if person else CREATED
        person = person or _meet(bringing, row.entry)
        added = _add(person, row.entry, bringing.by, fresh=outcome == CREATED)
        if outcome == SAME and any(added.values()):
            outcome = CHANGED
        return bringing.rows.create(line=row.line, outcome=outcome, person=person, print=row.entry.print, added=added)


def _whom(bringing: PeopleImport, row: Row) -> Person | None:
    """Who of those we know it tells of; the same line twice tells of one."""
    if row.repeats:
        first = bringing.rows.select_related("person__merged_into").filter(line=row.repeats).first()
        if first and first.person:
            return first.person.standing()
    who = known(row.entry, bringing)
    return who and who.person


def _meet(bringing: PeopleImport, entry: Entry) -> Person:
    told = {name: getattr(entry, name) for name in FIELDS}
    return Person.meet(**told, provenance="told", by=bringing.by)


def _add(person: Person, entry: Entry, by: Person, fresh: bool) -> dict:
    """Put in what is not there yet, and nothing over what is; a fresh person has nothing. Returns what was put in."""
    held = set() if fresh else set(person.identities.values_list("kind", "key"))
    identities = [
        person.reach_at(kind, value, provenance="told", by=by).id
        for kind, value in entry.identities if (kind, identity_key(kind, value)) not in held
    ]
    empty = {name: getattr(entry, name) for name in FIELDS if getattr(entry, name) and not getattr(person, name)}
    if empty:
        _fill(person, empty, by)
    addresses = []
    if entry.place and (fresh or not person.addresses.filter(**entry.place).exists()):
        addresses = [Address.note(person, by=by, **entry.place).id]
    return {"identities": identities, "fields": {name: str(value) for name, value in empty.items()},
            "addresses": addresses}


def _fill(person: Person, empty: dict, by: Person) -> None:
    """Write down what was not known."""
    names = {name: empty[name] for name in ("called", "full_name") if name in empty}
    if names:
        person.rename(by=by, **{"called": person.called, "full_name": person.full_name, **names})
    if more := {name: value for name, value in empty.items() if name not in names}:
        person.describe(by=by, **more)
