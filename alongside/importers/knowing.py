"""Who of those we know a row of a file tells of; nobody is taken for another by a name or a shared address alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from alongside.importers.entries import Broken, Entry
from alongside.importers.models import UNDONE, ImportedRow, PeopleImport
from alongside.people.models import CARD, EMAIL, EXTERNAL, PHONE, Identity, Person, identity_key

MOST_SHARING = 100  # more than share an address in any house
Said = tuple[str, str]  # the kind and the key of an address


@dataclass(eq=False)
class Somebody:
    """One of those we know, or whom an earlier row of the same file would bring: `line` is that row then."""

    names: set[str]
    born: date | None
    person: Person | None = None
    line: int = 0

    @classmethod
    def of(cls, person: Person) -> "Somebody":
        """The person, as far as it takes to tell them from others."""
        return cls(_names_of(person), person.born, person)


class Earlier:
    """What earlier rows of a file say, before any of it is brought in: for a preview."""

    def __init__(self):
        self._reached: dict[Said, list[Somebody]] = {}
        self._known: dict[int, Somebody] = {}
        self._told: list[Somebody] = []

    def tell(self, entry: Entry, line: int, who: Somebody | None) -> Somebody:
        """Note what a row says of `who`, or of somebody new."""
        who = who or Somebody(set(), None, line=line)
        if who.person:
            self._known[who.person.pk] = who
        who.names = who.names or _names_of(entry)
        who.born = who.born or entry.born
        if who not in self._told:
            self._told.append(who)
        for said in _said(entry):
            reached = self._reached.setdefault(said, [])
            if who not in reached:
                reached.append(who)
        return who

    def same(self, person: Person) -> Somebody:
        """The person, with what earlier rows add to them."""
        return self._known.get(person.pk) or Somebody.of(person)

    def reached_at(self, entry: Entry) -> Iterator[tuple[Said, Somebody]]:
        """Of whom earlier rows say that they are reached at an address of `entry`."""
        return ((said, who) for said in _said(entry) for who in self._reached.get(said, ()))

    def born_on(self, day: date) -> Iterator[Somebody]:
        """Of whom earlier rows say that they were born on that day."""
        return (who for who in self._told if who.born == day)


def known(entry: Entry, bringing: PeopleImport, earlier: Earlier | None = None) -> Somebody | None:
    """The one whom `entry` tells of: the same row brought in before, the same number or card, or name and address.

    An address alone does not do where a family shares it; a name alone does not, for others bear it too, be they in the
    same file. Raises Broken where it has no name and its addresses are those of several.
    """
    earlier = earlier or Earlier()
    again = ImportedRow.objects.filter(print=entry.print, person__isnull=False).exclude(bringing__state=UNDONE)
    before = again.exclude(bringing=bringing).select_related("person__merged_into").order_by("-id").first()
    if before:
        return earlier.same(before.person.standing())
    if not entry.identities:
        return _by_birthday(entry, earlier)
    sharing = [*_sharing(entry, earlier), *earlier.reached_at(entry)]
    if len({who for _said, who in sharing}) > 1:
        if not entry.name_key:
            raise Broken(_shared(sharing))
        sharing = [(said, who) for said, who in sharing if entry.name_key in who.names]
    sharing.sort(key=lambda each: each[0][0] not in (EXTERNAL, CARD))
    return next((who for (kind, _key), who in sharing if _may_be(who, entry, loosely=kind == EXTERNAL)), None)


def _names_of(told: Person | Entry) -> set[str]:
    return {Entry(full_name=name).name_key for name in (told.full_name, told.called) if name}


def _said(entry: Entry) -> list[Said]:
    return [(kind, identity_key(kind, value)) for kind, value in entry.identities]


def _sharing(entry: Entry, earlier: Earlier) -> list[tuple[Said, Somebody]]:
    """Who of those we know is reached at the addresses of `entry`."""
    theirs = Q()
    for kind, key in _said(entry):
        theirs |= Q(kind=kind, key=key)
    found = list(Identity.objects.filter(theirs).annotate(head=Coalesce("person__merged_into", "person"))
                 .values_list("kind", "key", "head").order_by("id")[:MOST_SHARING])
    people = Person.objects.in_bulk({head for _kind, _key, head in found}) if found else {}
    somebody = {id: earlier.same(person) for id, person in people.items()}
    return [((kind, key), somebody[head]) for kind, key, head in found]


def _shared(sharing: list[tuple[Said, Somebody]]) -> str:
    """Why a row without a name is nobody: which address of it several have."""
    several = (said for said, who in sharing if any(one == said and other is not who for one, other in sharing))
    kind = next(several, ("", ""))[0]
    return {
        PHONE: _("Several people have this number; write a name beside it."),
        EMAIL: _("Several people have this mail address; write a name beside it."),
        CARD: _("Several people have this card; write a name beside it."),
        EXTERNAL: _("Several people have this number in another system; write a name beside it."),
    }.get(kind, _("What stands here belongs to several people; write a name beside it."))


def _by_birthday(entry: Entry, earlier: Earlier) -> Somebody | None:
    if not (entry.born and entry.name_key):
        return None
    born = [earlier.same(person) for person in Person.objects.standing().filter(born=entry.born)[:200]]
    return next((who for who in [*born, *earlier.born_on(entry.born)] if entry.name_key in who.names), None)


def _may_be(who: Somebody, entry: Entry, loosely: bool = False) -> bool:
    """Whether nothing speaks against it: the same name, or no name on one side; and no other birthday."""
    if who.born and entry.born and who.born != entry.born:
        return False
    return loosely or not who.names or not entry.name_key or entry.name_key in who.names
