"""A person's visit to their own page: a key of its own in a cookie of its own, apart from any member's session."""

from datetime import timedelta

from django.conf import settings

from alongside.keys.models import Key
from alongside.people.models import Person

PURPOSE = "my_session"
LASTS = timedelta(hours=4)
COOKIE, PATH = "alongside_my_page", "/my"


def open_for(person: Person) -> str:
    """Begin a visit; the token that stands for it."""
    _key, token = Key.issue(PURPOSE, by=person, subject=person, lasts=LASTS)
    return token


def person_of(token: str | None) -> Person | None:
    """Whose visit it is, as they stand now; None when it is over or never was."""
    key = Key.objects.find(token, PURPOSE) if token else None
    return key.subject.standing() if key and key.subject_id else None


def end(token: str | None) -> None:
    """End the visit now."""
    key = Key.objects.find(token, PURPOSE) if token else None
    if key:
        key.revoke(by=key.subject)


def end_all(person_ids: list[int]) -> None:
    """End every visit of theirs, and every link that has not been used."""
    Key.objects.filter(subject__in=person_ids).delete()


def give(response, token: str):
    """The answer, with the visit's cookie; only our pages below PATH are sent it, and no script reads it."""
    response.set_cookie(COOKIE, token, max_age=LASTS, path=PATH, httponly=True, samesite="Lax", secure=settings.HTTPS)
    return response


def take_away(response):
    """The answer, that makes the browser forget the visit."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response
