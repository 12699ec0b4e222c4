"""Coming back: a person whose page it is sits down at it again from their own page, also years later."""

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.booths.joining import MOST_GUESTS
from alongside.booths.models import Booth, BoothLink, Participant
from alongside.booths.models.link import THEIRS
from alongside.booths.models.participant import SESSION_LASTS, clean_name
from alongside.people.models import Person


class NotNow(Exception):
    """They cannot sit down; its words say why."""


def come_back(booth: Booth, person: Person) -> tuple[Participant, str]:
    """Give `person`, who proved who they are, a seat of their own; returns it and the token of its session.

    The booth stays as it is: one that has ended is read until somebody opens it again. Raises NotNow for whoever was
    asked out of it, and when there is no seat.
    """
    with transaction.atomic():
        booth.hold()
        guests = booth.participants.filter(is_guest=True)
        if guests.filter(person__in=person.cluster_ids).exclude(removed_at=None).exists():
            raise NotNow(_("You were asked out of this page. Its record stays yours to keep; write to us about the "
                           "rest."))
        if guests.seated().count() >= MOST_GUESTS:
            raise NotNow(_("There is no seat left at this page just now. Try again later."))
        link, _token = BoothLink.make(booth, by=person, lasts=SESSION_LASTS, uses=1, way=THEIRS)
        link.booth = booth
        guest, session = Participant.join(link, clean_name(person.name) or _("A guest"))
        guest.booth = booth
        guest.is_known_as(person, by=person)
    return guest, session
