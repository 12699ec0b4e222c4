"""Links as the page makes and takes back them."""

from datetime import timedelta

from django.shortcuts import get_object_or_404

from alongside.booths.handing import address_of, qr_of
from alongside.booths.models import EDIT, Booth, BoothLink, Participant
from alongside.booths.sent import LinkSent, Sent, Told
from alongside.booths.views.verbs import made, verb
from alongside.lib.access import members_only


@verb(LinkSent, guard=members_only)
def make(request, booth: Booth, place: Participant, told: Told):
    """Make a link. Its address, and the QR code of it, are shown this once."""
    lasts = timedelta(hours=told["hours"]) if told["hours"] else None
    link, token = BoothLink.make(booth, by=request.member.person, role=told["role"] or EDIT, lasts=lasts,
                                 uses=told["uses"])
    address = address_of(token)
    return made(link.id, url=address, qr=qr_of(address))


@verb(Sent, guard=members_only)
def revoke(request, booth: Booth, place: Participant, told: Told, id: int):
    """Take a link back: whoever came in by it is out within seconds."""
    link = get_object_or_404(booth.links.select_related("key"), pk=id)
    link.booth = booth
    link.revoke(by=request.member.person)
    return link.id
