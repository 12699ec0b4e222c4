"""What a member does from the card: sends somebody the link to their page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.lib.access import members_only
from alongside.lib.answers import answer
from alongside.people.models import Person
from alongside.portal import links


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def send_page(request, id: int):
    """Choose which of their addresses the link goes to, and send it there."""
    person = get_object_or_404(Person.objects.visible_to(request.principal), pk=id)
    person = person.standing()
    addresses = links.addresses_of(person)
    if request.method != "POST":
        return answer(request, "portal/send_page.html", {"person": person, "addresses": addresses})
    chosen = next((each for each in addresses if str(each.id) == request.POST.get("address")), None)
    if chosen is None:
        return answer(request, "portal/send_page.html", {"person": person, "addresses": addresses}, status=422)
    if links.send(person, chosen, by=request.member.person):
        messages.success(request, _("The link is on its way to %(address)s.") % {"address": chosen.value})
    else:
        messages.error(request, _("No letter could be sent just now. Please try again later."))
    return redirect("people:person", person.id)
