"""The list of people by name: a page at a time, by key, or by the beginnings of a name or an address."""

from django.db.models import Q

from alongside.lib.keyset import make_name_cursor, read_name_cursor
from alongside.people.gathering import gather
from alongside.people.models import Person

SIZE = 50
SALT = "people"  # a cursor of another list leads nowhere in this one


def page(principal, cursor: str | None = None, size: int = SIZE) -> tuple[list[Person], str | None]:
    """One page of everyone whom `principal` may see, by name, and the cursor of the next. Raises BadCursor."""
    people = Person.objects.visible_to(principal).standing()
    place = read_name_cursor(cursor, SALT)
    if place:
        name, id = place
        people = people.filter(sort_key__gte=name).filter(Q(sort_key__gt=name) | Q(id__gt=id))
    found = gather(people.order_by("sort_key", "id")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return found[:size], make_name_cursor(last.sort_key, last.id, SALT) if last else None


def beginning_with(principal, words: str, limit: int = SIZE) -> list[Person]:
    """Up to `limit` people of whom every word of `words` begins a name or an address."""
    return gather(Person.objects.visible_to(principal).beginning_with(words, limit))

