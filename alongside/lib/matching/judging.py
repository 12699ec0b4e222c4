"""What to do with two records: they are the same, a person should be asked, or they are two.

Bits alone do not make two records one. A household shares surname, address, phone and mail; a twin shares the birthday
too, a father the whole name. "Same" therefore wants agreement in what belongs to
one human only, and nothing against it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from alongside.lib.matching import comparing as c

SAME, ASK, DIFFERENT = "same", "ask", "different"
SAME_FROM, ASK_FROM, SHARED_MOST = 10.0, -4.0, 12.0
SHARED = (c.SURNAME, c.EMAIL, c.PHONE, c.STREET, c.AREA, c.LOCALITY)
PLACE = (c.STREET, c.AREA, c.LOCALITY)


class Judgement(NamedTuple):
    """What is thought of two records: the score in bits (0: as likely as not), and the bits of every field."""

    level: str
    score: float
    levels: tuple[int, ...]
    bits: list[float]


def judge(start: float, levels: tuple[int, ...], bits: list[float]) -> Judgement:
    """The judgement on two records at these levels."""
    score = start + sum(bits) - _said_twice(bits)
    if score < ASK_FROM or not _one_human(levels):
        return Judgement(DIFFERENT, score, levels, bits)
    sure = score >= SAME_FROM and _nothing_against(levels) and _enough(levels)
    return Judgement(SAME if sure else ASK, score, levels, bits)


def _said_twice(bits: Sequence[float]) -> float:
    """What agreements say that come together anyway: a street has its postcode, a household its phone."""
    place = max(0.0, sum(bits[field] for field in PLACE) - max(bits[field] for field in PLACE))
    shared = sum(max(0.0, bits[field]) for field in (c.PHONE, c.EMAIL)) + max(bits[field] for field in PLACE)
    return place * 0.4 + max(0.0, shared - 2 * SHARED_MOST) * 0.5


def _one_human(levels: Sequence[int]) -> bool:
    """Whether anything that belongs to one human agrees at all: an address, shared by many, suggests nobody."""
    if levels[c.NATIONAL] in c.AGREES or levels[c.BORN] == c.EXACT:
        return True
    if levels[c.BORN] in c.AGREES:
        return levels[c.GIVEN] != c.OTHER
    if levels[c.BORN] == c.OTHER and levels[c.GIVEN] not in c.AGREES:
        return False
    if levels[c.GIVEN] in (c.MISSING, c.OTHER):
        return levels[c.GIVEN] == c.MISSING and levels[c.SURNAME] in c.AGREES and levels[c.BORN] != c.OTHER
    return levels[c.SURNAME] != c.OTHER or levels[c.EMAIL] == c.EXACT or levels[c.PHONE] == c.EXACT or (
        levels[c.STREET] in c.AGREES)


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
    if number or levels[c.EMAIL] == c.EXACT:
        return True
    home = levels[c.STREET] in (c.EXACT, c.NEAR) and levels[c.AREA] in (c.EXACT, c.NEAR, c.MISSING)
    return (home or levels[c.PHONE] == c.EXACT) and c.OTHER not in (levels[c.EMAIL], levels[c.PHONE])
