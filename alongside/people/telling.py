"""Whether a text of other people, or of a program, tells of somebody: by a word of their name, or an address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from alongside.lib.text import fold
from alongside.people.models import Identity, Person

SHORTEST = 3  # letters of a name that count; of two ("Al"), every text would seem to tell of them
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Known:
    """Words of names and whole addresses, folded, by which somebody is told of."""

    names: frozenset[str]
    addresses: frozenset[str]

    def is_told_of(self, text: str) -> bool:
        """Whether one of them stands in `text`; a name as a whole word, where its script has spaces between them."""
        said = fold(text)
        words = set(_WORD.findall(said))
        return (any(name in words or (not name.isascii() and name in said) for name in self.names)
                or any(address in said for address in self.addresses))


def known_of(person_ids: Sequence[int]) -> Known:
    """By what the people with these ids, who are one cluster, are told of."""
    names = {word for names in Person.objects.filter(id__in=person_ids).values_list("called", "full_name")
             for name in names for word in _WORD.findall(fold(name))}
    reached = Identity.objects.filter(person__in=person_ids)
    addresses = {fold(value) for value in reached.values_list("value", flat=True)}
    return Known(frozenset(name for name in names if len(name) >= SHORTEST or not name.isascii()),
                 frozenset(address for address in addresses if len(address) > SHORTEST))
