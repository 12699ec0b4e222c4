"""Which two are worth comparing: those who share one of several keys, so that nobody is compared with everybody."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from alongside.lib.matching.numbers import of_key, signed
from alongside.lib.matching.plain import Plain
from alongside.lib.nicknames import NAMES
from alongside.lib.sounding import sounds

LARGEST = 40  # a block of more people is cut by what else is known of them, or left to the other keys
NOTHING = 0
CUT = -1  # the kind of what cuts a block, among keys that are kept


def keys(person: Plain) -> tuple:
    """The keys of one person, None where too little is known; each place in the tuple is one kind of key."""
    given, surname = person.given or person.nickname, person.surname
    heard, family = sounds(given), sounds(surname)
    born, code, home = person.born, person.postcode, person.street
    first = min(given[:1], surname[:1]) if given and surname else given[:1] or surname[:1]
    both = "|".join(sorted((heard, family))) if heard and family else None
    door = f"{person.house}|{home}" if person.house and home else None
    return (
        person.national or None,
        person.email or None,
        person.phone or None,
        f"{born}|{first}" if born and first else None,
        both,
        f"{born}|{code or person.city}" if born and (code or person.city) else None,
        f"{door}|{code[:2]}|{first}" if door else None,
        f"{formal(given)}|{code}" if given and code else None,
        f"{family}|{code}" if family and code else None,
        f"{formal(given)}|{born[:6]}" if given and born else None,
        f"{family}|{born[:6]}" if family and born else None,
        f"{family}|{formal(given)}" if family and given else None,
        f"{formal(given)}|{home[:8]}" if given and home else None,
        f"{family}|{home[:8]}" if family and home else None,
        f"{person.email.partition('@')[0]}" if person.email else None,
        f"{heard}|{born[4:]}|{family[:1]}" if heard and len(born) == 8 else None,
    )


def refined(person: Plain) -> str | None:
    """What cuts a block that is too large: the year of birth, else the postcode, the city or the street."""
    more = person.born[:4] or person.postcode[:3] or person.city or person.street
    return more or None


def formal(given: str) -> str:
    """One name for a given name and its short forms, so far as it has one group only; else how it sounds."""
    groups = NAMES.get(given)
    return f"#{min(groups)}" if groups and len(groups) == 1 else sounds(given)


def numbers(people: Sequence[Plain]) -> list[array]:
    """For each kind of key, the key of everyone as a number; NOTHING where it is unknown."""
    kinds = len(keys(Plain(*[""] * len(Plain._fields))))
    found = [array("q", bytes(8 * len(people))) for _ in range(kinds)]
    for at, person in enumerate(people):
        for kind, key in enumerate(keys(person)):
            if key:
                found[kind][at] = of_key(kind, key)
    return found


def cut(found: list[array], people: Sequence[Plain]) -> list[array]:
    """The same columns, in place, with NOTHING too where so many share a key that it does not help."""
    for column in found:
        _cut(column, people)
    return found


def kept(found: list[array], people: Sequence[Plain], places: Iterable[int]) -> list[int]:
    """The keys of one person, who has the records at `places`, as a database keeps them: for looking up one alone.

    `found` is of `numbers`. What cuts a block is among them.
    """
    theirs = {signed(column[at]) for column in found for at in places if column[at] != NOTHING}
    return sorted(theirs | {kept_cut(people[at]) for at in places} - {None})


def kept_cut(person: Plain) -> int | None:
    """What cuts a block that is too large, as it stands among the keys that are kept."""
    more = refined(person)
    return signed(of_key(CUT, more)) if more else None


def _cut(column: array, people: Sequence[Plain]) -> None:
    large = {key for key, count in Counter(column).items() if count > LARGEST and key != NOTHING}
    if not large:
        return
    for at, key in enumerate(column):
        if key in large:
            more = refined(people[at])
            column[at] = of_key(key, more) if more else NOTHING
    large = {key for key, count in Counter(column).items() if count > LARGEST and key != NOTHING}
    for at, key in enumerate(column):
        if key in large:
            column[at] = NOTHING


def pairs(found: list[array], share: int = 0, shares: int = 1) -> Iterator[tuple[int, int]]:
    """Every two who share a key, once each; `share` of `shares` yields the part that is one worker's."""
    for kind, column in enumerate(found):
        blocks: dict[int, list[int]] = {}
        for at, key in enumerate(column):
            if key != NOTHING and key % shares == share:
                blocks.setdefault(key, []).append(at)
        before = found[:kind]
        for block in blocks.values():
            for second in range(1, len(block)):
                other = block[second]
                for first in range(second):
                    one = block[first]
                    for earlier in before:
                        if earlier[one] == earlier[other] != NOTHING:
                            break
                    else:
                        yield one, other
