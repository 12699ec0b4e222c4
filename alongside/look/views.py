"""The error pages, and the gallery of every part in every state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.lib.access import admins_only
from alongside.look import errors


@require_safe
@admins_only
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every part in every state: the look's living documentation."""
    from alongside.look.gallery import samples

    return render(request, "look/gallery.html", samples())


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    """Answer 400."""
    return _error(request, 400)


def forbidden(request: HttpRequest, exception=None) -> HttpResponse:
    """Answer 403."""
    return _error(request, 403)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    """Answer 404; the same for what is missing and for what is not yours."""
    return _error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without the database; a lost database is told apart and answered 503."""
    import sys

    from django.db import InterfaceError, OperationalError

    lost = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    return _error(request, 503 if lost else 500)


def not_now(request: HttpRequest) -> HttpResponse:
    """Answer 503: the database is away or the house is starting."""
    return _error(request, 503)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that is too old or forged; settings name it as CSRF_FAILURE_VIEW."""
    return _error(request, 403, errors.form_too_old())


def _error(request: HttpRequest, status: int, words: errors.Words | None = None) -> HttpResponse:
    here = request.get_full_path() if request.method == "GET" else request.path
    context = {"words": words or errors.words_for(status), "here": here}
    response = render(request, "look/error.html", context, status=status)
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = "30"
    return response
