"""Undoing an import: what it put in goes, and nobody with whom something happened since."""

from datetime import datetime
from itertools import groupby
from time import monotonic

from django.db import transaction
from django.db.models import Max, ProtectedError, Q
from django.utils import timezone

from alongside.importers.models import CREATED, LEFT, UNDOING, UNDONE, ImportedRow, PeopleImport
from alongside.live.models import changed
from alongside.people import belongings
from alongside.people.models import Address, Identity, Person
from alongside.people.renewing import once

BATCH = 25  # rows in one transaction


def undo(bringing: PeopleImport, until: float) -> bool:
    """Take out what `bringing` put in, from its last row on; after a crash it goes on where it stopped.

    Returns whether something was left when `until` (of the monotonic clock) had come. Whoever finds that another works
    on it leaves.
    """
    while True:
        with once():
            if not bringing.claim(UNDOING):
                return False
            bringing.refresh_from_db(fields=["undone_to"])
            batch = _next(bringing)
            _take_all_out(batch)
            _note(bringing, batch)
            changed(f"person:{bringing.by_id}")
        if bringing.state == UNDONE:
            return False
        if monotonic() > until:
            return True


def _next(bringing: PeopleImport) -> list[ImportedRow]:
    rows = bringing.rows.select_related("person").order_by("-line")
    if bringing.undone_to is not None:
        rows = rows.filter(line__lt=bringing.undone_to)
    return list(rows[:BATCH])


def _note(bringing: PeopleImport, batch: list[ImportedRow]) -> None:
    """How far it is; after the last row it is done."""
    if batch:
        bringing.undone_to = batch[-1].line
    if len(batch) < BATCH:
        bringing.state, bringing.undone_at = UNDONE, timezone.now()
    bringing.save(update_fields=["undone_to", "state", "undone_at"])


def _take_all_out(batch: list[ImportedRow]) -> None:
    """Those of whom nothing was heard since they came go at once; the others are looked at one by one."""
    gone: set[int] = set()
    for came, rows in groupby(batch, key=lambda row: row.at):
        rows = [row for row in rows if row.person and row.person_id not in gone]
        gone |= _without_a_life({row.person_id for row in rows if row.outcome == CREATED}, came)
        for row in rows:
            if row.person_id not in gone:
                _take_out(row)


def _without_a_life(ids: set[int], came: datetime | None) -> set[int]:
    """Delete all of these people if none of them lived since they came; returns who went."""
    if not ids or came is None or any(belonging.since(sorted(ids), came) for belonging in belongings.every()):
        return set()
    people = Person.objects.filter(pk__in=ids)
    if people.filter(Q(merged_into__isnull=False) | Q(merged__isnull=False) | Q(member__isnull=False)).exists():
        return set()
    try:
        with transaction.atomic():
            people.delete()
    except ProtectedError:
        return set()
    return ids


def _take_out(row: ImportedRow) -> None:
    person = row.person
    if row.outcome == CREATED and not _lived_since(row):
        try:
            with transaction.atomic():
                person.delete()
            return
        except ProtectedError:
            pass
    Identity.objects.filter(pk__in=row.added.get("identities", ()), person=person, verified_at=None).delete()
    Address.objects.filter(pk__in=row.added.get("addresses", ()), person=person).delete()
    if row.outcome != CREATED:
        _empty_again(row)
        return
    row.outcome = LEFT
    row.save(update_fields=["outcome"])


def _empty_again(row: ImportedRow) -> None:
    """Clear the fields that the import filled, where they still say what it wrote."""
    person = row.person
    filled = [name for name, value in row.added.get("fields", {}).items() if str(getattr(person, name)) == value]
    for name in filled:
        setattr(person, name, None if name == "born" else "")
    if filled:
        person.save(update_fields=filled)


def _lived_since(row: ImportedRow) -> bool:
    """Whether any room holds something of them since the import spoke of them, or they were made one with another."""
    person = row.person
    if person.merged_into_id or person.merged.exists() or hasattr(person, "member"):
        return True
    spoke = row.bringing.rows.filter(person=person).aggregate(last=Max("at"))["last"] or row.bringing.done_at
    return any(belonging.since([person.pk], spoke) for belonging in belongings.every())
