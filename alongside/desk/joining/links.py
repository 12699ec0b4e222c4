"""One-time links that sign a member in: made at the machine itself, opened by a press, never by a look."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from alongside.keys.models import Key
from alongside.members.models import Member

LASTS = timedelta(hours=1)


def make_link(member: Member) -> str:
    """A fresh address that signs `member` in once within the hour; earlier ones end."""
    with transaction.atomic():
        for earlier in Key.objects.alive().filter(purpose="sign_in", subject=member.person_id):
            earlier.revoke(by=None)
        _key, token = Key.issue("sign_in", subject=member.person, lasts=LASTS, uses=1)
    return settings.PUBLIC_URL + reverse("come_in", args=[token])


def look_at(token: str) -> Member | None:
    """The member that `token` would sign in, without spending it; None when it opens nothing."""
    return _member_of(Key.objects.find(token, "sign_in"))


def spend(token: str) -> Member | None:
    """The member that `token` signs in, once; None when it opens nothing (any more)."""
    return _member_of(Key.objects.spend(token, "sign_in"))


def _member_of(key: Key | None) -> Member | None:
    if key is None or key.subject_id is None:
        return None
    return Member.objects.select_related("person").filter(person=key.subject_id, is_active=True).first()
