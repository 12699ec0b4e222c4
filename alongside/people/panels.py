"""Panels of a person's card: rooms above register what they know of one person, the card shows it in order."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Panel:
    """One block of a card: a template and what it needs."""

    template: str
    context: dict


_panels: list[tuple[int, Callable]] = []


def shows(order: int):
    """Register the decorated `f(person, principal) -> Panel | None`; a small `order` stands further up."""

    def decorate(function):
        if all(known is not function for _, known in _panels):
            _panels.append((order, function))
            _panels.sort(key=lambda pair: pair[0])
        return function

    return decorate


def of(person, principal) -> list[Panel]:
    """Every panel that has something to say of `person` to `principal`."""
    drawn = (function(person, principal) for _, function in _panels)
    return [panel for panel in drawn if panel is not None]
