"""Refuses a query parameter that an operation does not know: a misspelt filter must not answer with everything."""

import re
from collections.abc import Callable

from alongside.api.problems import Problem

_PART = re.compile(r"<(?:\w+:)?(\w+)>")


class Known:
    """The query parameters of every operation, read once from the API's description when first needed."""

    def __init__(self):
        self.describe: Callable[[], dict] | None = None
        self._names: dict[tuple[str, str], set[str]] = {}

    def of(self, route: str, method: str) -> set[str]:
        """The names that `method` on the URL pattern `route` understands."""
        if not self._names:
            self._names = {
                (path, method.upper()): {p["name"] for p in about.get("parameters", []) if p["in"] == "query"}
                for path, methods in self.describe()["paths"].items()
                for method, about in methods.items()
            }
        return self._names.get(("/" + _PART.sub(r"{\1}", route), method), set())


known = Known()


def refuse_unknown(request) -> None:
    """Raises the problem 400 for a query parameter that is not known here, or that is given twice."""
    names = known.of(request.resolver_match.route, request.method)
    if unknown := sorted(set(request.GET) - names):
        raise Problem(400, "unknown-field", errors=[_error(name, "unknown") for name in unknown])
    if twice := [name for name, values in request.GET.lists() if len(values) > 1]:
        raise Problem(400, "not-valid", errors=[_error(name, "given twice") for name in twice])


def _error(name: str, detail: str) -> dict:
    return {"where": ["query", name], "detail": detail}
