"""The pages on which a member asks to sign in with another address, and on which the link to it is pressed."""

from datetime import timedelta

from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from alongside.channels.email import house
from alongside.desk.joining import addresses
from alongside.desk.joining.forms import AddressForm
from alongside.desk.joining.opening import closed, not_too_often
from alongside.lib.access import members_only, open_to_all
from alongside.lib.answers import answer

RECENT = timedelta(minutes=15)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@members_only
def ask(request):
    """Ask for another address; who has no password must have signed in just now."""
    member = request.member
    if not member.has_usable_password() and not _signed_in_just_now(request):
        return answer(request, "desk/joining/address.html", {"form": None})
    limited = request.method == "POST" and ratelimit.consume_or_429(request, action="change_address", user=member)
    if limited:
        return limited
    form = AddressForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if addresses.ask(member, email):
            messages.success(request, _where_it_lies(email) % {"email": email})
        else:
            messages.error(request, _("No letter could be sent just now. Please try again later."))
        return redirect("settings_you")
    return answer(request, "desk/joining/address.html", {"form": form})


def _where_it_lies(email: str) -> str:
    if house.stays_here(email):
        return _("The demo sends no letter outside: the one to %(email)s lies in the post office, for owners to read.")
    return _("We wrote to %(email)s. Open the link there within an hour.")


def _signed_in_just_now(request) -> bool:
    session = UserSession.objects.filter(user=request.member, session_key=request.session.session_key).first()
    return session is not None and session.created_at > timezone.now() - RECENT


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to_all
@not_too_often
@sensitive_variables("token")
def confirm(request, token: str):
    """Show what the link would change; change it when the button is pressed."""
    if request.method != "POST":
        held = addresses.look_at(token)
        if held is None:
            return closed(request)
        return answer(request, "desk/joining/new_address.html", {"theirs": held[0], "email": held[1]})
    try:
        member = addresses.spend(token)
    except addresses.Taken:
        return closed(request)
    if member is None:
        return closed(request)
    messages.success(request, _("From now on you sign in with %(email)s.") % {"email": member.email})
    return redirect("settings_you" if request.member == member else "account_login")
