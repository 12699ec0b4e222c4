"""What to do with two records: they are the same, a person should be asked, or they are two.

Bits alone do not make two records one. A household shares surname, address, phone and mail; a twin shares the birthday
too, a father the whole name. "Same" therefore wants agreement in what belongs to
one human only, and nothing against it.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from alongside.lib.matching import comparing as c

SAME, ASK, DIFFERENT, REACHED = "same", "ask", "different", "reached"
SAME_FROM, ASK_FROM, SHARED_MOST = 10.0, -4.0, 12.0


class Judgement(NamedTuple):
    """What is thought of two records: the score in bits (0: as likely as not), and the bits of every field."""

    level: str
    score: float
    levels: tuple[int, ...]
    bits: list[float]


def judge(start: float, levels: tuple[int, ...], bits: list[float]) -> Judgement:
    """The judgement on two records at these levels, which `by_themselves` and how they are reached allow."""
    score = start + sum(bits) - _said_twice(bits)
    if score < ASK_FROM:
        return Judgement(DIFFERENT, score, levels, bits)
    sure = score >= SAME_FROM and _nothing_against(levels) and _enough(levels)
    return Judgement(SAME if sure else ASK, score, levels, bits)


def _said_twice(bits: Sequence[float]) -> float:
    """What agreements say that come together anyway: a street has its postcode, a household its phone."""
    _given, _surname, _born, _number, mail, phone, street, area, locality, card = bits
    most = max(street, area, locality)
    place = street + area + locality - most
    shared = (mail if mail > 0 else 0.0) + (phone if phone > 0 else 0.0) + card + most - 2 * SHARED_MOST
    return (place * 0.4 if place > 0 else 0.0) + (shared * 0.5 if shared > 0 else 0.0)


@lru_cache(maxsize=10_000)
def by_themselves(given: int, surname: int, born: int, number: int) -> str:
    """What the levels of names, birthday and number alone allow: ASK, DIFFERENT, or REACHED: only if more agrees.

    An address, shared by many, suggests nobody: something that belongs to one human must agree.
    """
    if number in c.AGREES or born == c.EXACT:
        return ASK
    if born in c.AGREES:
        return ASK if given != c.OTHER else DIFFERENT
    if born == c.OTHER and given not in c.AGREES:
        return DIFFERENT
    if given in (c.MISSING, c.OTHER):
        return ASK if given == c.MISSING and surname in c.AGREES and born != c.OTHER else DIFFERENT
    return ASK if surname != c.OTHER else REACHED


def _nothing_against(levels: Sequence[int]) -> bool:
    """False for what tells two humans apart: another given name, birthday or number of an authority."""
    if levels[c.NATIONAL] in (c.OTHER, c.ALIKE):
        return False
    known = levels[c.NATIONAL] in (c.EXACT, c.NEAR)
    if levels[c.BORN] in (c.OTHER, c.ALIKE) and levels[c.NATIONAL] != c.EXACT:
        return False
    if levels[c.GIVEN] in (c.OTHER, c.ALIKE, c.INITIAL) and not known:
        return False
    if levels[c.GIVEN] == c.OTHER and levels[c.BORN] not in c.AGREES:
        return False
    return not (levels[c.SURNAME] == c.OTHER and not known and levels[c.BORN] not in c.AGREES)


def _enough(levels: Sequence[int]) -> bool:
    """Whether two things agree that belong to one human, or the whole name and how or where they are reached."""
    given, born, number = (levels[field] in c.AGREES for field in (c.GIVEN, c.BORN, c.NATIONAL))
    if given + born + number >= 2:
        return True
    if not (given or number) or levels[c.SURNAME] not in c.AGREES:
        return False
    if number or c.EXACT in (levels[c.EMAIL], levels[c.CARD]):
        return True
    home = levels[c.STREET] in (c.EXACT, c.NEAR) and levels[c.AREA] in (c.EXACT, c.NEAR, c.MISSING)
    return (home or levels[c.PHONE] == c.EXACT) and c.OTHER not in (levels[c.EMAIL], levels[c.PHONE])
