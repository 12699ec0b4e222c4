"""The doorstep: asking for a link, opening the page with its button, and leaving it."""

from functools import wraps

from allauth.core import ratelimit
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from alongside.lib.access import open_to_all
from alongside.lib.answers import answer
from alongside.people.models import EMAIL, identity_key
from alongside.portal import links, sessions
from alongside.portal.forms import DoorForm
from alongside.portal.jobs import send_links
from alongside.portal.views.page import show


def not_too_often(view):
    """Answer 429 to an address that tries links all the time."""

    @wraps(view)
    def throttled(request, *args, **kwargs):
        limited = request.method == "POST" and ratelimit.consume_or_429(request, action="open_link")
        return limited or view(request, *args, **kwargs)

    return throttled


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to_all
def my(request):
    """One's page, for whoever came in by their link; for everyone else, where one asks for it.

    Whatever address is typed, the answer is the same, after the same work.
    """
    if request.principal.kind == "person" and request.method != "POST":
        return show(request)
    form = DoorForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return answer(request, "portal/door.html", {"form": form})
    address = form.cleaned_data["email"]
    limited = ratelimit.consume_or_429(request, action="ask_my_page", key=identity_key(EMAIL, address))
    if limited:
        return limited
    send_links.defer(address=address)
    return answer(request, "portal/door.html", {"form": DoorForm(), "asked": True})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to_all
@not_too_often
@sensitive_variables("token", "visit")
def link(request, token: str):
    """Show whose page the link opens, which spends nothing; open it when the button is pressed."""
    if request.method != "POST":
        person = links.look_at(token)
        return answer(request, "portal/link.html", {"arriving": person}) if person else closed(request)
    person = links.spend(token)
    if person is None:
        return closed(request)
    sessions.end(request.COOKIES.get(sessions.COOKIE))
    visit = sessions.open_for(person)
    return sessions.give(redirect("my"), visit)


def closed(request):
    """Say that a link does not open, and where to ask for another."""
    return answer(request, "portal/closed.html", status=404)


@require_POST
@open_to_all
def leave(request):
    """End the visit; nobody else at this browser sees the page."""
    sessions.end(request.COOKIES.get(sessions.COOKIE))
    return sessions.take_away(redirect("my"))
