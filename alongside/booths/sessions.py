"""A guest's seat in their browser: a cookie of its own, which only the one booth's addresses are sent."""

from django.conf import settings

from alongside.booths.models import Booth
from alongside.booths.models.participant import SESSION_LASTS

COOKIE = "alongside_booth"


def path_of(booth: Booth) -> str:
    """Where the booth is, and what its cookie is for."""
    return f"/booths/{booth.code}"


def give(response, booth: Booth, token: str):
    """The answer, with the guest's cookie; no script reads it."""
    response.set_cookie(COOKIE, token, max_age=SESSION_LASTS, path=path_of(booth), httponly=True, samesite="Lax",
                        secure=settings.HTTPS)
    return response


def take_away(response, booth: Booth):
    """The answer, that makes the browser forget the seat."""
    response.delete_cookie(COOKIE, path=path_of(booth), samesite="Lax")
    return response
