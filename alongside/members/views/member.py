"""One member as an admin sees them: role, leaving and coming back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.lib.access import admins_only
from alongside.lib.answers import answer
from alongside.members import roles
from alongside.members.forms import RoleForm
from alongside.members.models import Member


def _governed(request, member_id: int) -> Member:
    """The member, if this admin may change them; refused when they are not theirs to govern."""
    member = get_object_or_404(Member.objects.visible_to(request.principal).select_related("person"), id=member_id)
    if not roles.may_govern(request.principal, member):
        raise PermissionDenied
    return member


def _role_form(request, member, data=None) -> RoleForm:
    choices = [(role, roles.WORDS[role]) for role in roles.givable(request.principal)]
    return RoleForm(data, roles=choices, initial={"role": member.role})


@require_safe
@admins_only
def member(request, member_id: int):
    """Who this is, since when, in which teams, and what an admin may change."""
    found = get_object_or_404(
        Member.objects.visible_to(request.principal).select_related("person").prefetch_related("teams"), id=member_id
    )
    governed = roles.may_govern(request.principal, found)
    context = {
        "member": found,
        "governed": governed,
        "role_words": roles.WORDS,
        "role_about": roles.ABOUT,
        "form": _role_form(request, found) if governed else None,
    }
    return answer(request, "members/member.html", context)


@require_POST
@admins_only
def change_role(request, member_id: int):
    """Give another role, within what the giver may give."""
    found = _governed(request, member_id)
    form = _role_form(request, found, request.POST)
    if not form.is_valid():
        raise PermissionDenied
    try:
        found.change_role(form.cleaned_data["role"], by=request.member.person)
        messages.success(
            request, _("%(name)s is %(role)s now.") % {"name": found.name, "role": roles.WORDS[found.role].lower()}
        )
    except ValueError:
        messages.error(request, _("There has to be an owner. Make somebody else an owner first."))
    return redirect("settings_member", member_id)


@require_POST
@admins_only
def come_back(request, member_id: int):
    """Let a member who had left serve again."""
    found = _governed(request, member_id)
    found.come_back(by=request.member.person)
    messages.success(request, _("%(name)s serves again and can sign in.") % {"name": found.name})
    return redirect("settings_member", member_id)
