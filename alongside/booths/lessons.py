"""The port for the room that keeps lessons: how one is found, to be laid on a table."""

from collections.abc import Callable

from alongside.lib.principal import Principal

Found = tuple[str, list[dict]]  # the title, and the parts as `BroughtLesson` keeps them


class Shelf:
    """Where lessons are found; empty as long as no room keeps any."""

    def __init__(self):
        self._find: Callable[[Principal, int], Found | None] | None = None

    def register(self, find: Callable[[Principal, int], Found | None]) -> Callable:
        """Ask `find(principal, id)` for a lesson that this principal may bring in: title and parts, or None."""
        self._find = find
        return find

    def find(self, principal: Principal, id: int) -> Found | None:
        """The lesson with that id; None when there is none for them."""
        return self._find(principal, id) if self._find else None


shelf = Shelf()
