"""Who sits at a socket: found when it opens, and looked at again and again, for a seat may be taken away."""

import re
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db.models import Q
from django.http.request import validate_host
from django.utils import timezone

from alongside.booths.models import Booth, Participant
from alongside.booths.models.booth import OPEN
from alongside.members.models import Member
from alongside.members.recognition import members_of_sessions, principal_of_scope

COOKIE = "alongside_booth"
CODE = re.compile(r"[\w-]{1,24}", re.ASCII)


class NoSeat(Exception):
    """Nobody that we know stands behind this socket (any more)."""


class NoBooth(Exception):
    """There is no such booth, or it is not theirs: they are told the same."""


@dataclass(frozen=True)
class Seat:
    """One participant at one socket; `session_key` is a member's session, empty for a guest."""

    booth_id: int
    participant_id: int
    name: str
    side: str
    may_edit: bool
    session_key: str = ""


def find(scope: dict, code: str) -> Seat:
    """Whose socket this is. Reads the database. Raises NoSeat, NoBooth.

    A page of ours (its Origin says so) is known by its cookies, or by the session in its address; whatever comes
    without an Origin only by that session.
    """
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    origin = headers.get(b"origin")
    if origin is not None and not is_ours(origin, headers.get(b"host", ""), scope["scheme"]):
        raise NoSeat
    session = parse_qs(scope["query_string"].decode("latin-1")).get("session", [""])[0]
    if session or origin is None:
        return _guest(session, code)
    principal = principal_of_scope(scope)
    if principal.serves:
        return _member(principal, code)
    return _guest(_cookie(headers.get(b"cookie", "")), code)


def is_ours(origin: str, host: str, scheme: str) -> bool:
    """Whether a page from `origin` is one of ours: the public address's, or that of the host that was asked for."""
    if origin == settings.PUBLIC_URL:
        return True
    asked = urlsplit(f"//{host}")
    ours = f"{'https' if scheme in ('wss', 'https') else 'http'}://{host}"
    return origin == ours and validate_host(asked.hostname or "", settings.ALLOWED_HOSTS)


def _cookie(header: str) -> str:
    try:
        morsel = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _guest(token: str, code: str) -> Seat:
    guest = Participant.of_session(token)
    if guest is None:
        raise NoSeat
    if guest.booth.code != code:
        raise NoBooth
    return _seat(guest)


def _member(principal, code: str) -> Seat:
    booth = Booth.objects.visible_to(principal).filter(code=code).first() if CODE.fullmatch(code) else None
    if booth is None:
        raise NoBooth
    member = Member.objects.select_related("person").get(id=principal.member_id)
    return _seat(Participant.sit_down(booth, member), principal.session_key)


def _seat(held: Participant, session_key: str = "") -> Seat:
    return Seat(held.booth_id, held.id, held.name, held.side, held.may_edit, session_key)


def still(seats: set[Seat]) -> dict[Seat, Seat]:
    """Of those seats the ones that are still held, each as it is now. Four queries, however many they are."""
    signed_in = members_of_sessions([seat.session_key for seat in seats if seat.session_key])
    ids = [seat.participant_id for seat in seats]
    held = {place.id: place for place in Participant.objects.seated().filter(_holding(), id__in=ids)}
    return {seat: _seat(place, seat.session_key) for seat in seats
            if (place := held.get(seat.participant_id))
            and (place.is_guest or place.member_id == signed_in.get(seat.session_key))}


def _holding() -> Q:
    """Members, and guests whose session and whose link still hold."""
    now = timezone.now()
    session = Q(session__isnull=False, session__revoked_at=None)
    link = Q(link__isnull=False, link__key__revoked_at=None)
    in_time = Q(session__expires_at=None) | Q(session__expires_at__gt=now)
    link_in_time = Q(link__key__expires_at=None) | Q(link__key__expires_at__gt=now)
    return Q(is_guest=False) | session & link & in_time & link_in_time


def states(booth_ids: list[int]) -> dict[int, bool]:
    """Of those booths the ones that are there: whether work goes on in them."""
    return {id: state == OPEN for id, state in Booth.objects.filter(id__in=booth_ids).values_list("id", "state")}
