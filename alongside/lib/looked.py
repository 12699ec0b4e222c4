"""A port for rooms that want to know that somebody has a thing of another room before their eyes."""

from collections.abc import Callable

from alongside.lib.principal import Principal


class Looked:
    """Who is told, in the same request, that somebody looks at a thing."""

    def __init__(self):
        self._told: list[Callable[[Principal, object], None]] = []

    def register(self, function: Callable) -> Callable:
        """Call `function(principal, thing)` each time; it must be quick. May decorate it."""
        if function not in self._told:
            self._told.append(function)
        return function

    def tell(self, principal: Principal, thing) -> None:
        """`principal` opened it."""
        for function in self._told:
            function(principal, thing)
