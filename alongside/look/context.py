"""What every page knows besides its own view's words. Names are ours alone: they win over a view's."""

from django.http import HttpRequest


def page(request: HttpRequest) -> dict:
    """Return `reader`, the signed-in member or None, and `csp_nonce` of this answer. Asks no database."""
    principal = getattr(request, "principal", None)
    return {
        "reader": getattr(principal, "member", None),
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
