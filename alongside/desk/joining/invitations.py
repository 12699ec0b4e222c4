"""Invitations: who may be asked in as what, sending, answering, taking back; and saying goodbye."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.keys.models import Key
from alongside.lib import letters
from alongside.members import roles
from alongside.members.models import Member, Organisation, Team
from alongside.members.zones import language_of

LASTS = timedelta(days=7)


class Closed(Exception):
    """The invitation does not open: used, over, taken back, or given by someone who may not give it any more."""


class AlreadyHere(Exception):
    """Somebody signs in with that address already; `member` says who."""

    def __init__(self, member: Member):
        super().__init__(member.id)
        self.member = member


def invite(*, email: str, role: str, teams, by: Member) -> tuple[Key, str]:
    """Invite `email` to serve as `role` in `teams`; returns the key and its token, shown this once.

    An earlier invitation to the same address ends. Raises AlreadyHere, and ValueError for a role that is not
    `by`'s to give.
    """
    email = email.strip().lower()
    if role not in roles.invitable(by.principal()):
        raise ValueError(f"{role} is not theirs to give")
    if here := Member.objects.select_related("person").filter(email=email).first():
        raise AlreadyHere(here)
    with transaction.atomic():
        for earlier in open_invitations().filter(data__email=email):
            earlier.revoke(by=by.person)
        data = {"email": email, "role": role, "teams": sorted(team.id for team in teams)}
        return Key.issue("invitation", by=by.person, lasts=LASTS, uses=1, name=email, data=data)


def invite_again(invitation: Key, *, by: Member) -> tuple[Key, str]:
    """A fresh link for the same person, also after the first one's days are over; the old one ends."""
    with transaction.atomic():
        invitation.revoke(by=by.person)
        held = invitation.data
        return invite(email=held["email"], role=held["role"], teams=Team.objects.filter(id__in=held["teams"]), by=by)


def open_invitations():
    """Invitations that may still be answered."""
    return Key.objects.alive().filter(purpose="invitation")


def look_at(token: str) -> Key:
    """The invitation behind `token`, without spending it. Raises Closed or AlreadyHere."""
    key = Key.objects.find(token, "invitation")
    _require_open(key)
    return key


def accept(token: str, *, called: str, full_name: str, password: str) -> Member:
    """Become a member: spends the invitation once. Raises Closed or AlreadyHere, and then nothing is spent."""
    with transaction.atomic():
        key = Key.objects.spend(token, "invitation")
        _require_open(key)
        held = key.data
        member = Member.welcome(
            email=held["email"],
            called=called,
            full_name=full_name,
            role=held["role"],
            password=password,
            by=key.issued_by,
            teams=Team.objects.filter(id__in=held["teams"]),
        )
        Key.objects.filter(id=key.id).update(subject=member.person)
    return member


def _require_open(key: Key | None) -> None:
    if key is None:
        raise Closed
    issuer = Member.objects.filter(person=key.issued_by_id).first() if key.issued_by_id else None
    if issuer is None or key.data["role"] not in roles.invitable(issuer.principal()):
        raise Closed
    if here := Member.objects.select_related("person").filter(email=key.data["email"]).first():
        raise AlreadyHere(here)


def link_of(token: str) -> str:
    """The address to hand over."""
    return settings.PUBLIC_URL + reverse("join", args=[token])


def write_to(email: str, token: str, *, by: Member) -> bool:
    """Send the invitation as a letter in the language of the house; True when the mail room took it."""
    organisation = Organisation.ours()
    house = organisation.name or "Alongside"
    with override(language_of(organisation.language) or settings.LANGUAGE_CODE):
        return letters.send(
            to=email,
            subject=_("%(name)s invites you to %(house)s") % {"name": by.name, "house": house},
            text=_(
                "Hello,\n\n%(name)s would like you to serve people at %(house)s with Alongside. "
                "Come in here within seven days, and choose how we call you:\n\n%(link)s\n\n"
                "The link is for you alone. If you do not know what this is about, do nothing."
            )
            % {"name": by.name, "house": house, "link": link_of(token)},
        )


def say_goodbye(member: Member, *, by) -> None:
    """Let a member go: signed out everywhere, and no key or invitation of theirs opens anything.

    Raises ValueError for the last owner.
    """
    with transaction.atomic():
        member.leave(by=by)
        theirs = Key.objects.alive().filter(purpose__in=["api", "invitation"], issued_by=member.person_id)
        links = Key.objects.alive().filter(purpose__in=["sign_in", "new_address"], subject=member.person_id)
        for key in [*theirs, *links]:
            key.revoke(by=by)
