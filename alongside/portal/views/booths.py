"""A page that we shared, as its person keeps it: read, taken along, and gone on with, also years later."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alongside.booths import returning, sessions
from alongside.booths.models import Booth
from alongside.booths.record.answering import hand_out, record_of
from alongside.files.handing import hand_out as hand_file_out
from alongside.lib.access import persons_only
from alongside.lib.answers import answer
from alongside.lib.child import ChildError
from alongside.members.models import Organisation


@require_safe
@never_cache
@persons_only
def booth(request, code: str):
    """The record, to be read."""
    found = _theirs(request, code)
    try:
        record = record_of(found)
    except ChildError:
        messages.error(request, _("This page cannot be shown just now. Everything is kept; try again in a moment."))
        return redirect("my")
    return answer(request, "portal/booth.html", {
        "booth": found, "record": record, "house": Organisation.ours().name, "person": request.person})


@require_safe
@never_cache
@persons_only
def take(request, code: str, form: str):
    """The record in one of its forms, to be taken along; 404 for the sketch while nothing was drawn."""
    return hand_out(_theirs(request, code), form)


@require_safe
@never_cache
@persons_only
def file(request, code: str, id: int):
    """A file that lies on it, or a picture that is shown in it."""
    laid = _theirs(request, code).enclosures.select_related("file__blob")
    lying = laid.filter(removed_at=None) | laid.filter(in_page=True)
    return hand_file_out(request, get_object_or_404(lying, pk=id).file)


@require_POST
@never_cache
@persons_only
def come_back(request, code: str):
    """Sit down at it again, beside us."""
    found = _theirs(request, code)
    try:
        _guest, session = returning.come_back(found, request.person)
    except returning.NotNow as why:
        messages.error(request, str(why))
        return redirect("my_booth", found.code)
    return sessions.give(redirect("booths:booth", found.code), found, session)


def _theirs(request, code: str) -> Booth:
    seen = Booth.objects.visible_to(request.principal).select_related("person__merged_into", "opened_by")
    return get_object_or_404(seen, code=code)
