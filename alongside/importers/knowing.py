"""Who of those we know a row of a file tells of; nobody is taken for another by a name or a shared address alone."""

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from alongside.importers.entries import Broken, Entry
from alongside.importers.models import UNDONE, ImportedRow
from alongside.people.models import CARD, EMAIL, EXTERNAL, PHONE, Identity, Person, identity_key

MOST_SHARING = 100  # more than share an address in any house


def known(entry: Entry) -> Person | None:
    """The one whom `entry` tells of: the same row brought in before, the same number or card, or name and address.

    An address alone does not do where a family shares it; a name alone does not, for others bear it too. Raises Broken
    where it has no name and its addresses are those of several.
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
                   .values_list("kind", "key", "head").order_by("id")[:MOST_SHARING])
    people = Person.objects.in_bulk({head for _kind, _key, head in sharing})
    if len(people) > 1:
        if not entry.name_key:
            raise Broken(_shared(sharing))
        sharing = [(kind, key, head) for kind, key, head in sharing if entry.name_key in _names(people[head])]
    sharing.sort(key=lambda each: each[0] not in (EXTERNAL, CARD))
    return next((people[head] for kind, _key, head in sharing
                 if _may_be(people[head], entry, loosely=kind == EXTERNAL)), None)


def _shared(sharing: list[tuple[str, str, int]]) -> str:
    """Why a row without a name is nobody: whose address it tells, of those who share them."""
    heads: dict[tuple[str, str], set[int]] = {}
    for kind, key, head in sharing:
        heads.setdefault((kind, key), set()).add(head)
    kind = next((kind for (kind, _key), those in heads.items() if len(those) > 1), "")
    return {
        PHONE: _("Several people have this number; write a name beside it."),
        EMAIL: _("Several people have this mail address; write a name beside it."),
        CARD: _("Several people have this card; write a name beside it."),
        EXTERNAL: _("Several people have this number in another system; write a name beside it."),
    }.get(kind, _("What stands here belongs to several people; write a name beside it."))


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
