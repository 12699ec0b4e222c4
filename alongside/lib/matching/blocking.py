"""Which two are worth comparing: those who share one of several keys, so that nobody is compared with everybody."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from alongside.lib.matching.numbers import of_key, signed
from alongside.lib.matching.plain import HOME, Plain
from alongside.lib.nicknames import NAMES
from alongside.lib.sounding import sounds

LARGEST = 40  # a block of more people is cut by what else is known of them, or left to the other keys
NOTHING = 0
CUT = -1  # the kind of what cuts a block, among keys that are kept
REACHED = ("national", "email", "phone", "card", *HOME)


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
        person.email.partition("@")[0] or None,
        f"{heard}|{born[4:]}|{family[:1]}" if heard and len(born) == 8 else None,
        person.card or None,
    )


def refined(person: Plain) -> str | None:
    """What cuts a block that is too large: the year of birth, else the postcode, the city or the street."""
    more = person.born[:4] or person.postcode[:3] or person.city or person.street
    return more or None


def formal(given: str) -> str:
    """One name for a given name and its short forms, so far as it has one group only; else how it sounds."""
    groups = NAMES.get(given)
    return f"#{min(groups)}" if groups and len(groups) == 1 else sounds(given)


class Rows(NamedTuple):
    """Everyone as they are written first, in order, then what else is known of some: `owners` says of whom."""

    people: int
    written: list[Plain]
    owners: array


class Kind(NamedTuple):
    """One kind of key: every row's as a number, and the blocks of rows that share one, laid end to end."""

    column: array
    members: array
    ends: array


class Blocks(NamedTuple):
    """Who shares a key with whom."""

    rows: Rows
    kinds: list[Kind]


def rows(people: Sequence[Plain]) -> Rows:
    """Everyone, with a row more for each older home or further number."""
    owners, further = array("i"), []
    for at, person in enumerate(people):
        for older in person.older:
            owners.append(at)
            further.append(_as_written(person, older))
    return Rows(len(people), [*people, *further], owners)


def _as_written(person: Plain, older: Plain) -> Plain:
    """The person with what an older writing says instead of what is said now."""
    said = {field: value for field in REACHED if (value := getattr(older, field))}
    return person._replace(**(dict.fromkeys(HOME, "") if older.street or older.city else {}) | said)


def numbers(all_rows: Rows) -> list[array]:
    """For each kind of key, the key of every row as a number; NOTHING where it is unknown."""
    found = [array("q", bytes(8 * len(all_rows.written))) for _ in keys(Plain(*[""] * len(Plain._fields)))]
    for at, row in enumerate(all_rows.written):
        for kind, key in enumerate(keys(row)):
            if key:
                found[kind][at] = of_key(kind, key)
    return found


def kept(all_rows: Rows, columns: list[array]) -> Iterator[list[int]]:
    """The keys of each person as a database keeps them, for looking up one alone. What cuts a block is among them."""
    further: dict[int, list[int]] = {}
    for row, owner in enumerate(all_rows.owners, all_rows.people):
        further.setdefault(owner, []).append(row)
    for at, person in enumerate(all_rows.written[:all_rows.people]):
        theirs = {signed(key) for row in (at, *further.get(at, ())) for column in columns if (key := column[row])}
        yield sorted(theirs | {kept_cut(person)} - {None})


def kept_of(person: Plain) -> list[int]:
    """The same of one person alone."""
    alone = rows([person])
    return next(kept(alone, numbers(alone)))


def kept_cut(person: Plain) -> int | None:
    """What cuts a block that is too large, as it stands among the keys that are kept."""
    more = refined(person)
    return signed(of_key(CUT, more)) if more else None


def blocks(all_rows: Rows, columns: list[array]) -> Blocks:
    """For each kind of key, who shares one. The columns change: what a row repeats of its person goes."""
    for row, owner in enumerate(all_rows.owners, all_rows.people):
        for column in columns:
            if column[row] == column[owner]:
                column[row] = NOTHING
    return Blocks(all_rows, [_laid(column, all_rows.written) for column in columns])


def _laid(column: array, rows: Sequence[Plain]) -> Kind:
    shared: dict[int, list[int]] = {key: [] for key, count in Counter(column).items() if count > 1 and key != NOTHING}
    for at, key in enumerate(column):
        if key in shared:
            shared[key].append(at)
    found = [part for block in shared.values() for part in ([block] if len(block) <= LARGEST else _cut(block, rows))]
    numbers, members, ends = array("i", bytes(4 * len(column))), array("i"), array("i")
    for number, block in enumerate(found, 1):
        members.extend(block)
        ends.append(len(members))
        for at in block:
            numbers[at] = number
    return Kind(numbers, members, ends)


def _cut(block: list[int], rows: Sequence[Plain]) -> list[list[int]]:
    """A block that is too large in parts; what is too large even so is left to the other keys."""
    parts: dict[str, list[int]] = {}
    for at in block:
        if more := refined(rows[at]):
            parts.setdefault(more, []).append(at)
    return [part for part in parts.values() if 1 < len(part) <= LARGEST]


def pairs(found: Blocks, share: int = 0, shares: int = 1) -> Iterator[tuple[int, int]]:
    """Every two people who share a key, once each; `share` of `shares` yields the part that is one worker's.

    Only two who meet by what else is known of one of them may come in several shares.
    """
    met: set[tuple[int, int]] = set()
    for kind, (_column, members, ends) in enumerate(found.kinds):
        before = [earlier.column for earlier in found.kinds[:kind]]
        for number in range(share, len(ends), shares):
            block = members[ends[number - 1] if number else 0:ends[number]].tolist()
            for second in range(1, len(block)):
                other = block[second]
                if other >= found.rows.people:
                    yield from _further(found, other, block[:second], met)
                    continue
                told = [(column, key) for column in before if (key := column[other])]
                for one in block[:second]:
                    for column, key in told:
                        if column[one] == key:
                            break
                    else:
                        yield one, other


def _further(found: Blocks, row: int, block: list[int], met: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Whoever meets somebody by what else is known of them, and not by what is said first of both."""
    people, owners = found.rows.people, found.rows.owners
    owner = owners[row - people]
    for other in block:
        person = other if other < people else owners[other - people]
        pair = min(owner, person), max(owner, person)
        if person == owner or pair in met:
            continue
        met.add(pair)
        if not any(kind.column[owner] == kind.column[person] != NOTHING for kind in found.kinds):
            yield pair
