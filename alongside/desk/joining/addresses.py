"""Signing in with another address: asked for by the member, proved by a link that went there, told to the old one."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from alongside.keys.models import Key
from alongside.lib import letters
from alongside.members.models import Member
from alongside.members.zones import language_of

PURPOSE = "new_address"
LASTS = timedelta(hours=1)


class Taken(Exception):
    """Another member signs in with that address by now."""


def ask(member: Member, email: str) -> bool:
    """Write a link to the new address, good once within the hour, and a word to the old one; earlier links end.

    True when the link could be handed over. Nothing changes until the link is pressed.
    """
    email = email.strip().lower()
    with transaction.atomic():
        for earlier in Key.objects.alive().filter(purpose=PURPOSE, subject=member.person_id):
            earlier.revoke(by=member.person)
        held = {"from": member.email, "to": email}
        _key, token = Key.issue(PURPOSE, by=member.person, subject=member.person, lasts=LASTS, uses=1, data=held)
    with override(language_of(member.language) or get_language()):
        sent = letters.send(to=email, subject=_("Is this your address?"), text=_(
            "Hello %(name)s,\n\nyou asked to sign in to Alongside with this address. Open this link within an hour, "
            "and press the button there:\n\n%(url)s\n\nIf it was not you, do nothing; then nothing changes."
        ) % {"name": member.name, "url": settings.PUBLIC_URL + reverse("new_address", args=[token])})  # fmt: skip
        _tell(member, member.email, _(
            "Hello %(name)s,\n\nsomebody, you we hope, asked to sign in to Alongside with %(email)s instead of this "
            "address. If it was not you, change your password now: %(url)s"
        ) % {"name": member.name, "email": email, "url": settings.PUBLIC_URL + reverse("account_change_password")})
    return sent


def look_at(token: str) -> tuple[Member, str] | None:
    """The member whom `token` concerns and their new address, without spending it; None when it opens nothing."""
    return _held_by(Key.objects.find(token, PURPOSE))


def spend(token: str) -> Member | None:
    """Change the address, once; None when the link opens nothing (any more). Raises Taken, and then it is spent not."""
    with transaction.atomic():
        held = _held_by(Key.objects.spend(token, PURPOSE))
        if held is None:
            return None
        member, email = held
        if Member.objects.select_for_update().exclude(pk=member.pk).filter(email__iexact=email).exists():
            raise Taken
        old = member.email
        member.sign_in_as(email, by=member.person, provenance="verified")
    with override(language_of(member.language) or get_language()):
        _tell(member, old, _(
            "Hello %(name)s,\n\nfrom now on you sign in to Alongside with %(email)s, and not with this address. If "
            "that was not you, tell an owner of your house at once."
        ) % {"name": member.name, "email": email})  # fmt: skip
    return member


def _held_by(key: Key | None) -> tuple[Member, str] | None:
    """Whom a key concerns: a link from before another change, or of someone who left, is worth nothing."""
    if key is None:
        return None
    member = Member.objects.select_related("person").filter(person=key.subject_id, is_active=True).first()
    return (member, key.data["to"]) if member and member.email == key.data["from"] else None


def _tell(member: Member, to: str, text: str) -> None:
    letters.send(to=to, subject=_("Your address for signing in"), text=text)
