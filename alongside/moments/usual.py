"""The usual: what somebody will most likely have, learned from what they had, with its evidence. A pure function."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from alongside.lib.text import sort_key

FADING = 0.8  # how much less each older visit weighs; four visits of something new are its new usual
LOOKED_AT = 16  # visits


@dataclass(frozen=True)
class Usual:
    """The most likely choice in words, and its evidence: `times` of the last `of` visits."""

    words: str
    times: int
    of: int


def order_key(words: str) -> str:
    """The form in which two writings of one order are equal: case, accents, spaces and the order of its parts aside."""
    parts = (" ".join(sort_key(part).split()) for part in words.replace(";", ",").split(","))
    return ", ".join(sorted(part for part in parts if part))


def learn(orders: Sequence[str]) -> Usual | None:
    """The usual of somebody who had `orders`, one for each visit, the newest first.

    None after one visit, and after two that differ: there is nothing to see yet. Newer visits weigh more, so that it
    follows somebody who changes; where two are equal, it is what they had last.
    """
    seen = [(order_key(words), words) for words in orders[:LOOKED_AT]]
    seen = [(key, words) for key, words in seen if key]
    if len(seen) < 2:
        return None
    weights: dict[str, float] = defaultdict(float)
    for age, (key, _words) in enumerate(seen):
        weights[key] += FADING**age
    top = max(weights, key=weights.__getitem__)
    times = sum(key == top for key, _words in seen)
    if len(seen) == 2 and times < 2:
        return None
    return Usual(next(words for key, words in seen if key == top), times, len(seen))
