"""Whether two whole names may be one person's: typing errors, short forms, other scripts, other order, initials.

A name that only looks like another is another: two words that are both names of their own (Joan, John) never match by
their letters, only by what people make of names.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from rapidfuzz.distance import OSA

from alongside.lib.matching.judging import ASK, DIFFERENT, SAME
from alongside.lib.matching.plain import halves, words
from alongside.lib.matching.usual_names import GIVEN, SURNAMES
from alongside.lib.nicknames import NAMES, may_be
from alongside.lib.unvowelled import USUAL_LATIN, consonants, is_unvowelled, latin, may_be_written, together

SAME_FROM, ASK_FROM, MOST_WORDS = 0.7, 0.5, 5
PARTICLES = frozenset("van von der den de la le du da dos das del di el al bin ibn bint ben zu zur y e ter ten".split())
_TWICE = re.compile(r"(.)\1+")
_ENDING = re.compile(r"(?:off|ow)$|eff$")
_ENDINGS_OF_WOMEN = frozenset("a e ia ina ine ette etta elle ella".split())
_WRITINGS = [
    ("shch", "s"), ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("cz", "c"), ("sz", "s"),
    ("kh", "h"), ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("gi", "ji"),
    ("ph", "f"), ("th", "t"), ("ck", "k"), ("c", "k"),
    ("q", "k"), ("x", "ks"), ("w", "v"), ("dt", "t"), ("tz", "z"), ("ts", "z"),
    ("yu", "iu"), ("ju", "iu"), ("ya", "ia"),
    ("ja", "ia"), ("ye", "e"), ("je", "e"), ("y", "i"), ("j", "i"), ("ie", "i"), ("ei", "i"), ("ee", "i"), ("ou", "u"),
    ("oo", "u"), ("oe", "o"), ("ae", "a"), ("ue", "u"),
]


class Likeness(NamedTuple):
    """What is thought of two names: the level, how sure (0 to 1), and what was seen in words for a log."""

    level: str
    score: float
    why: tuple[str, ...]


def alike(a: str, b: str, common: Collection[str] = ()) -> Likeness:
    """What is thought of two names. `common` are further words known to be names of their own."""
    one, other = _words(a), _words(b)
    if not one or not other:
        return Likeness(DIFFERENT, 0.0, ("missing",))
    if sorted(one) == sorted(other):
        bare = len(one) == 1 or all(len(word) == 1 for word in one)
        return Likeness(ASK if bare else SAME, 0.6 if bare else 1.0, ("exact" if one == other else "swapped",))
    score, why = max((_grown_together(one, other), _matched(one, other, frozenset(common))), key=lambda each: each[0])
    return Likeness(SAME if score >= SAME_FROM else ASK if score >= ASK_FROM else DIFFERENT, score, why)


def common_words(names: Collection[str], often: int = 8) -> frozenset[str]:
    """The words that so many different names hold that none is a slip: names of their own."""
    counts: dict[str, int] = {}
    for name in set(names):
        for word in set(_words(name)):
            counts[word] = counts.get(word, 0) + 1
    return frozenset(word for word, count in counts.items() if count >= often)


@lru_cache(maxsize=50_000)
def _words(name: str) -> tuple[str, ...]:
    if is_unvowelled(name):
        before, comma, after = together(name).partition(",")
        found = [each for part in (f"{after} {before}" if comma else before).split()
                 for each in ([part] if is_unvowelled(part) else words(part).split())]
    else:
        found = " ".join(halves(name)).split()
    kept = [word for word in found if (latin(word) or word) not in PARTICLES]
    return tuple((kept if len(kept) > 1 else found)[:MOST_WORDS])


def _grown_together(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
    """Names of which one is written in fewer words: "Wangwei" and "Wei Wang"."""
    if len(one) == len(other) or max(len(one), len(other)) > 4:
        return 0.0, ()
    fewer, more = sorted((one, other), key=len)
    whole = {written("".join(order)) for order in permutations(fewer)}
    orders = {written("".join(order)) for order in permutations(more)}
    if min(map(len, whole)) < 6:
        return 0.0, ()
    if whole & orders:
        return 0.9, ("together",)
    near = len(fewer) == 1 and any(OSA.distance(x, y) <= 1 for x in whole for y in orders)
    return (0.72, ("together", "near")) if near else (0.0, ())


def _matched(one, other, common) -> tuple[float, tuple[str, ...]]:
    """The best way to lay the words of the shorter name on those of the longer one."""
    fewer, more = sorted((one, other), key=len)
    best: tuple[float, tuple[str, ...]] = (0.0, ())
    for order in permutations(range(len(more)), len(fewer)):
        score, why = 1.0, []
        for place, at in enumerate(order):
            last = place == len(fewer) - 1 or at == len(more) - 1
            likeness, kind = word(fewer[place], more[at], last, common)
            score *= likeness
            why.append(kind)
            if not score:
                break
        if score > best[0]:
            best = (score * _order(order, len(more)) * _left_over(fewer, more, order, why), tuple(why))
    return best


def _order(order: tuple[int, ...], size: int) -> float:
    """Given and family name may stand the other way round; any other order is less likely."""
    if list(order) == sorted(order):
        return 1.0
    turned = [order[place:] + order[:place] for place in range(1, len(order))]
    return 0.97 if any(list(each) == sorted(each) for each in turned) and size <= 3 else 0.85


def _left_over(fewer, more, order, why) -> float:
    """What names say that the other does not: a middle name weighs little, one word for a whole name much."""
    if len(fewer) == 1:
        return 0.55 if len(more) > 1 else 0.6
    if all(kind == "initial" for kind in why) or sum(len(word) > 1 for word in fewer) == 0:
        return 0.3
    ends = 0 in order and len(more) - 1 in order
    return 1.0 if len(fewer) == len(more) else 0.95 if ends else 0.8


def word(a: str, b: str, last: bool, common: Collection[str] = ()) -> tuple[float, str]:
    """How likely two words of names are one, and by what."""
    if a == b:
        return 1.0, "exact"
    if len(a) == 1 or len(b) == 1:
        return (0.8, "initial") if a[0] == b[0] else (0.0, "other")
    if is_unvowelled(a) or is_unvowelled(b):
        return _unvowelled(a, b, last, common)
    if may_be(a, b):
        return 0.95, "nickname"
    if written(a) == written(b):
        return (0.6 if own_name(a) and own_name(b) else 0.93), "alike"
    if own_name(a, common) and own_name(b, common):
        return 0.0, "other"
    if not last and _of_the_other_sex(a, b):
        return 0.0, "other"
    return _slip(a, b)


def _unvowelled(a: str, b: str, last: bool, common: Collection[str]) -> tuple[float, str]:
    """The likeness of two words of which one leaves vowels out: by its usual Latin writing, else by its consonants."""
    one, other = (latin(each).removeprefix("al ") or each for each in (a, b))
    usual = word(one, other, last, common) if not (is_unvowelled(one) or is_unvowelled(other)) else (0.0, "other")
    if is_unvowelled(a) and is_unvowelled(b):
        return max(usual, _slip(a, b))
    unvowelled, written_out = (a, b) if is_unvowelled(a) else (b, a)
    another = latin(unvowelled) != "" and (written_out in NAMES or written_out in GIVEN or written_out in USUAL_LATIN)
    if another or not may_be_written(unvowelled, written_out):
        return usual
    heard = consonants(unvowelled)  # few leave many vowels open
    return max(usual, (0.9 if heard > 2 else 0.84 if heard == 2 else 0.6, "consonants"))


def _slip(a: str, b: str) -> tuple[float, str]:
    """The likeness of two words of which one may be mistyped."""
    away = min(OSA.distance(a, b), OSA.distance(written(a), written(b)))
    shorter, first = min(len(a), len(b)), a[0] == b[0] or a[:2] == b[1::-1]
    if away == 1 and shorter >= 4:
        return (0.86, "near") if first or shorter >= 6 else (0.6, "near")
    if away == 1 and shorter == 3 and first:
        return 0.75, "near"
    if away == 2 and shorter >= 6 and first:
        return 0.78, "near"
    return 0.0, "other"


def own_name(a: str, common: Collection[str] = ()) -> bool:
    """True for a word that is a name of its own, so that it is no slip of another."""
    return a in NAMES or a in GIVEN or a in SURNAMES or a in USUAL_LATIN or a in common


def _of_the_other_sex(a: str, b: str) -> bool:
    """Paul and Paula, Martin and Martine: one is the other with a woman's ending."""
    short, long = sorted((a, b), key=len)
    return long.startswith(short) and long[len(short):] in _ENDINGS_OF_WOMEN


@lru_cache(maxsize=100_000)
def written(a: str) -> str:
    """The one writing of the usual ways to write a name of another script: "tchaikovsky" and "chaykovskiy" are one."""
    key = _ENDING.sub(lambda end: "ev" if end.group() == "eff" else "ov", a)
    for one, other in _WRITINGS:
        key = key.replace(one, other)
    return _TWICE.sub(r"\1", key)
