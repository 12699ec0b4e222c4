"""What every page knows besides its own view's words. Names are ours alone: they win over a view's."""

from collections.abc import Callable

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject

from alongside.lib.principal import ANONYMOUS

_offers: dict[str, Callable[[HttpRequest], object]] = {}


def offer(name: str, value: Callable[[HttpRequest], object]) -> None:
    """Let a room add `name` to what every page knows; `value(request)` must ask no database."""
    _offers[name] = value


def page(request: HttpRequest) -> dict:
    """Return `reader` (the signed-in member or None) and its mark, `csp_nonce`, `csrf_input`, and what rooms offer.

    Asks no database.
    """
    return {
        "reader": getattr(request, "member", None),
        "reader_mark": getattr(request, "principal", ANONYMOUS).mark,
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),  # masked once, however many forms there are
        **{name: value(request) for name, value in _offers.items()},
    }
