"""Asking somebody in: links made, mailed, shown on a screen and taken back; who came, and who they are."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.booths import handing
from alongside.booths.forms import LinkForm, MailForm
from alongside.booths.models import Booth, BoothLink
from alongside.booths.models.link import SHOWN
from alongside.booths.views.seats import booth_of, is_number
from alongside.lib.access import members_only
from alongside.lib.answers import answer
from alongside.lib.fragments import is_fragment
from alongside.members.models import Organisation

ON_A_SCREEN = timedelta(hours=2)
LINKS_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def inviting(request, code: str):
    """Everything about who may come in; a POST makes a link, whose address is shown this once."""
    booth = booth_of(request, code)
    form, address = LinkForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        _link, token = BoothLink.make(booth, by=request.member.person, **form.made())
        form, address = LinkForm(), handing.address_of(token)
    return answer(request, "booths/inviting.html", {
        **_who(booth), "form": form, "address": address, "qr": handing.qr_of(address) if address else "",
        "mail_form": MailForm(handing.addresses_of(booth.person.standing())) if booth.person else None,
        "links": booth.links.select_related("key__issued_by").order_by("-id")[:LINKS_SHOWN]})


@require_POST
@members_only
def mail(request, code: str):
    """Send the person a link, in their language."""
    booth = booth_of(request, code)
    form = MailForm(handing.addresses_of(booth.person.standing()) if booth.person else [], request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose an address of theirs."))
        return redirect("booths:inviting", booth.code)
    try:
        handing.mail(booth, form.identity, by=request.member)
        messages.success(request, _("We wrote to %(address)s.") % {"address": form.identity.value})
    except handing.NotTaken:
        messages.error(request, _("No letter could be sent just now. Please try again later, or copy a link."))
    return redirect("booths:inviting", booth.code)


@require_POST
@never_cache
@members_only
def screen(request, code: str):
    """A large QR code, for whoever stands before this screen: a link of its own, for two hours."""
    booth = booth_of(request, code)
    link, token = BoothLink.make(booth, by=request.member.person, lasts=ON_A_SCREEN, way=SHOWN)
    return render(request, "booths/screen.html", {
        "booth": booth, "link": link, "guests": [], "qr": handing.qr_of(handing.address_of(token)),
        "house": Organisation.ours().name})


@require_safe
@members_only
def present(request, code: str):
    """Who came in: the part that follows who knocks. With `arrived`, a link's id: their names alone, who came by it."""
    booth, link = booth_of(request, code), request.GET.get("arrived", "")
    if not is_fragment(request):
        return redirect("booths:inviting", booth.code)
    if not link:
        return render(request, "booths/_present.html", _who(booth))
    by_it = booth.links.filter(pk=link) if is_number(link) else booth.links.none()
    guests = booth.participants.seated().filter(link__in=by_it).order_by("id")
    return render(request, "booths/_arrived.html", {"guests": guests})


@require_POST
@members_only
def take_back(request, code: str, id: int):
    """Take a link back."""
    booth = booth_of(request, code)
    link = get_object_or_404(booth.links.select_related("key"), pk=id)
    link.booth = booth
    link.revoke(by=request.member.person)
    messages.success(request, _("Nobody comes in by that link any more, and who did is out."))
    return redirect("booths:inviting", booth.code)


@require_POST
@members_only
def ask_out(request, code: str, id: int):
    """Ask a guest out."""
    booth = booth_of(request, code)
    guest = get_object_or_404(booth.participants.filter(is_guest=True), pk=id)
    guest.booth = booth
    guest.remove(by=request.member.person)
    messages.success(request, _("%(name)s was asked out.") % {"name": guest.name})
    return redirect("booths:inviting", booth.code)


def _who(booth: Booth) -> dict:
    return {"booth": booth, "person": booth.person and booth.person.standing(),
            "guests": booth.participants.seated().filter(is_guest=True).select_related("person").order_by("id")}
