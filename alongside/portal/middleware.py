"""Recognises the person whose own page is asked for; every other page stays as it was."""

from django.utils import timezone, translation

from alongside.lib.principal import ANONYMOUS, Principal
from alongside.members.models import Organisation
from alongside.members.zones import language_of, zone_of
from alongside.portal import sessions


class RecognisePerson:
    """Below `/my` nobody is a member: who asks is the person whose visit it is, or nobody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Recognise, and answer in the person's own language and zone."""
        if request.path != sessions.PATH and not request.path.startswith(f"{sessions.PATH}/"):
            return self.get_response(request)
        person = sessions.person_of(request.COOKIES.get(sessions.COOKIE))
        request.member, request.person = None, person
        request.principal = Principal(kind="person", person_id=person.id) if person else ANONYMOUS
        if person is None:
            return self.get_response(request)
        language = language_of(person.language) or translation.get_language()
        zone = zone_of(person.zone, Organisation.ours().zone)
        with timezone.override(zone), translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers["Content-Language"] = language
        return response
