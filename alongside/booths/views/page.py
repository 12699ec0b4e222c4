"""The page itself, the same for both sides, and its table."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.booths.looking import looked
from alongside.booths.table import UnknownPart, table
from alongside.booths.views.seats import booth_of, is_number, place_of
from alongside.lib.access import members_and_guests, open_to_all
from alongside.lib.plainly import problem
from alongside.members.models import Organisation


@require_safe
@never_cache
@members_and_guests
def booth(request, code: str):
    """The shared page. Nothing in it is for one side only; a member has one way back home."""
    booth = booth_of(request, code)
    place = place_of(request, booth)
    if request.principal.serves:
        looked.tell(request.principal, booth)
    return render(request, "booths/booth.html", {
        "booth": booth, "you": place, "house": Organisation.ours().name, "serves": request.principal.serves})


@require_safe
@never_cache
@open_to_all
def seated(request, code: str):
    """Whether whoever asks may sit down there: members may at any. The doorstep asks, where most have no seat yet; that
    is no failure."""
    seated = request.principal.serves or request.guest is not None and request.guest.booth.code == code
    return JsonResponse({"seated": seated})


@require_safe
@never_cache
@members_and_guests
def table_of(request, code: str):
    """Everything on the table that is a row, or one `part` of it; lines `before` one that is known already."""
    booth = booth_of(request, code)
    before = request.GET.get("before", "")
    if before and not is_number(before):
        return problem(400, _("There is no such line."))
    try:
        return JsonResponse(table(booth, place_of(request, booth), request.principal, request.GET.get("part", ""),
                                  int(before) if before else None))
    except UnknownPart:
        return problem(400, _("There is no such part of the page."))
