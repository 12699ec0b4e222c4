"""Who of those we know a row of a file tells of; nobody is taken for another by a name or a shared address alone."""

from django.db.models import Q
from django.db.models.functions import Coalesce

from alongside.importers.entries import Entry
from alongside.importers.models import UNDONE, ImportedRow
from alongside.people.models import CARD, EXTERNAL, Identity, Person, identity_key


def known(entry: Entry) -> Person | None:
    """The one whom `entry` tells of: the same row brought in before, the same number or card, or name and address.

    An address alone does not do, for a family shares it; a name alone does not, for others bear it too.
    """
    again = ImportedRow.objects.filter(print=entry.print, person__isnull=False).exclude(bringing__state=UNDONE)
    before = again.select_related("person__merged_into").order_by("-id").first()
    if before:
        return before.person.standing()
    if not entry.identities:
        return _by_birthday(entry)
    theirs = Q()
    for kind, value in entry.identities:
        theirs |= Q(kind=kind, key=identity_key(kind, value))
    sharing = list(Identity.objects.filter(theirs).annotate(head=Coalesce("person__merged_into", "person"))
                   .values_list("kind", "head").order_by("id")[:100])
    people = Person.objects.in_bulk({head for _kind, head in sharing})
    for kind, head in sharing:
        if kind in (EXTERNAL, CARD) and _may_be(people[head], entry, loosely=kind == EXTERNAL):
            return people[head]
    return next((people[head] for _kind, head in sharing if _may_be(people[head], entry)), None)


def _by_birthday(entry: Entry) -> Person | None:
    if not (entry.born and entry.name_key):
        return None
    born = Person.objects.standing().filter(born=entry.born)[:200]
    return next((person for person in born if _names(person) & {entry.name_key}), None)


def _may_be(person: Person, entry: Entry, loosely: bool = False) -> bool:
    """Whether nothing speaks against it: the same name, or no name on one side; and no other birthday."""
    if person.born and entry.born and person.born != entry.born:
        return False
    names = _names(person)
    return loosely or not names or not entry.name_key or entry.name_key in names


def _names(person: Person) -> set[str]:
    return {Entry(full_name=name).name_key for name in (person.full_name, person.called) if name}
