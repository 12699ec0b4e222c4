"""Pictures of a letter that lie elsewhere: an address of ours for each, for one reader, and fetching one when asked."""

import html
import time
from dataclasses import dataclass

from django.core import signing
from django.http import HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from alongside.conversations.models import Message
from alongside.files.sniffing import HEAD, PICTURES, sniff
from alongside.lib.fetching import fetch
from alongside.lib.mail.hypertext import ATTRIBUTE, CLEAN_IMAGE
from alongside.lib.principal import Principal
from alongside.lib.threads import OUTWARD
from alongside.lib.unfetched import CannotFetch
from alongside.members.models import Member

SALT = "alongside.conversations.picture"
GOOD_FOR = 600  # seconds that an address is answered after the letter was opened
MOST_SHOWN = 100  # pictures of one letter
MOST_BYTES = 5 * 1024 * 1024
SECONDS = 8
MOST_WAITING = 100  # pictures of all letters that wait to be fetched
PATIENCE = 20.0  # seconds a picture may wait for its turn
NOT_HERE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="#767676">'
    b'<rect x="2.5" y="4.5" width="19" height="15" rx="2" stroke-dasharray="3 2"/>'
    b'<path d="m7 16 4-5 3 3.5 1.5-2L18 16"/></svg>'
)


class NoSuchPicture(LookupError):
    """No picture that this reader may have."""


@dataclass(frozen=True)
class Remote:
    """A picture that lies elsewhere: its address, and the words that stand for it."""

    url: str
    alt: str


def remote_pictures(message: Message) -> list[Remote]:
    """The pictures of a letter that lie elsewhere, in order, as far as they would be shown."""
    found = []
    for tag in CLEAN_IMAGE.finditer(message.html):
        attributes = dict(ATTRIBUTE.findall(tag[0])) if tag[0].startswith("<img") else {}
        if "data-remote" in attributes and len(found) < MOST_SHOWN:
            alt = html.unescape(attributes.get("alt", ""))
            found.append(Remote(html.unescape(attributes["data-remote"]).strip(), alt.strip()))
    return found


def addresses(message: Message, member_id: int) -> list[str]:
    """An address of ours for each of `remote_pictures`, for this member alone and for a short while.

    The letter's frame is sealed: its requests carry no cookie. So the address itself says whose it is.
    """
    return [
        reverse("conversations:picture", args=[message.id, signing.dumps(
            [message.id, place, _mark(remote.url), member_id], salt=SALT)])
        for place, remote in enumerate(remote_pictures(message))
    ]  # fmt: skip


def remote_of(message_id: int, token: str, principal: Principal) -> Remote:
    """The picture that an address of ours names. Raises NoSuchPicture.

    Whoever comes with a session comes with that of the member it was made for; and that member is still here, and
    still sees the message.
    """
    try:
        own_id, place, mark, member_id = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError) as forged:
        raise NoSuchPicture from forged
    if own_id != message_id or principal.kind != "anonymous" and principal.member_id != member_id:
        raise NoSuchPicture
    member = Member.objects.filter(pk=member_id, is_active=True).first()
    message = member and Message.objects.visible_to(member.principal()).filter(pk=message_id).first()
    remotes = remote_pictures(message) if message else []
    if place >= len(remotes) or _mark(remotes[place].url) != mark:
        raise NoSuchPicture
    return remotes[place]


def _mark(url: str) -> str:
    return salted_hmac(SALT, url, algorithm="sha256").hexdigest()[:32]


class Wanted:
    """A picture that somebody asked for just now, to be fetched in a thread of its own kind."""

    def __init__(self, remote: Remote):
        self.remote, self.until = remote, time.monotonic() + PATIENCE
        self.has_room = OUTWARD.waiting < MOST_WAITING

    def answer(self) -> HttpResponse:
        """The picture; or where there is none to be had, what stands for it."""
        if not self.has_room or time.monotonic() > self.until:
            return self._missing()
        try:
            content = fetch(self.remote.url, most_bytes=MOST_BYTES, seconds=SECONDS, accept=", ".join(PICTURES)).content
        except CannotFetch:
            return self._missing()
        kind = sniff(content[:HEAD])
        if kind not in PICTURES:
            return self._missing()
        return _sealed(HttpResponse(content, content_type=kind), f"private, max-age={GOOD_FOR}, immutable")

    def _missing(self) -> HttpResponse:
        """The browser writes the picture's own words where it gets nothing; one without words gets a drawing."""
        kind, content = ("text/plain", b"") if self.remote.alt else ("image/svg+xml", NOT_HERE)
        return _sealed(HttpResponse(content, status=424, content_type=kind), "private, no-store")


def _sealed(response: HttpResponse, cached: str) -> HttpResponse:
    response["Cache-Control"] = cached
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response
