"""The list of people by name: a page at a time, by key, or by the beginnings of a name or an address."""

import base64
import binascii
import json

from django.core import signing
from django.db.models import Q

from alongside.lib.keyset import BadCursor
from alongside.people.gathering import gather
from alongside.people.models import Person

SIZE = 50


def page(principal, cursor: str | None = None, size: int = SIZE) -> tuple[list[Person], str | None]:
    """One page of everyone whom `principal` may see, by name, and the cursor of the next. Raises BadCursor."""
    people = Person.objects.visible_to(principal).standing()
    place = _read(cursor)
    if place:
        name, id = place
        people = people.filter(sort_key__gte=name).filter(Q(sort_key__gt=name) | Q(id__gt=id))
    found = gather(people.order_by("sort_key", "id")[: size + 1])
    more = len(found) > size
    return found[:size], _write(found[size - 1]) if more else None


def beginning_with(principal, words: str, limit: int = SIZE) -> list[Person]:
    """Up to `limit` people of whom every word of `words` begins a name or an address."""
    return gather(Person.objects.visible_to(principal).beginning_with(words, limit))


def _write(person: Person) -> str:
    raw = json.dumps([person.sort_key, person.id]).encode()
    return signing.Signer(salt="people").sign(base64.urlsafe_b64encode(raw).decode().rstrip("="))


def _read(text: str | None) -> tuple[str, int] | None:
    if not text:
        return None
    try:
        packed = signing.Signer(salt="people").unsign(text)
        name, id = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
        return str(name), int(id)
    except (signing.BadSignature, binascii.Error, ValueError, TypeError) as broken:
        raise BadCursor(text) from broken
