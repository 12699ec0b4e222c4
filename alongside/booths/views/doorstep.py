"""The doorstep: who invites, to what, and coming in. The token comes in a body, never in an address."""

from functools import wraps

from allauth.core import ratelimit
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from alongside.booths import joining, sessions
from alongside.booths.models import BoothLink
from alongside.booths.sent import ComeInSent, KnockSent, Nonsense, given_by
from alongside.lib import asked
from alongside.lib.access import open_to_all
from alongside.lib.plainly import problem
from alongside.members.models import Organisation


def not_too_often(view):
    """Answer 429 to an address that tries links all the time, and a problem to what cannot be meant."""

    @wraps(view)
    def throttled(request):
        if not ratelimit.consume(request, action="booth_door"):
            return problem(429, _("Too many tries from here. Wait a minute, then try again."))
        try:
            return view(request)
        except Nonsense as wrong:
            return problem(400, str(wrong), errors=wrong.fields)
        except joining.Closed as closed:
            return problem(404, closed.words, why=closed.why)

    return throttled


@require_safe
@never_cache
@open_to_all
def doorstep(request):
    """Where a link leads. Without one it says how one comes in; `to` is the booth that a member meant to open."""
    to = asked.words(request, "to")
    led = url_has_allowed_host_and_scheme(to, allowed_hosts=None) and to.startswith("/booths/")
    return render(request, "booths/doorstep.html", {"to": to if led else "/booths", "house": Organisation.ours().name})


@require_POST
@never_cache
@open_to_all
@not_too_often
@sensitive_variables("told", "link")
def look(request):
    """Who invites, to what and as what; or why the link does not open."""
    return JsonResponse(described(joining.look(KnockSent.read(given_by(request))["token"])))


@require_POST
@never_cache
@open_to_all
@not_too_often
@sensitive_variables("told", "session")
def come_in(request):
    """Sit down: the guest's cookie is set, and where the page is."""
    told = ComeInSent.read(given_by(request))
    try:
        guest, session = joining.come_in(told["token"], told["name"])
    except ValueError:
        raise Nonsense(_("How may we call you?")) from None
    page = sessions.path_of(guest.booth)
    return sessions.give(JsonResponse({"page": page}), guest.booth, session)


def described(link: BoothLink) -> dict:
    """What a doorstep says of a link."""
    booth, by = link.booth, link.key.issued_by or link.booth.opened_by
    return {"by": by.name if by else "", "house": Organisation.ours().name, "goal": booth.goal, "role": link.role,
            "ended": not booth.is_open, "page": sessions.path_of(booth)}
