"""A seeded world of regulars, to try the usual on: who repeats theirs on most visits, and now and then has another."""

import random
from dataclasses import dataclass

from alongside.moments.usual import learn

MENU = ("Flat white", "Cappuccino, to go", "Tea in a pot", "Espresso, double", "Hot chocolate", "Filter coffee",
        "Flat white, cheese scone", "Oat latte", "Orange juice", "Cheese scone, warmed", "Chai", "Water, still")


@dataclass(frozen=True)
class Tried:
    """How often the usual was the true one, and how often somebody was asked about at all."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """The part that was right."""
        return self.right / self.of


def try_usual(*, seed: int, people: int = 2000, visits: int = 3, repeats: float = 0.8) -> Tried:
    """Ask for the usual of `people` after so many visits, each of which repeats their true one with that chance."""
    dice, right = random.Random(seed), 0
    for _person in range(people):
        true = dice.choice(MENU)
        others = [thing for thing in MENU if thing != true]
        had = [true if dice.random() < repeats else dice.choice(others) for _visit in range(visits)]
        usual = learn(had[::-1])
        right += usual is not None and usual.words == true
    return Tried(right, people)
