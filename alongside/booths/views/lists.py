"""The list of booths for members, and opening one."""

from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from alongside.booths import listing
from alongside.booths.forms import OpenForm
from alongside.booths.models import OPEN, Booth
from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.fragments import is_region
from alongside.lib.keyset import BadCursor
from alongside.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def booths(request):
    """Booths that are open, or have ended; a POST opens one, in one tap."""
    if request.method == "POST":
        return open_one(request)
    state, words = asked.words(request, "state", 8) or OPEN, asked.words(request)
    if state not in listing.STATES:
        raise Http404
    try:
        lines, after = listing.page(request.principal, state, words, request.GET.get("after"))
    except BadCursor as broken:
        raise BadRequest("cursor") from broken
    template = "booths/_list.html" if is_region(request) else "booths/booths.html"
    return render(request, template, {"lines": lines, "after": after, "state": state, "words": words})


def open_one(request):
    """Open a booth for somebody, from where a member is, and lead there; a conversation's open one is found again."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        raise BadRequest("what a booth is opened with")
    told, person = form.cleaned_data, None
    if told["person"]:
        seen = Person.objects.visible_to(request.principal).select_related("merged_into")
        person = get_object_or_404(seen, pk=told["person"])
    for name in ("conversation", "visit"):
        known = told[name] and Booth.objects.open().filter(**{f"{name}_id": told[name]}).first()
        if known:
            return redirect("booths:booth", known.code)
    booth = Booth.open(by=request.member.person, person=person, conversation_id=told["conversation"],
                       visit_id=told["visit"], goal=told["goal"])
    return redirect("booths:booth", booth.code)
