"""The first page of a new house: what it is called, where it is, and who its owner is."""

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alongside.lib.access import members_only
from alongside.lib.answers import answer
from alongside.members.forms import OrganisationForm, OwnerForm
from alongside.members.models import Organisation
from alongside.members.placeholder import is_placeholder


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@members_only(role="owner")
def set_up(request):
    """Ask once; afterwards the same things are found under settings."""
    organisation = Organisation.ours()
    if organisation.set_up_at is not None:
        return redirect("settings_organisation")
    house = OrganisationForm.of(organisation, data=request.POST or None, prefix="house")
    owner = OwnerForm(request.POST or None, member=request.member, initial=_known(request.member), prefix="owner")
    if request.method == "POST" and house.is_valid() and owner.is_valid():
        _keep(request, organisation, house.cleaned_data, owner.cleaned_data)
        return redirect("/")
    return answer(request, "members/set_up.html", {"house": house, "owner": owner})


def _known(member) -> dict:
    """What the owner need not write again; a placeholder is nobody's name."""
    if is_placeholder(member):
        return {}
    return {"called": member.person.called, "full_name": member.person.full_name, "email": member.email}


def _keep(request, organisation, house: dict, owner: dict) -> None:
    member, by = request.member, request.member.person
    with transaction.atomic():
        organisation.describe(by=by, **house)
        member.person.rename(called=owner["called"], full_name=owner["full_name"], by=by)
        member.sign_in_as(owner["email"], by=by)
        if owner["password"]:
            member.set_password(owner["password"])
            member.save(update_fields=["password"])
    update_session_auth_hash(request, member)
