"""Where people come in: the locations, and each of them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.lib import asked
from alongside.lib.access import admins_only
from alongside.lib.answers import answer
from alongside.members.models import Location
from alongside.members.serving_forms import LocationForm


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def locations(request):
    """Every location, and one more."""
    form = LocationForm(asked.sent(request))
    if request.method == "POST" and form.is_valid():
        location = Location.found(**form.cleaned_data, by=request.member.person)
        messages.success(request, _("%(name)s is open.") % {"name": location.name})
        return redirect("settings_locations")
    found = Location.objects.visible_to(request.principal)
    return answer(request, "members/locations.html", {"locations": found, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def location(request, location_id: int):
    """One location: what it is called, where and what for."""
    found = _seen(request, location_id)
    form = LocationForm(asked.sent(request), location=found)
    if request.method == "POST" and form.is_valid():
        found.describe(**form.cleaned_data, by=request.member.person)
        messages.success(request, _("Kept."))
        return redirect("settings_locations")
    return answer(request, "members/location.html", {"location": found, "form": form})


@require_POST
@admins_only
def close(request, location_id: int):
    """Close it; what happened there stays."""
    found = _seen(request, location_id)
    found.close(by=request.member.person)
    messages.success(request, _("%(name)s is closed.") % {"name": found.name})
    return redirect("settings_locations")


@require_POST
@admins_only
def reopen(request, location_id: int):
    """Open it again."""
    found = _seen(request, location_id)
    found.reopen(by=request.member.person)
    messages.success(request, _("%(name)s is open.") % {"name": found.name})
    return redirect("settings_locations")


def _seen(request, location_id: int) -> Location:
    return get_object_or_404(Location.objects.visible_to(request.principal), id=location_id)
