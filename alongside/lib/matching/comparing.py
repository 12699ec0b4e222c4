"""How well two records agree, field by field, as one of a few levels."""

from collections.abc import Callable
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import OSA, JaroWinkler

from alongside.lib.matching.plain import HOME, Plain
from alongside.lib.nicknames import may_be
from alongside.lib.sounding import sounds

MISSING, EXACT, NEAR, ALIKE, OTHER, NICKNAME, INITIAL, SWAPPED = range(8)
LEVELS = ("missing", "exact", "near", "alike", "other", "nickname", "initial", "swapped")
GIVEN, SURNAME, BORN, NATIONAL, EMAIL, PHONE, STREET, AREA, LOCALITY, CARD = range(10)
COMPARED = ("given_name", "surname", "date_of_birth", "national_id", "email", "phone", "street", "area", "locality",
            "card")
AGREES = frozenset((EXACT, NEAR, NICKNAME, SWAPPED))

_CLOSE = (EXACT, NEAR)
_FAR = {EXACT: 0, NEAR: 1, ALIKE: 2}

similar, edits = JaroWinkler.similarity, OSA.distance


def compare(a: Plain, b: Plain) -> tuple[int, ...]:
    """The level of every field in COMPARED."""
    return themselves(a, b) + reached(a, b)


def themselves(a: Plain, b: Plain) -> tuple[int, int, int, int]:
    """The levels of what belongs to one human: names, birthday, number of an authority."""
    one, other = a.born, b.born
    day = MISSING if not one or not other else EXACT if one == other else born(one, other)
    return (*names(a, b), day, number(a.national, b.national) if a.national and b.national else MISSING)


def reached(a: Plain, b: Plain) -> tuple[int, ...]:
    """The levels of the others: how and where they are reached."""
    return (mail(a.email, b.email) if a.email and b.email else MISSING,
            telephone(a.phone, b.phone) if a.phone and b.phone else MISSING,
            street(a, b) if a.street and b.street else MISSING, area(a, b),
            text(a.locality, b.locality) if a.locality and b.locality else MISSING,
            EXACT if a.card == b.card != "" else MISSING)  # one may have several cards: another says nothing


def reached_alike(a: Plain, b: Plain) -> bool:
    """Whether mail, phone or card are the same, or the home nearly."""
    return (a.email == b.email != "" or a.phone == b.phone != "" or a.card == b.card != ""
            or bool(a.street and b.street) and street(a, b) in AGREES)


def closest(a: Plain, b: Plain) -> tuple[Plain, Plain]:
    """Both as they agree best: of all their numbers and addresses the two of a kind that are nearest.

    Where none agree the first of each stay: that older ones differ says nothing against.
    """
    mine, theirs = {}, {}
    for fields, far in _SEVERAL:
        one, other = min(product((a, *a.older), (b, *b.older)), key=far)
        mine |= {field: getattr(one, field) for field in fields}
        theirs |= {field: getattr(other, field) for field in fields}
    return a._replace(**mine), b._replace(**theirs)


def _far(field: str, level: Callable[[str, str], int]) -> Callable[[tuple[Plain, Plain]], int]:
    """How far two are from one another in a field: 0 the same, 3 another, or nothing known."""
    def far(pair: tuple[Plain, Plain]) -> int:
        one, other = getattr(pair[0], field), getattr(pair[1], field)
        return _FAR.get(level(one, other), 3) if one and other else 3

    return far


def _homes_apart(pair: tuple[Plain, Plain]) -> int:
    a, b = pair
    return (_FAR.get(street(a, b), 3) if a.street and b.street else 3) + _FAR.get(area(a, b), 3)


def names(a: Plain, b: Plain) -> tuple[int, int]:
    """Levels of given name and surname: looked at together, for they are often swapped."""
    one, other = a.given or a.nickname, b.given or b.nickname
    given = EXACT if one == other != "" else given_name(one, other)
    surname = EXACT if a.surname == b.surname != "" else name(a.surname, b.surname)
    if given in (OTHER, ALIKE) and (a.nickname or b.nickname):
        given = min(given, known_as(a, b), key=_best)
    if given in (OTHER, MISSING) and surname in (OTHER, MISSING):
        crossed = name(one, b.surname), name(a.surname, other)
        if all(level in _CLOSE or level == NICKNAME for level in crossed):
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


def name(a: str, b: str) -> int:
    """The level of two names."""
    if not a or not b:
        return MISSING
    if a == b:
        return EXACT
    first, second, shared = a, b, False
    if " " in a or " " in b:
        first, second = a.replace(" ", ""), b.replace(" ", "")
        shared = not set(a.split()).isdisjoint(b.split())
    if len(first) == 1 or len(second) == 1:
        return INITIAL if first[0] == second[0] else OTHER
    if may_be(a, b):
        return NICKNAME
    likeness, longer = similar(first, second, score_cutoff=0.85), max(len(first), len(second))
    away = edits(first, second, score_cutoff=2)
    if likeness >= 0.92 or (longer >= 4 and away <= 1):
        return NEAR
    if likeness >= 0.86 or shared or (longer >= 5 and away <= 2) or sounds(first) == sounds(second):
        return ALIKE
    return OTHER


given_name = lru_cache(maxsize=300_000)(name)  # few are given; the pairs of surnames are too many to keep


def born(a: str, b: str) -> int:
    """The level of two different dates: a typing error, day and month swapped, or two of three parts the same."""
    if len(a) != 8 or len(b) != 8:
        return ALIKE if a[:4] == b[:4] else OTHER
    year = a[:4] == b[:4]
    parts = year + (a[4:6] == b[4:6]) + (a[6:] == b[6:])
    if not parts:
        return OTHER
    if year and a[4:6] == b[6:] and a[6:] == b[4:6]:
        return SWAPPED
    return NEAR if edits(a, b, score_cutoff=1) <= 1 else ALIKE if parts == 2 else OTHER


def number(a: str, b: str) -> int:
    """The level of two numbers of an authority."""
    if a == b:
        return EXACT
    if min(len(a), len(b)) < 5:
        return OTHER
    away = edits(a, b)
    return NEAR if away <= 1 else ALIKE if away == 2 else OTHER


def mail(a: str, b: str) -> int:
    """The level of two mail addresses."""
    if a == b:
        return EXACT
    if a[:5] == b[:5] and a.partition("@")[0] == b.partition("@")[0] and a.index("@") >= 5:
        return ALIKE
    return NEAR if len(a) >= 10 and -2 < len(a) - len(b) < 2 and edits(a, b) <= 1 else OTHER


def telephone(a: str, b: str) -> int:
    """The level of two phone numbers."""
    if a == b:
        return EXACT
    return NEAR if min(len(a), len(b)) >= 6 and edits(a, b) <= 1 else OTHER


def street(a: Plain, b: Plain) -> int:
    """The level of street and house together."""
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


# Of what somebody may have several: the fields that belong together, and how far two are from one another in them.
_SEVERAL = (
    (("national",), _far("national", number)), (("email",), _far("email", mail)),
    (("phone",), _far("phone", telephone)),
    (("card",), _far("card", lambda one, other: EXACT if one == other else OTHER)), (HOME, _homes_apart),
)
