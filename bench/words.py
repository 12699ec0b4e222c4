"""Made-up text with the skew of real language: a few common words, many rare ones."""

import itertools
import random

_SYLLABLES = [
    "ba",
    "co",
    "da",
    "el",
    "fi",
    "gra",
    "ho",
    "in",
    "ju",
    "ka",
    "lo",
    "mi",
    "no",
    "or",
    "pe",
    "ra",
    "sa",
    "ti",
    "un",
    "ve",
    "wa",
    "ro",
    "le",
    "st",
    "na",
    "te",
]
COMMON = [
    "the",
    "to",
    "and",
    "of",
    "you",
    "for",
    "is",
    "it",
    "we",
    "in",
    "on",
    "have",
    "that",
    "with",
    "at",
    "your",
    "be",
    "this",
    "are",
    "not",
    "please",
    "thank",
    "can",
    "our",
    "will",
    "from",
    "order",
    "tomorrow",
    "coffee",
    "morning",
    "time",
    "help",
    "back",
    "know",
    "day",
    "come",
    "here",
    "hello",
]


def vocabulary(size: int, rng: random.Random) -> list[str]:
    """`size` different words: common ones first, then made-up ones."""
    made = dict.fromkeys(COMMON)
    while len(made) < size:
        made["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 5)))] = None
    return list(made)


class Speech:
    """Draws sentences in which the n-th word of the vocabulary comes about 1/n as often as the first (Zipf)."""

    def __init__(self, seed: int = 7, size: int = 30_000):
        self.rng = random.Random(seed)
        self.words = vocabulary(size, self.rng)
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(size)))

    def words_of(self, count: int) -> list[str]:
        """`count` words."""
        return self.rng.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self, count: int) -> str:
        """One line of `count` words, with a capital."""
        return " ".join(self.words_of(count)).capitalize()

    def letter(self) -> str:
        """A message of realistic length: median about 45 words, some of several hundred."""
        count = max(4, min(600, int(self.rng.lognormvariate(3.8, 0.8))))
        return self.sentence(count) + "."
