"""Puts `request.principal` on every request, and the reader's zone and language around it."""

import time

from allauth.usersessions.models import UserSession
from django.utils import timezone, translation

from alongside.lib.principal import ANONYMOUS
from alongside.members.zones import language_of, zone_of

NOTED_EVERY = 60.0  # seconds
MOST_NOTED = 10_000


class RecogniseMember:
    """Who asks, from the session; default is nobody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Recognise, answer, and leave no zone and no language behind for the next reader."""
        member = request.user if request.user.is_authenticated else None
        request.member = member
        request.principal = member.principal(request.session.session_key) if member else ANONYMOUS
        if member is None:
            return self.get_response(request)
        language = language_of(member.language) or translation.get_language()
        with timezone.override(zone_of(member.zone, member.house_zone)), translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class NoteSession:
    """Keeps when and from where each session was last seen, to the minute.

    allauth's own middleware writes a row for every request, which costs more than many a page.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self._noted: dict[str, float] = {}

    def __call__(self, request):
        """Note the session if that is due, then answer."""
        if request.user.is_authenticated and request.session.session_key and self._is_due(request):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)

    def _is_due(self, request) -> bool:
        key, now = request.session.session_key, time.monotonic()
        if now - self._noted.get(key, -NOTED_EVERY) < NOTED_EVERY:
            return False
        if len(self._noted) >= MOST_NOTED:
            self._noted.clear()
        self._noted[key] = now
        return True
