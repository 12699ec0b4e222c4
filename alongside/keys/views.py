"""The page of API keys: make one, see when each was used, revoke it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.keys.forms import ApiKeyForm
from alongside.keys.models import Key
from alongside.keys.scopes import SCOPES
from alongside.lib.access import admins_only
from alongside.lib.answers import answer

ENDED_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@admins_only
def api_keys(request):
    """List the keys of the house; make one and show its token this once."""
    form, token, made = ApiKeyForm(request.POST or None), None, None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made, token = Key.issue(
            "api",
            by=request.member.person,
            subject=request.member.person,
            lasts=told["lasts"],
            name=told["name"],
            scopes=told["scopes"],
        )
        form = ApiKeyForm()
    keys = Key.objects.visible_to(request.principal).filter(purpose="api").select_related("issued_by")
    ended = keys.exclude(id__in=keys.alive().values("id")).order_by("-issued_at")[:ENDED_SHOWN]
    context = {
        "form": form,
        "token": token,
        "made": made,
        "alive": keys.alive().order_by("-issued_at"),
        "ended": ended,
        "scopes": SCOPES,
    }
    return answer(request, "keys/api_keys.html", context)


@require_POST
@admins_only
def revoke_api_key(request, key_id: int):
    """End an API key now; any other kind of key is not found through this door."""
    key = get_object_or_404(Key.objects.visible_to(request.principal).filter(purpose="api"), id=key_id)
    key.revoke(by=request.member.person)
    messages.success(request, _("%(name)s opens nothing any more.") % {"name": key.name})
    return redirect("settings_api_keys")
