"""Puts `request.principal` on every request, and the reader's zone and language around it."""

from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from alongside.lib.principal import ANONYMOUS


class RecogniseMember:
    """Who asks, from the session; default is nobody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Recognise, answer, and leave no zone behind for the next reader."""
        member = request.user if request.user.is_authenticated else None
        request.member = member
        request.principal = member.principal(request.session.session_key) if member else ANONYMOUS
        if member is None:
            return self.get_response(request)
        language = member.language or translation.get_language()
        with timezone.override(ZoneInfo(member.zone) if member.zone else None), translation.override(language):
            request.LANGUAGE_CODE = language
            return self.get_response(request)
