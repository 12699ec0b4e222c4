"""What the organisation is called, where it is, and its languages."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.lib.access import admins_only
from alongside.lib.answers import answer
from alongside.members.forms import OrganisationForm
from alongside.members.models import Organisation


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def organisation(request):
    """Read and change what is held about the organisation."""
    ours = Organisation.ours()
    form = OrganisationForm.of(ours, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        ours.describe(by=request.member.person, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("settings_organisation")
    return answer(request, "members/organisation.html", {"form": form})
