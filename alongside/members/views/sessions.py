"""Where a member is signed in, and ending that: one device, all others, or everywhere."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.lib.access import members_only
from alongside.lib.answers import answer
from alongside.members.devices import device_of


@require_safe
@members_only
def sessions(request):
    """Every place where this member is signed in, this one first, then the latest seen."""
    found = UserSession.objects.purge_and_list(request.member)
    found.sort(key=lambda session: (session.is_current(), session.last_seen_at), reverse=True)
    rows = [
        {"session": session, "device": device_of(session.user_agent), "here": session.is_current()} for session in found
    ]
    return answer(request, "members/sessions.html", {"rows": rows})


@require_POST
@members_only
def end_session(request, session_id: int):
    """Sign out one device of one's own; another member's session is not found."""
    session = get_object_or_404(UserSession, id=session_id, user=request.member)
    if session.is_current():
        logout(request)
        return redirect("account_login")
    session.end()
    messages.success(request, _("Signed out there."))
    return redirect("settings_sessions")


@require_POST
@members_only
def end_other_sessions(request):
    """Sign out everywhere but here, sessions that we have no list of included."""
    member = request.member
    with transaction.atomic():
        member.end_sessions(by=member.person)
        update_session_auth_hash(request, member)
        UserSession.objects.create_from_request(request)
        _end_listed(member, but=request.session.session_key)
    messages.success(request, _("Signed out everywhere else."))
    return redirect("settings_sessions")


@require_POST
@members_only
def end_all_sessions(request):
    """Sign out everywhere, here too."""
    member = request.member
    with transaction.atomic():
        member.end_sessions(by=member.person)
        _end_listed(member)
    logout(request)
    return redirect("account_login")


def _end_listed(member, but: str = "") -> None:
    """End the sessions that the list shows, but the one with that key."""
    for session in UserSession.objects.filter(user=member).exclude(session_key=but):
        session.end()
