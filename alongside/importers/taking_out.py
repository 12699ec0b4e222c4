"""Undoing an import: what it put in goes, and nobody with whom something happened since."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from alongside.importers.models import CREATED, DONE, LEFT, UNDONE, ImportedRow, PeopleImport
from alongside.people import belongings
from alongside.people.models import Address, Identity


def undo(bringing: PeopleImport) -> int:
    """Take out what `bringing` put in; returns how many people stay because something happened with them since."""
    with transaction.atomic():
        if not PeopleImport.objects.filter(pk=bringing.pk, state=DONE).update(state=UNDONE, undone_at=timezone.now()):
            return 0
        return sum(_take_out(row) for row in bringing.rows.select_related("person").order_by("-line") if row.person)


def _take_out(row: ImportedRow) -> bool:
    """Whether the person stays although the import brought them."""
    person = row.person
    if row.outcome == CREATED and not _lived_since(row):
        try:
            with transaction.atomic():
                person.delete()
            return False
        except ProtectedError:
            pass
    Identity.objects.filter(pk__in=row.added.get("identities", ()), person=person, verified_at=None).delete()
    Address.objects.filter(pk__in=row.added.get("addresses", ()), person=person).delete()
    if row.outcome != CREATED:
        _empty_again(row)
        return False
    row.outcome = LEFT
    row.save(update_fields=["outcome"])
    return True


def _empty_again(row: ImportedRow) -> None:
    """Clear the fields that the import filled, where they still say what it wrote."""
    person = row.person
    filled = [name for name, value in row.added.get("fields", {}).items() if str(getattr(person, name)) == value]
    for name in filled:
        setattr(person, name, None if name == "born" else "")
    if filled:
        person.save(update_fields=filled)


def _lived_since(row: ImportedRow) -> bool:
    """Whether any room holds something of them, or they were made one with another."""
    person = row.person
    if person.merged_into_id or person.merged.exists() or hasattr(person, "member"):
        return True
    return any(belonging.since([person.pk], row.bringing.done_at) for belonging in belongings.every())
