"""What an agreement is worth, in bits (Fellegi and Sunter): common values less, rare ones more.

How often two strangers agree is counted in the data itself, how often one person's two records do starts from what is
usual and follows the data (expectation and maximisation over candidates). No row says which are the same.
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from math import log2
from operator import attrgetter
from typing import NamedTuple

from alongside.lib.matching import comparing as c
from alongside.lib.matching.plain import Plain

# How often two records of one person are at each level, and how often those of two strangers are, where both say
# something. The order of the levels is that of comparing.LEVELS; the first, missing, has no weight.
USUAL = {
    c.GIVEN: ([0, .70, .10, .04, .07, .05, .03, .01], [0, .01, .004, .02, .95, .003, .01, .0001]),
    c.SURNAME: ([0, .72, .12, .04, .10, 0, .01, .01], [0, .005, .004, .015, .97, 0, .005, .0001]),
    c.BORN: ([0, .88, .05, .02, .03, 0, 0, .02], [0, .0001, .0008, .01, .99, 0, 0, .0002]),
    c.NATIONAL: ([0, .90, .05, .02, .03, 0, 0, 0], [0, .000001, .00005, .0005, .999, 0, 0, 0]),
    c.EMAIL: ([0, .60, .05, .10, .25, 0, 0, 0], [0, .00001, .0001, .001, .998, 0, 0, 0]),
    c.PHONE: ([0, .60, .05, 0, .35, 0, 0, 0], [0, .00001, .0001, 0, .999, 0, 0, 0]),
    c.STREET: ([0, .58, .15, .07, .20, 0, 0, 0], [0, .0001, .002, .01, .987, 0, 0, 0]),
    c.AREA: ([0, .62, .16, .05, .17, 0, 0, 0], [0, .002, .005, .01, .98, 0, 0, 0]),
    c.LOCALITY: ([0, .55, .12, .03, .30, 0, 0, 0], [0, .005, .004, .01, .98, 0, 0, 0]),
    c.CARD: ([0, .60, 0, 0, .40, 0, 0, 0], [0, .00001, 0, 0, .99999, 0, 0, 0]),
}
# The least share of strangers who have one value, as if so many more people were known in whom it were so.
RARE = {c.GIVEN: .0005, c.SURNAME: .0001, c.BORN: .00004, c.NATIONAL: .0000001, c.EMAIL: .000001, c.PHONE: .000001,
        c.STREET: .00001, c.AREA: .0005, c.LOCALITY: .0005, c.CARD: .000001}
IMAGINED, STRANGERS, CANDIDATES, TURNS, FIRM = 1_000, 60_000, 40_000, 6, 400.0


# What a person says in each field that is compared, as one text, for counting how common it is.
VALUES = {
    c.GIVEN: lambda person: person.given or person.nickname,
    c.SURNAME: attrgetter("surname"),
    c.BORN: attrgetter("born"),
    c.NATIONAL: attrgetter("national"),
    c.EMAIL: attrgetter("email"),
    c.PHONE: attrgetter("phone"),
    c.STREET: lambda person: f"{person.house} {person.street}" if person.street else "",
    c.AREA: lambda person: person.postcode or person.city,
    c.LOCALITY: attrgetter("locality"),
    c.CARD: attrgetter("card"),
}


def value(person: Plain, field: int) -> str:
    """What a person says in a field that is compared, as one text, for counting how common it is."""
    return VALUES[field](person)


class Learnt(NamedTuple):
    """What is known after a look at everyone: how many they are, and by field how often two records are at each level.

    `matched` is of two records of one person, `strangers` of two people's.
    """

    size: int
    matched: list[list[float]]
    strangers: list[list[float]]


def usual(size: int) -> Learnt:
    """What is thought of so many people before anyone looked."""
    return Learnt(size, [list(matched) for matched, _strangers in USUAL.values()],
                  [list(strangers) for _matched, strangers in USUAL.values()])


class Weights:
    """What every level of every field is worth among certain people.

    `common` holds, by field, what share of everyone says a value that several say; what is not in it is rare.
    """

    def __init__(self, learnt: Learnt, common: list[dict[str, float]]):
        self.size, self.matched, self.strangers = learnt
        self.common = common
        self._common_bits = [{word: log2(share) for word, share in said.items()} for said in common]
        self.twice = max(1.0, self.size * 0.02)
        self._settle()

    @classmethod
    def among(cls, people: Sequence[Plain]) -> "Weights":
        """Seen in the people themselves."""
        before = usual(len(people))
        common = [_count(people, field) for field in USUAL]
        return cls(before._replace(strangers=_among_strangers(people)), common)

    @property
    def learnt(self) -> Learnt:
        """What can be kept, to judge two alone later; `common` beside it."""
        return Learnt(self.size, self.matched, self.strangers)

    def _settle(self) -> None:
        """Work out the bits of every level, and those that all begin with: how rare it is that two are one."""
        self.bits = [
            [log2(m / u) if m and u and level else 0.0 for level, (m, u) in enumerate(zip(ms, us, strict=True))]
            for ms, us in zip(self.matched, self.strangers, strict=True)
        ]
        everyone = max(1.0, self.size * (self.size - 1) / 2)
        self.start = log2(min(0.5, self.twice / everyone))
        self.exact = [log2(ms[c.EXACT]) for ms in self.matched]
        self.rare = [log2(IMAGINED * RARE[field] / (self.size + IMAGINED)) for field in USUAL]
        self._at_levels: dict[tuple[int, ...], tuple[list[float], list[int]]] = {}

    def weigh(self, a: Plain, levels: tuple[int, ...]) -> list[float]:
        """The bits of every field for `a` and somebody at these levels. What both say weighs more, the rarer it is."""
        known = self._at_levels.get(levels)
        if known is None:
            known = self._at_levels[levels] = (
                [self.bits[field][level] for field, level in enumerate(levels)],
                [field for field, level in enumerate(levels) if level == c.EXACT])
        bits = known[0].copy()
        for field in known[1]:
            bits[field] = self.exact[field] - self._common_bits[field].get(VALUES[field](a), self.rare[field])
        return bits

    def follow(self, candidates: Iterable[tuple[Plain, Plain]]) -> None:
        """Follow the data: how often one person's records agree, seen in candidates weighed by how sure they are."""
        seen = [(a, c.compare(a, b)) for a, b in islice(candidates, CANDIDATES)]
        for _turn in range(TURNS if seen else 0):
            sure = [self.sure(sum(self.weigh(a, levels))) for a, levels in seen]
            for field, (usual, _strangers) in USUAL.items():
                held = [FIRM * share for share in usual]
                for (_a, levels), weight in zip(seen, sure, strict=True):
                    if levels[field]:
                        held[levels[field]] += weight
                whole = sum(held)
                self.matched[field] = [share / whole for share in held]
            self._settle()

    def sure(self, bits: float) -> float:
        """How likely two are one person, from the bits of their fields."""
        odds = self.start + bits
        return 1.0 if odds > 40 else 2**odds / (1 + 2**odds) if odds > -40 else 0.0


def _count(people: Sequence[Plain], field: int) -> dict[str, float]:
    """The share of everyone who says a value that more than two say."""
    said = Counter(map(VALUES[field], people))
    said.pop("", None)
    whole = sum(said.values()) + IMAGINED
    floor = IMAGINED * RARE[field]
    return {word: (count - 2 + floor) / whole for word, count in said.items() if count > 2}


def _among_strangers(people: Sequence[Plain]) -> list[list[float]]:
    found = [Counter() for _field in USUAL]
    chosen = random.Random(1).choices(range(len(people)), k=STRANGERS if len(people) > 2 else 0)
    for one, other in zip(chosen[::2], chosen[1::2], strict=True):
        if one != other:
            for field, level in enumerate(c.compare(people[one], people[other])):
                found[field][level] += 1
    rates = []
    for field, (_matched, usual) in USUAL.items():
        seen = sum(found[field][level] for level in range(1, len(usual)))
        rates.append([(found[field][level] + usual[level] * IMAGINED) / (seen + IMAGINED)
                      for level in range(len(usual))])
    return rates
