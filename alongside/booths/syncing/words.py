"""What is said over a socket to whoever sits there: codes for pages, words for people."""

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

NO_SEAT, NO_BOOTH, LOOKING, TOO_MUCH, UNREADABLE = 4401, 4404, 4403, 4409, 4400
TRY_AGAIN, RESTARTING = 1013, 1012  # of the WebSocket protocol

LOOKING_ONLY = _("You are here to look, so what you just did was not taken. Ask for a link to work together.")
HAS_ENDED = _("This page has ended, so what you just did was not taken. Open it again to go on.")
TOO_LONG = _("That was too much at once, so it was not taken. Lay large things on the table as files.")
PAGE_FULL = _("This page holds as much as it can, so what you just did was not taken. "
              "Take something out, or go on in a new one.")
NOT_READ = _("Something that your device sent could not be read. We have put it aside. Load the page again to go on.")
AWAY = _("We cannot reach our records just now. What you do stays on this device and is sent as soon as they are back.")
DISK_FULL = _("The disk that holds our records is full. What you do stays on this device until there is room.")


def language_of(scope: dict) -> str:
    """The language that whoever opened this socket reads, of those that we have."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = next(
        (value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-language"), "")
    return translation.get_language_from_request(request)


def said(words, language: str) -> str:
    """Words in a language."""
    with translation.override(language):
        return str(words)
