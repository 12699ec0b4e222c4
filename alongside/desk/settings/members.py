"""Who serves here and who has been asked in: the list, inviting, inviting again, taking back, letting go."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alongside.channels.email import house
from alongside.desk.joining import invitations
from alongside.desk.joining.forms import InvitationForm
from alongside.keys.models import Key
from alongside.lib.access import admins_only
from alongside.lib.answers import answer
from alongside.members import roles
from alongside.members.models import Member


def _page(request, *, form=None, link=None, key=None, written=None, stays=False):
    everyone = Member.objects.visible_to(request.principal).select_related("person").prefetch_related("teams")
    serving = sorted((m for m in everyone if m.is_active), key=lambda m: m.person.sort_key)
    gone = sorted((m for m in everyone if not m.is_active), key=lambda m: m.person.sort_key)
    asked = Key.objects.visible_to(request.principal).filter(purpose="invitation", uses_left__gt=0, revoked_at=None)
    context = {
        "serving": serving,
        "gone": gone,
        "asked": asked.select_related("issued_by").order_by("-issued_at"),
        "form": form or InvitationForm(principal=request.principal),
        "role_words": roles.WORDS,
        "link": link,
        "invited": key,
        "written": written,
        "stays": stays,
    }
    return answer(request, "desk/settings/members.html", context)


@require_safe
@admins_only
def members(request):
    """Everyone who serves, who has been asked in, and who has left."""
    return _page(request)


@never_cache
@require_POST
@admins_only
def invite(request):
    """Ask somebody in; shows the link this once."""
    form = InvitationForm(request.POST, principal=request.principal)
    if not form.is_valid():
        return _page(request, form=form)
    told = form.cleaned_data
    try:
        key, token = invitations.invite(email=told["email"], role=told["role"], teams=told["teams"], by=request.member)
    except invitations.AlreadyHere as already:
        form.add_error("email", _has_a_place(already.member))
        return _page(request, form=form)
    return _show(request, key, token, write=told["write"])


def _has_a_place(member: Member) -> str:
    if member.is_active:
        return _("%(name)s serves here already.") % {"name": member.name}
    return _("%(name)s has served here before; bring them back from the list below.") % {"name": member.name}


def _show(request, key: Key, token: str, write: bool):
    written = invitations.write_to(key.data["email"], token, by=request.member) if write else None
    stays = bool(written) and house.stays_here(key.data["email"])
    return _page(request, link=invitations.link_of(token), key=key, written=written, stays=stays)


def _invitation(request, key_id: int) -> Key:
    found = Key.objects.visible_to(request.principal).filter(purpose="invitation", uses_left__gt=0, revoked_at=None)
    return get_object_or_404(found, id=key_id)


@never_cache
@require_POST
@admins_only
def invite_again(request, key_id: int):
    """A fresh link and letter in place of the old one."""
    try:
        key, token = invitations.invite_again(_invitation(request, key_id), by=request.member)
    except invitations.AlreadyHere as already:
        messages.info(request, _has_a_place(already.member))
        return redirect("settings_members")
    except ValueError as refused:
        raise PermissionDenied from refused
    return _show(request, key, token, write=True)


@require_POST
@admins_only
def revoke_invitation(request, key_id: int):
    """Take an invitation back; its link opens nothing from now on."""
    key = _invitation(request, key_id)
    key.revoke(by=request.member.person)
    messages.success(request, _("The invitation to %(email)s is taken back.") % {"email": key.data["email"]})
    return redirect("settings_members")


@require_POST
@admins_only
def leave(request, member_id: int):
    """Let a member go, within what the admin governs; the last owner stays."""
    member = get_object_or_404(Member.objects.visible_to(request.principal).select_related("person"), id=member_id)
    if not roles.may_govern(request.principal, member):
        raise PermissionDenied
    try:
        invitations.say_goodbye(member, by=request.member.person)
    except ValueError:
        messages.error(request, _("There has to be an owner. Make somebody else an owner first."))
        return redirect("settings_member", member_id)
    if member == request.member:
        return redirect("account_login")
    messages.success(request, _("%(name)s has left and is signed out everywhere.") % {"name": member.name})
    return redirect("settings_members")
