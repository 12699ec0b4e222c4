"""How well two records agree, field by field, as one of a few levels."""

from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from alongside.lib.matching.plain import Plain
from alongside.lib.nicknames import may_be
from alongside.lib.sounding import sounds

MISSING, EXACT, NEAR, ALIKE, OTHER, NICKNAME, INITIAL, SWAPPED = range(8)
LEVELS = ("missing", "exact", "near", "alike", "other", "nickname", "initial", "swapped")
GIVEN, SURNAME, BORN, NATIONAL, EMAIL, PHONE, STREET, AREA, LOCALITY = range(9)
COMPARED = ("given_name", "surname", "date_of_birth", "national_id", "email", "phone", "street", "area", "locality")
AGREES = frozenset((EXACT, NEAR, NICKNAME, SWAPPED))

_CLOSE = (EXACT, NEAR)

similar, edits = JaroWinkler.similarity, OSA.distance


def compare(a: Plain, b: Plain) -> tuple[int, ...]:
    """The level of every field in COMPARED."""
    given, surname = names(a, b)
    return (given, surname, born(a.born, b.born), number(a.national, b.national), mail(a.email, b.email),
            telephone(a.phone, b.phone), street(a, b), area(a, b), text(a.locality, b.locality))


def names(a: Plain, b: Plain) -> tuple[int, int]:
    """Levels of given name and surname: looked at together, for they are often swapped."""
    one, other = a.given or a.nickname, b.given or b.nickname
    given, surname = name(one, other), name(a.surname, b.surname)
    if given in (OTHER, ALIKE) and (a.nickname or b.nickname):
        given = min(given, known_as(a, b), key=_best)
    if given in (OTHER, MISSING) and surname in (OTHER, MISSING):
        crossed = name(one, b.surname), name(a.surname, other)
        if all(level in _CLOSE for level in crossed):
            return SWAPPED, SWAPPED
        if given == MISSING and surname == MISSING and any(level in _CLOSE for level in crossed):
            return MISSING, NEAR
    return given, NEAR if surname == NICKNAME else surname


def known_as(a: Plain, b: Plain) -> int:
    """NICKNAME where one's nickname is the other's name or nickname."""
    called = {a.given, a.nickname} & {b.given, b.nickname} - {""}
    linked = called or may_be(a.nickname, b.given) or may_be(b.nickname, a.given)
    return NICKNAME if linked else OTHER


def _best(level: int) -> int:
    return 99 if level == OTHER else level


@lru_cache(maxsize=300_000)
def name(a: str, b: str) -> int:
    """The level of two names."""
    if not a or not b:
        return MISSING
    if a == b:
        return EXACT
    first, second = a.replace(" ", ""), b.replace(" ", "")
    if len(first) == 1 or len(second) == 1:
        return INITIAL if first[0] == second[0] else OTHER
    if may_be(a, b):
        return NICKNAME
    likeness, longer = similar(first, second), max(len(first), len(second))
    if likeness >= 0.92 or (longer >= 4 and edits(first, second) <= 1):
        return NEAR
    if likeness >= 0.86 or sounds(first) == sounds(second) or set(a.split()) & set(b.split()):
        return ALIKE
    if longer >= 5 and edits(first, second) <= 2:
        return ALIKE
    return OTHER


def born(a: str, b: str) -> int:
    """The level of two dates: a typing error, day and month swapped, or two of three parts the same."""
    if not a or not b:
        return MISSING
    if a == b:
        return EXACT
    if len(a) != 8 or len(b) != 8:
        return ALIKE if a[:4] == b[:4] else OTHER
    if a[:4] == b[:4] and a[4:6] == b[6:] and a[6:] == b[4:6]:
        return SWAPPED
    if edits(a, b) <= 1:
        return NEAR
    parts = (a[:4] == b[:4]) + (a[4:6] == b[4:6]) + (a[6:] == b[6:])
    return ALIKE if parts == 2 else OTHER


def number(a: str, b: str) -> int:
    """The level of two numbers of an authority."""
    if not a or not b:
        return MISSING
    if a == b:
        return EXACT
    if min(len(a), len(b)) < 5:
        return OTHER
    away = edits(a, b)
    return NEAR if away <= 1 else ALIKE if away == 2 else OTHER


def mail(a: str, b: str) -> int:
    """The level of two mail addresses."""
    if not a or not b:
        return MISSING
    if a == b:
        return EXACT
    if a.partition("@")[0] == b.partition("@")[0] and a.index("@") >= 5:
        return ALIKE
    return NEAR if len(a) >= 10 and edits(a, b) <= 1 else OTHER


def telephone(a: str, b: str) -> int:
    """The level of two phone numbers."""
    if not a or not b:
        return MISSING
    if a == b:
        return EXACT
    return NEAR if min(len(a), len(b)) >= 6 and edits(a, b) <= 1 else OTHER


def street(a: Plain, b: Plain) -> int:
    """The level of street and house together."""
    if not a.street or not b.street:
        return MISSING
    houses = a.house == b.house and a.house != ""
    if a.street == b.street:
        return EXACT if houses else NEAR if not a.house or not b.house or edits(a.house, b.house) <= 1 else ALIKE
    if similar(a.street, b.street) >= 0.9 or edits(a.street, b.street) <= 2:
        return NEAR if houses else ALIKE
    if (a.locality and text(a.locality, b.street) in _CLOSE) or (b.locality and text(b.locality, a.street) in _CLOSE):
        return NEAR if houses else ALIKE
    return OTHER


def area(a: Plain, b: Plain) -> int:
    """The level of postcode and city together."""
    if not (a.postcode and b.postcode) and not (a.city and b.city):
        return MISSING
    codes = a.postcode == b.postcode and a.postcode != ""
    cities = text(a.city, b.city)
    if codes and cities in (EXACT, MISSING) or cities == EXACT and not (a.postcode and b.postcode):
        return EXACT
    if codes or cities == EXACT:
        return NEAR
    if cities == NEAR or (len(a.postcode) == len(b.postcode) > 2 and edits(a.postcode, b.postcode) <= 1):
        return ALIKE
    return OTHER


def text(a: str, b: str) -> int:
    """The level of two words of a place."""
    if not a or not b:
        return MISSING
    if a == b:
        return EXACT
    first, second = a.replace(" ", ""), b.replace(" ", "")
    likeness = similar(first, second)
    return NEAR if likeness >= 0.9 or edits(first, second) <= 1 else ALIKE if likeness >= 0.82 else OTHER
