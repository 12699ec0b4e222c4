"""Saying whose booth it is, and who a guest is: found by anything we know of them, chosen with one tap."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.booths.models import Booth
from alongside.booths.views.seats import booth_of, is_number
from alongside.lib import asked
from alongside.lib.access import FORM_FIELDS, members_only
from alongside.people.models import Person
from alongside.people.recognising import recognise

MOST = 12


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def whose(request, code: str):
    """Whose booth it is."""
    booth = booth_of(request, code)
    if request.method == "POST":
        person = _chosen(request)
        booth.belong_to(person, by=request.member.person)
        return redirect("booths:inviting", booth.code)
    return _page(request, booth, None)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def who(request, code: str, id: int):
    """Who a guest is: what they wrote here belongs to that person then."""
    booth = booth_of(request, code)
    guest = get_object_or_404(booth.participants.filter(is_guest=True).select_related("person"), pk=id)
    if request.method == "POST":
        guest.booth = booth
        guest.is_known_as(_chosen(request), by=request.member.person)
        messages.success(request, _("Written down."))
        return redirect("booths:inviting", booth.code)
    return _page(request, booth, guest)


def _chosen(request) -> Person | None:
    """The person that was tapped; None for "nobody we know"."""
    person_id = request.POST.get("person", "")
    if set(request.POST) - {"person", *FORM_FIELDS} or person_id and not is_number(person_id):
        raise BadRequest("a person")
    seen = Person.objects.visible_to(request.principal).select_related("merged_into")
    return get_object_or_404(seen, pk=int(person_id)) if person_id else None


def _page(request, booth: Booth, guest):
    words = asked.words(request) or (guest.name if guest else "")
    found = [each.person for each in recognise(request.principal, words, MOST)] if words else []
    first = booth.person.standing() if booth.person and guest else None
    people = [first, *(each for each in found if each.pk != first.pk)] if first else found
    now = (guest.person if guest else booth.person) or None
    return render(request, "booths/who.html", {
        "booth": booth, "guest": guest, "people": people, "words": words, "now": now and now.standing()})
