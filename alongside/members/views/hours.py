"""When a member serves: their own week, and for admins that of others."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.lib import asked
from alongside.lib.access import admins_only, members_only
from alongside.lib.answers import answer
from alongside.members import roles
from alongside.members.models import Member
from alongside.members.serving_forms import HoursForm


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def own(request):
    """The reader's own hours."""
    return _page(request, request.member, redirect("settings_hours"))


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def of_member(request, member_id: int):
    """Another member's hours."""
    members = Member.objects.visible_to(request.principal).select_related("person")
    member = get_object_or_404(members, id=member_id)
    if not (member == request.member or roles.may_govern(request.principal, member)):
        raise PermissionDenied
    return _page(request, member, redirect("settings_member", member_id))


def _page(request, member: Member, after):
    form = HoursForm(asked.sent(request), member=member)
    if request.method == "POST" and form.is_valid():
        told, by = form.cleaned_data, request.member.person
        with transaction.atomic():
            member.keep_hours(told["week"], by=by)
            member.go_away(told["away_until"], told["away_words"], by=by)
        messages.success(request, _("Kept."))
        return after
    context = {"form": form, "member": member, "own": member == request.member, "zone": member.own_zone.key}
    return answer(request, "members/hours.html", context)
