"""The port for what a person may put right by themself: rooms say what they hold, and write it down."""

from dataclasses import dataclass

from alongside.people.models import Person


@dataclass(frozen=True)
class Line:
    """One thing as we have it, and the field in which the person says how it is.

    `choices` are (value, words) pairs; `kind` and `autocomplete` are those of an HTML input.
    """

    id: int
    what: str
    value: str
    long: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    kind: str = "text"
    autocomplete: str = ""


class Correctable:
    """What one room lets a person put right. Both methods take the person as they stand."""

    name: str = ""
    order: int = 50

    def lines(self, person: Person) -> list[Line]:
        """All of theirs, in the order in which they read it."""
        return []

    def correct(self, person: Person, id: int, value: str) -> bool:
        """Have it as they say; an empty `value` takes it away. False when there is no such thing of theirs.

        Raises ValueError for what cannot be; its words say why.
        """
        return False


_correctables: dict[str, Correctable] = {}


def register(correctable: Correctable) -> Correctable:
    """Add what a room lets be corrected; a second one of the same name replaces the first."""
    _correctables[correctable.name] = correctable
    return correctable


def every() -> list[Correctable]:
    """All of them, in their order."""
    return sorted(_correctables.values(), key=lambda each: (each.order, each.name))


def named(name: str) -> Correctable | None:
    """The one of that name."""
    return _correctables.get(name)
