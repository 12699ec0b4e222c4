"""Handing a link over: its address, its QR code, and the letter that brings it to somebody."""

from datetime import timedelta

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from alongside.booths.models import Booth, BoothLink
from alongside.booths.models.link import MAILED
from alongside.lib import letters
from alongside.members.models import Member, Organisation
from alongside.members.zones import language_of
from alongside.people.models import EMAIL, Identity, Person

LASTS = timedelta(days=14)  # a link that is sent to somebody


class NotTaken(Exception):
    """No letter could be sent just now; the link was taken back."""


def address_of(token: str) -> str:
    """The whole address of the doorstep. The token stands behind the #, which no server is sent, and no log keeps."""
    return f"{settings.PUBLIC_URL}{reverse('booths:doorstep')}#{token}"


def qr_of(address: str) -> str:
    """The QR code of an address, as a data: URI of an SVG, dark on white with its quiet edge."""
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=8, border=4, light="#fff", dark="#000")


def addresses_of(person: Person) -> list[Identity]:
    """The mail addresses of somebody, those they prefer first."""
    found = Identity.objects.filter(person__in=person.cluster_ids, kind=EMAIL)
    return list(found.order_by("-preferred", "id"))


def mail(booth: Booth, identity: Identity, *, by: Member) -> BoothLink:
    """Send a link to work by to the address `identity`, in the language of whoever reads there. Raises NotTaken."""
    link, token = BoothLink.make(booth, by=by.person, lasts=LASTS, way=MAILED)
    with in_their_language(identity.person):
        subject, text = letter(booth, identity.person, token, by)
        taken = letters.send(to=identity.value, subject=subject, text=text)
    if not taken:
        link.revoke(by=by.person)
        raise NotTaken
    return link


def in_their_language(person: Person | None):
    """A context in which words are in the language of `person`, or of the house."""
    wanted = person.standing().language if person else ""
    return override(language_of(wanted, Organisation.ours().language) or get_language())


def letter(booth: Booth, person: Person, token: str, by: Member) -> tuple[str, str]:
    """Subject and words of the letter that brings a link, in the language that is active."""
    house = Organisation.ours().name
    subject = _("%(name)s has kept you a seat") % {"name": by.name}
    parts = [
        _("Hello %(name)s,") % {"name": person.standing().name} if person.standing().name else _("Hello,"),
        invitation(booth, token),
        _("No account, no password: open the link and say how we may call you. It is your way back in; keep it."),
        f"{by.name}, {house}" if house else by.name,
    ]
    return subject, "\n\n".join(parts) + "\n"


def invitation(booth: Booth, token: str) -> str:
    """What is said beside a link, in the language that is active."""
    if booth.goal:
        words = _("I have kept you a seat at one page that we both have before us. It is about: %(goal)s")
    else:
        words = _("I have kept you a seat at one page that we both have before us.")
    return f"{words % {'goal': ' '.join(booth.goal.split())[:200]}}\n{address_of(token)}"
