"""A member's own settings: name, zone, language, signature, look and notifications."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.lib.access import members_only
from alongside.lib.answers import answer
from alongside.members.forms import LookForm, NotificationsForm, ProfileForm
from alongside.members.zones import language_of

COOKIE_AGE = 365 * 24 * 3600


@require_safe
@members_only
def settings_index(request):
    """Every settings page that the reader may open."""
    return answer(request, "members/settings.html")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def you(request):
    """Name, zone, language, signature; and how this device shows the house."""
    member = request.member
    held = {name: getattr(member, name) for name in ("zone", "language", "signature")}
    held |= {"called": member.person.called, "full_name": member.person.full_name}
    form = ProfileForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        _keep(member, form.cleaned_data)
        with translation.override(language_of(member.language) or translation.get_language()):
            messages.success(request, _("Kept."))
        return redirect("settings_you")
    look = LookForm(initial={name: request.COOKIES.get(name, "auto") for name in ("theme", "density")})
    return answer(request, "members/you.html", {"form": form, "look": look})


def _keep(member, told: dict) -> None:
    by = member.person
    with transaction.atomic():
        if (told["called"], told["full_name"]) != (by.called, by.full_name):
            by.rename(called=told["called"], full_name=told["full_name"], by=by)
        member.prefer(by=by, zone=told["zone"], language=told["language"], signature=told["signature"])


@require_POST
@members_only
def look(request):
    """Keep how this device shows the house, in cookies: a bright phone and a dark desk may belong to one member."""
    answered = redirect("settings_you")
    form = LookForm(request.POST)
    if form.is_valid():
        for name, value in form.cleaned_data.items():
            if value in ("light", "dark", "close", "roomy"):
                answered.set_cookie(name, value, max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure())
            else:
                answered.delete_cookie(name, samesite="Lax")
    return answered


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def notifications(request):
    """Where this member wants to hear of what concerns them."""
    member = request.member
    held = {name: getattr(member, name) for name in NotificationsForm.base_fields}
    form = NotificationsForm(request.POST if request.method == "POST" else None, initial=held)
    if request.method == "POST" and form.is_valid():
        member.prefer(by=member.person, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("settings_notifications")
    return answer(request, "members/notifications.html", {"form": form})
