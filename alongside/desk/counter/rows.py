"""Rows of the counter: who may be meant, and who is here; dimmed to first names where customers see the screen."""

from dataclasses import dataclass
from datetime import datetime

from alongside.desk.counter.place import Place
from alongside.people.models import Person
from alongside.people.recognising import recognise
from alongside.visits.models import Visit

MOST = 8
TITLES = frozenset("mr mrs ms miss mx dr prof herr frau monsieur madame mme m señor señora signor signora".split())


@dataclass(frozen=True)
class Row:
    """Somebody who may be meant. `why` and `tells_apart` are empty on a screen that customers see."""

    person: Person
    name: str
    why: str
    tells_apart: str
    last_at: datetime | None
    here: bool
    certain: bool
    shared: bool = False  # others have the very card or address that was given: nobody is opened by it alone


def first_name(person: Person) -> str:
    """The name that may be called across a room: the first, or the title and an initial."""
    parts = person.name.split()
    if len(parts) > 1 and parts[0].rstrip(".").casefold() in TITLES:
        return f"{parts[0]} {parts[-1][:1]}."
    return parts[0] if parts else ""


def found(principal, words: str, place: Place, *, seen: bool) -> list[Row]:
    """Who may be meant by `words`, the likeliest first."""
    if not words:
        return []
    recognised = recognise(principal, words, MOST)
    last, here = _visits([one.person for one in recognised], place)
    return [
        Row(one.person, first_name(one.person) if seen else one.person.name,
            "" if seen else "; ".join(reason.words for reason in one.reasons), "" if seen else _apart(one.person),
            None if seen else last.get(one.person.pk), one.person.pk in here, one.certain,
            any(reason.kind == "shared" for reason in one.reasons))
        for one in recognised
    ]


def here_now(place: Place) -> list[Visit]:
    """The visits of everyone who is at that place: of two records that are one person, the newer."""
    here = Visit.objects.here(place.location).prefetch_related("person__identities")[:60]
    return list({visit.whose.pk: visit for visit in reversed(here)}.values())[::-1]


def _visits(people: list[Person], place: Place) -> tuple[dict[int, datetime], set[int]]:
    """By person when they were last with us, and who of them is here."""
    heads = {id: person.pk for person in people for id in person.cluster_ids}
    last: dict[int, datetime] = {}
    now: set[int] = set()
    for person_id, at, is_here in Visit.objects.last_of(list(heads), place.location):
        head = heads[person_id]
        last[head] = max(at, last.get(head, at))
        now |= {head} if is_here else set()
    return last, now


def _apart(person: Person) -> str:
    """What tells namesakes apart: the whole name, else an address."""
    if person.full_name and person.full_name != person.name:
        return person.full_name
    identity = next(iter(person.identities.all()), None)
    return identity.value if identity else ""
