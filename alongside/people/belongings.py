"""The port for what rooms hold of a person: to show it, to give it out, to part it again, and to let it go.

A room registers one `Belonging` in its module `belongings`, and is asked for all of it when a person wishes to see or
have everything, when two records turn out to be one person or not, and when something is kept no longer.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alongside.events.models import Event
from alongside.people.models import Person

ANONYMISE, DELETE = "anonymise", "delete"


@dataclass(frozen=True)
class Item:
    """One row that was recorded for somebody: its id, what it is in words, and when."""

    id: int
    label: str
    at: datetime


@dataclass(frozen=True)
class Kind:
    """One kind of record that may be kept for a limited time. `default_days` None keeps it until someone decides."""

    id: str
    label: object
    default_days: int | None = None


@dataclass(frozen=True)
class Told:
    """One thing that is held of a person, in words they can read. `provenance` is "" where it does not apply.

    `how` says in words how we know it where the provenance by itself would say too little; `details` are words, too.
    """

    what: str
    value: str
    at: datetime | None = None
    provenance: str = ""
    by: str = ""
    details: dict = field(default_factory=dict)
    how: str = ""


@dataclass(frozen=True)
class Difference:
    """Something of which two records say different things, each in words.

    `choice` says by which name the room is told whose is shown; "" where both go on standing side by side.
    """

    label: object
    kept: str
    taken: str
    choice: str = ""


class Belonging:
    """What one room holds of people. Every method takes the ids of a whole cluster; the defaults hold nothing."""

    name: str = ""
    label: object = ""
    label_for_them: object = ""  # as the person reads it, where it is about "them" for others
    order: int = 50
    kinds: Sequence[Kind] = ()
    shown_in_merging: bool = True  # False for what the preview of a merging shows by itself

    @property
    def their_label(self) -> object:
        """What it is called where the person reads it."""
        return self.label_for_them or self.label

    def held(self, person_ids: list[int]) -> list[Told]:
        """All of it, the oldest first, as the person reads it on their page and in their export."""
        return []

    def count(self, person_ids: list[int]) -> int:
        """How many things that is, for saying what comes together when two are merged."""
        return len(self.held(person_ids))

    def export(self, person_ids: list[int]) -> list[dict]:
        """All of it as plain JSON values, whole."""
        return []

    def erase(self, person_ids: list[int], how: str) -> int:
        """Remove it (DELETE), or everything in it that tells who it was (ANONYMISE). Returns how many rows.

        Asked in reversed order: what stands on the card goes last, for rooms above know by it what is theirs.
        """
        return 0

    def since(self, person_ids: list[int], moment: datetime) -> list[Item]:
        """What was recorded for them after `moment`, for asking to whom it belongs when two are parted again."""
        return []

    def move(self, ids: list[int], person_id: int) -> int:
        """Give those rows to another person, and what the ledger tells of them (`retell`). Returns how many."""
        return 0

    def differing(self, kept_ids: list[int], taken_ids: list[int]) -> list[Difference]:
        """Where two records contradict each other, for whoever is about to make them one."""
        return []

    def merged(self, kept_ids: list[int], taken_ids: list[int], shows_taken: Collection[str], at: datetime) -> None:
        """They are one since `at`: `shows_taken` has the choices of `differing` in which the taken one's is shown."""

    def parted(self, kept_ids: list[int], taken_ids: list[int], since: datetime) -> None:
        """They were one `since` then and are two again: give each back what only their being one has ended."""

    def expired(self, kind: str, before: datetime) -> int:
        """How many records of `kind` are older than `before`."""
        return 0

    def discard(self, kind: str, before: datetime) -> int:
        """Remove them, a batch at a time. Returns how many."""
        return 0


_belongings: dict[str, Belonging] = {}


def retell(kinds: str, name: str, ids: Collection[int], person_id: int) -> None:
    """Have the ledger tell of these rows in the life of `person_id`, who is still one with whoever they were told of.

    `kinds` is how the kinds of event begin, `name` by what their data names a row: a timeline reads both.
    """
    if ids:
        cluster = Person.objects.select_related("merged_into").get(pk=person_id).standing().cluster_ids
        told = Event.objects.filter(subject_id__in=cluster, kind__startswith=kinds, **{f"data__{name}__in": list(ids)})
        told.update(subject_id=person_id)


def register(belonging: Belonging) -> Belonging:
    """Add what a room holds; a second one of the same name replaces the first."""
    _belongings[belonging.name] = belonging
    return belonging


def every() -> list[Belonging]:
    """All of them, in their order."""
    return sorted(_belongings.values(), key=lambda belonging: (belonging.order, belonging.name))


def named(name: str) -> Belonging | None:
    """The one of that name."""
    return _belongings.get(name)
