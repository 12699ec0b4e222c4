"""Recognises a guest below `/booths/<code>`; every other page stays as it was, and a member stays a member."""

from django.utils import timezone

from alongside.booths.models import Participant
from alongside.booths.sessions import COOKIE
from alongside.lib.principal import Principal
from alongside.members.models import Organisation
from alongside.members.zones import zone_of

PREFIX = "/booths/"


class RecogniseGuest:
    """Puts `request.guest` on what is asked for below a booth: whose seat it is, or None."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Recognise, and answer in the house's zone: of a guest we know no other."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.guest = None
        if request.principal.serves:
            return self.get_response(request)
        guest = Participant.of_session(request.COOKIES.get(COOKIE))
        if guest is None:
            return self.get_response(request)
        request.guest = guest
        request.principal = Principal(kind="guest", participant_id=guest.id)
        with timezone.override(zone_of(Organisation.ours().zone)):
            return self.get_response(request)
