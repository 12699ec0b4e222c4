"""The port for rooms that want to know that a member opened a conversation."""

from collections.abc import Callable

from alongside.conversations.models import Conversation
from alongside.lib.principal import Principal


class Looked:
    """Who is told, in the same request, that a member has a conversation before their eyes."""

    def __init__(self):
        self._told: list[Callable[[Principal, Conversation], None]] = []

    def register(self, function: Callable[[Principal, Conversation], None]) -> Callable:
        """Call `function(principal, conversation)` each time; it must be quick. May decorate it."""
        if function not in self._told:
            self._told.append(function)
        return function

    def tell(self, principal: Principal, conversation: Conversation) -> None:
        """A member opened it."""
        for function in self._told:
            function(principal, conversation)


looked = Looked()
