"""Forgetting a person for good: every room's rows, files and index, then who they were; a bare receipt stays."""

from django.db import transaction
from django.db.models import ProtectedError, Q

from alongside.events.models import record
from alongside.files.models import Blob, File, in_use
from alongside.keys.models import Key
from alongside.live.models import changed
from alongside.people import belongings
from alongside.people.belongings import ANONYMISE, DELETE
from alongside.people.models import Address, Identity, Merging, Person, Relation, lock_person
from alongside.people.renewing import once
from alongside.portal import copying, ledger
from alongside.portal.models import Copy, Erasure

HOW = (ANONYMISE, DELETE)


class CannotErase(Exception):
    """They serve here: what a member did is other people's too. They leave first, and somebody takes over."""


def erase(person: Person, how: str, *, by: Person | None) -> Erasure:
    """Forget them (DELETE), or everything that tells who they were (ANONYMISE). Records `people.erased`.

    `by` is the member who does it, None for themself. Raises CannotErase for a colleague.
    """
    if how not in HOW:
        raise ValueError(how)
    with once():
        person = person.standing()
        lock_person(person.id)
        person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        ids = person.cluster_ids
        receipt = Erasure.objects.create(how=how, counts=_forget(ids, how), by=by)
        record("people.erased", by=by, subject=person, data={"erasure": str(receipt.id), "how": how})
        changed(f"person:{person.id}")
        transaction.on_commit(_sample_anew)
        ledger.note(ledger.Entry(str(receipt.id), receipt.at, ids, how))
    return receipt


def _sample_anew() -> None:
    from alongside.portal.jobs import sample_anew

    sample_anew.defer()


def replay(entries) -> int:
    """Do again what a restored backup does not know of. Returns how many people were still there.

    Ids are given out anew after a restore, so only whoever was known before an erasing can be meant by it.
    """
    again = 0
    for entry in entries:
        with once():
            found = Person.objects.filter(id__in=entry.people, since__lte=entry.at, member=None)
            ids = list(found.select_for_update(of=("self",)).values_list("id", flat=True))
            if ids:
                _forget(ids, entry.how if entry.how in HOW else DELETE)
                again += 1
    return again


def held(ids: list[int], to_them: bool = True) -> list[tuple[object, int]]:
    """What would go, or what stayed without a name afterwards: each room's words for it, and how many.

    `to_them`: it is the person who reads it.
    """
    found = ((each.their_label if to_them else each.label, each.count(ids)) for each in belongings.every())
    return [(label, count) for label, count in found if count]


def _forget(ids: list[int], how: str) -> dict[str, int]:
    """All of it, in the caller's transaction; how many rows of each room."""
    if Person.objects.filter(id__in=ids, member__isnull=False).exists():
        raise CannotErase
    for copy in Copy.objects.filter(person__in=ids):
        copy.forget()
    files = list(copying.files_of(ids).values_list("id", flat=True))
    counts = {each.name: each.erase(ids, how) for each in reversed(belongings.every())}
    counts["files"] = _let_go(files)
    Key.objects.filter(Q(subject__in=ids) | Q(issued_by__in=ids)).delete()
    _unknow(ids, how)
    return {name: count for name, count in counts.items() if count}


def _let_go(files: list[int]) -> int:
    """The files that nobody holds on to any more, and their bytes, now and not in a week."""
    unused = list(in_use.among(File.objects.filter(id__in=files)).values_list("id", "blob_id"))
    gone = File.objects.filter(id__in=[id for id, _blob in unused]).delete()[0]
    Blob.objects.filter(id__in=[blob for _id, blob in unused], files=None).delete()
    return gone


def _unknow(ids: list[int], how: str) -> None:
    """Names, addresses, relations and mergings; the bare number stays where something still points at it."""
    Relation.objects.filter(Q(one__in=ids) | Q(other__in=ids)).delete()
    Merging.objects.filter(Q(kept__in=ids) | Q(taken__in=ids)).delete()
    Identity.objects.filter(person__in=ids).delete()
    Address.objects.filter(person__in=ids).delete()
    for person in Person.objects.filter(id__in=ids).order_by("merged_into"):
        _empty(person)
        if how == DELETE:
            try:
                with transaction.atomic():
                    person.delete()
            except ProtectedError:
                continue


def _empty(person: Person) -> None:
    for name in ("called", "full_name", "what_matters", "zone", "language"):
        setattr(person, name, "")
    person.born = None
    person.save(update_fields=["called", "full_name", "what_matters", "zone", "language", "born"])
