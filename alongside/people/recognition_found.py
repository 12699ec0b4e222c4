"""Whoever was found for the words that were typed, and what speaks for each."""

from dataclasses import dataclass, field

from alongside.people.recognition_words import Word

CALLED_SO = 8.0  # points of a word that is a name, another form of it, or a place, as it was typed


@dataclass
class Candidate:
    """Somebody looked at: their points, and why."""

    points: float = 0.0
    kinds: list[str] = field(default_factory=list)
    certain: bool = False


class Found:
    """Whoever was found for these words, with their keys, and what each word is worth for each: looked at once."""

    def __init__(self, asked: list[Word]):
        self.asked = asked
        self.people = 0  # about how many there are to be recognised, once it is known
        self.keys: dict[int, frozenset[str]] = {}
        self.all_without: set[int] = set()  # places of words without which everyone who has all the others is here
        self._worth: dict[int, list[tuple[float, str]]] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, rows) -> None:
        """These, too: (the way in which they fit, id, keys)."""
        self.keys.update((id, frozenset(keys)) for _way, id, keys in rows)

    def learn(self, known: list[tuple]) -> None:
        """Words that we know, each with the number of the typed one that it may be; without a number: all people."""
        self._worth.clear()
        for at, word, kind, uses, sound in known:
            if at is None:
                self.people = uses
            else:
                self.asked[at].learn(word, kind, uses, sound)

    def worth(self, id: int) -> list[tuple[float, str]]:
        """What each word is worth for somebody. What the words may mean is known by then."""
        if id not in self._worth:
            self._worth[id] = [word.worth(id, self.keys[id]) for word in self.asked]
        return self._worth[id]

    def somebody_fits_whole(self, figures: float) -> bool:
        """Whether somebody has something of each word, and of figures what is worth so much."""
        return any(all(points >= (figures if word.figures else 0.1)
                       for word, (points, _reason) in zip(self.asked, self.worth(id), strict=True)) for id in self.keys)

    def somebody_is_called_so(self) -> bool:
        """Whether somebody has two words of letters or more just as they are: then it is the figures that are wrong."""
        letters = [at for at, word in enumerate(self.asked) if word.plain]
        return len(letters) > 1 and any(all(self.worth(id)[at][0] >= CALLED_SO for at in letters) for id in self.keys)

    def judged(self) -> dict[int, Candidate]:
        """What speaks for each of them."""
        return {id: self._judged(id) for id in self.keys}

    def _judged(self, id: int) -> Candidate:
        """A name of which more words were said is nearer than a longer one."""
        worth = self.worth(id)
        unsaid = sum(key[0] == "n" for key in self.keys[id]) - len(self.asked)
        points = sum(points for points, _reason in worth) - max(0, unsaid) * 0.1
        return Candidate(points, list(dict.fromkeys(reason for points, reason in worth if points)))
