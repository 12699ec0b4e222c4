"""The port for where promises were made: rooms above know the visit, the conversation, the message, and a way there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.lib.principal import Principal
from alongside.people.models import Person
from alongside.promises.models import Promise

GIVEN = ("visit", "conversation", "message")  # as an address or a form names them


@dataclass(frozen=True)
class Origin:
    """Where a promise was made, in words; `url` leads there, "" for whoever may not see it."""

    words: str
    url: str = ""


class Origins:
    """What one room knows of where promises were made."""

    def place(self, given: Mapping[str, int | None], person: Person, principal: Principal) -> dict[str, int]:
        """What a promise keeps of where it is made (its columns), so far as it is theirs and the principal sees it."""
        return {}

    def tell(self, promises: Sequence[Promise], principal: Principal | None) -> dict[int, Origin]:
        """By promise where it was made, in one query; `principal` None for the words that its person reads."""
        return {}


_rooms: dict[type, Origins] = {}


def register(room: Origins) -> Origins:
    """Add what a room knows; a second one of its kind replaces the first."""
    _rooms[type(room)] = room
    return room


def place(given: Mapping[str, int | None], person: Person, principal: Principal) -> dict[str, int]:
    """Where a promise is made, as `Promise.make` takes it. What is not theirs is left out: the promise counts more."""
    found = {}
    for room in _rooms.values():
        found |= room.place(given, person, principal)
    return found


def of(promises: Sequence[Promise], principal: Principal | None = None) -> dict[int, Origin]:
    """By promise where it was made; none for what nobody noted, or is there no more. One query a room."""
    found = {}
    for room in _rooms.values():
        found |= room.tell(promises, principal)
    return found
