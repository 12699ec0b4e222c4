"""Who sits there: being called otherwise, asking a guest out, and saying who somebody is."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from alongside.booths.models import Booth, Participant
from alongside.booths.models.participant import clean_name
from alongside.booths.sent import NameSent, Nonsense, PersonSent, Sent, Told
from alongside.booths.views.verbs import verb
from alongside.lib.access import members_only
from alongside.people.models import Person


@verb(NameSent, looking=True, change=True)
def name(request, booth: Booth, place: Participant, told: Told):
    """Call this guest otherwise; a member is called as on their card."""
    if not place.is_guest:
        raise Nonsense(_("You are called here as on your card. Change it in your settings."))
    if not clean_name(told["name"]):
        raise Nonsense(_("How may we call you?"))
    place.be_called(told["name"])
    return place.id


@verb(Sent, guard=members_only)
def remove(request, booth: Booth, place: Participant, told: Told, id: int):
    """Ask a guest out: their seat is closed within seconds."""
    guest = get_object_or_404(booth.participants.filter(is_guest=True), pk=id)
    guest.booth = booth
    guest.remove(by=request.member.person)
    return guest.id


@verb(PersonSent, guard=members_only)
def known(request, booth: Booth, place: Participant, told: Told, id: int):
    """Say who a guest is."""
    guest = get_object_or_404(booth.participants.filter(is_guest=True), pk=id)
    guest.booth = booth
    guest.is_known_as(person_of(request, told), by=request.member.person)
    return guest.id


@verb(PersonSent, guard=members_only)
def person(request, booth: Booth, place: Participant, told: Told):
    """Say whose booth it is."""
    booth.belong_to(person_of(request, told), by=request.member.person)
    return booth.id


def person_of(request, told: Told) -> Person | None:
    """The person that was named, if whoever asks may see them."""
    seen = Person.objects.visible_to(request.principal).select_related("merged_into")
    return get_object_or_404(seen, pk=told["person"]) if told["person"] else None
