"""What typed or scanned words may mean: keys of `recognition_keys`, on three levels from sure to far-fetched."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import timezone

from alongside.lib.names import MOST_TYPOS, as_heard, typos, typos_allowed, words_of
from alongside.lib.nicknames import forms
from alongside.lib.sounding import sounds
from alongside.lib.text import fold, sort_key
from alongside.people.recognition_keys import GRAM, quoted

MOST_WORDS = 6
LONGEST = 200
SURE, NEAR, FAR = range(3)
BORN_IN_A_YEAR = 5_000  # a guess for a large town: too many to look up by the year alone
LIFE = 80  # the years in which those who come were born
SURELY, NEARLY = 5.0, 4.0  # points that figures with a mistake do not earn, and that those with one do
_NUMBER = re.compile(r"[\d+()/.\-–]*\d[\d+()/.\-–]*")
_DATE = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
_FIRST_YEAR = 1900


@dataclass
class Word:
    """One word, or several figures in a row, and what each key that it may mean is worth: (points, reason)."""

    text: str
    plain: str = ""
    heard: str = ""
    figures: str = ""
    exact: list[str] = field(default_factory=list)
    levels: tuple[dict, dict, dict] = field(default_factory=lambda: ({}, {}, {}))
    runs: list[tuple[int, list[str], float, str]] = field(default_factory=list)  # level, keys all needed, worth
    persons: dict[int, tuple[float, str]] = field(default_factory=dict)  # whom it means by their address
    by_ear: dict[str, tuple[float, str]] = field(default_factory=dict)  # names in another script, as they are said
    uses: dict[str, int] = field(default_factory=dict)  # how many people have a key, where that is known
    _near: dict[str, float] = field(default_factory=dict)  # what known figures were found to be worth

    @property
    def short(self) -> bool:
        """Too few letters to look anybody up who has a word that begins so: it tells those apart who were found."""
        return 0 < len(self.plain) < 3

    def weight(self, level: int) -> int:
        """About how many people a level means."""
        return sum(self.uses.get(key, 0) for key in self.levels[level])

    def share(self, level: int, people: int) -> float:
        """About which part of so many people a level means; 0 where nobody knows."""
        years = sum(key[0] == "y" and len(key) == 6 for key in self.levels[level])
        return min(1.0, years / LIFE if years else self.weight(level) / max(1, people))

    def query(self, level: int, most: int | None = None) -> str:
        """The level as the text of a tsquery, empty when it means nothing; `most`: leave out keys of more people."""
        keys, room = [], most
        for key in sorted(self.levels[level], key=lambda key: -self.levels[level][key][0]):
            if room is None or self.uses.get(key, 0) <= room:
                keys.append(key)
                room = None if room is None else room - self.uses.get(key, 0)
        parts = [quoted(key) for key in keys]
        parts += ["(" + "&".join(map(quoted, keys)) + ")" for at, keys, *_ in self.runs if at == level]
        return "(" + "|".join(parts) + ")" if parts else ""

    def worth(self, person: int, keys: frozenset[str]) -> tuple[float, str]:
        """The points that somebody with these keys gets for it, and the reason; (0, "") for nothing."""
        best = self.persons.get(person, (0.0, ""))
        for meanings in self.levels:
            for key in meanings.keys() & keys:
                best = max(best, meanings[key])
        for _, needed, points, reason in self.runs:
            hits = sum(key in keys for key in needed) / len(needed)
            best = max(best, (points, reason) if hits == 1 else (points * hits * 0.6 if hits > 0.3 else 0.0, "nearly"))
        if not best[0] and self.plain:
            best = max(map(self._alike, keys), default=(0.0, ""))
        if best[0] < SURELY and 2 < len(self.figures) < 7:
            best = max(best, self._nearly(keys))
        return best if best[0] else (0.0, "")

    def _alike(self, key: str) -> tuple[float, str]:
        """What a key that was not asked for is worth: a name that begins so, or a name or place with two mistakes."""
        kind, known = key[0], key[2:]
        if kind == "n" and known.startswith(self.plain):
            return _begins(self.plain, known), "begins"
        if kind in "na" and typos_allowed(self.plain) == 2 and typos(self.plain, known) == 2:
            return self._far(kind)
        return 0.0, ""

    def _far(self, kind: str) -> tuple[float, str]:
        """What a word with two mistakes is worth."""
        points = 5.0 if len(self.plain) > 6 else 4.0
        return (points, "typo") if kind == "n" else (points * 0.8, "place typo")

    def _nearly(self, keys: frozenset[str]) -> tuple[float, str]:
        """Figures with a mistake: how near they are to a birth year, or to one of the many pieces of a phone number."""
        best = 0.0
        for key in keys:
            if key[0] == "p" or key[0] == "y" and len(key) == 6:
                if key not in self._near:
                    self._near[key] = _near(self.figures, key[2:]) * (0.9 if key[0] == "p" else 1)
                best = max(best, self._near[key])
        return best, "nearly" if best else ""

    @cached_property
    def sound(self) -> str:
        """How it sounds."""
        return sounds(self.heard or self.plain)

    def learn(self, word: str, kind: str, uses: int, sound: str) -> None:
        """A word that we know, and that this one may be: the beginning of it, mistyped, or heard. Most are neither."""
        key = f"{kind}:{word}"
        off = typos(self.plain, word)
        is_meant = key in self.levels[SURE] or key in self.by_ear
        if off > MOST_TYPOS and sound != self.sound and not word.startswith(self.plain) and not is_meant:
            return
        self.uses[key] = uses
        if is_meant:
            return
        if word.startswith(self.plain):
            level, worth = NEAR, (_begins(self.plain, word), "begins")
        elif off == 1 and typos_allowed(self.plain):
            level, worth = NEAR, (7.0 if len(self.plain) > 4 else 5.5, "typo")
        elif sound == self.sound and ((near := self._is_near(word, off)) or len(self.plain) > 4):
            level, worth = NEAR, (6.0 if near else 4.0, "sounds")
        else:
            if off == 2 and typos_allowed(self.plain) == 2:
                self.levels[FAR][key] = self._far(kind)
            return
        self.levels[level][key] = worth if kind == "n" else (worth[0] * 0.8, f"place {worth[1]}")

    def _is_near(self, word: str, off: int) -> bool:
        """Whether a word that sounds like it is written alike, too, if only by ear; one sound by itself says little."""
        return off <= 2 or bool(self.heard) and len(self.sound) > 1 and typos(self.heard, word) <= 2


def understand(text: str) -> list[Word]:
    """The words of `text`, figures that stand in a row together."""
    found: list[Word] = []
    figures: list[str] = []
    for piece in [*text[:LONGEST].replace("(0)", "").split(), ""]:
        if piece and _NUMBER.fullmatch(piece):
            figures.append(piece)
            continue
        if figures:
            found += _numbers(figures)
            figures = []
        if "@" in piece:
            found.append(Word(piece.casefold()))
        elif piece:
            found += _words(piece)
    return found[:MOST_WORDS]


def ways_to_read(count: int):
    """Ways to read so many words, the surest first: the level of each, None for one that is left out."""
    def but(changes: dict) -> list:
        return [changes.get(at, SURE) for at in range(count)]

    every = range(count)
    yield [but({})]
    yield [but({at: NEAR}) for at in every]
    left_out = [but({at: None}) for at in every] if count > 1 else []
    if count > 4:
        yield left_out
        yield [but({a: None, b: None}) for a in every for b in range(a)]
        return
    yield [but({a: NEAR, b: NEAR}) for a in every for b in range(a)] + left_out
    yield ([but({at: FAR}) for at in every]
           + [but({a: None, b: NEAR}) for a in every for b in every if a != b and count > 2])
    yield [but({a: FAR, b: NEAR}) for a in every for b in every if a != b]


def local_words(word: Word) -> list[Word]:
    """The words before the @ of a mail address that nobody has: perhaps it is mistyped."""
    return _words(re.sub(r"[._+\-\d]+", " ", word.text.partition("@")[0]))


def _words(piece: str) -> list[Word]:
    found = []
    for part in re.findall(r"[^\W_]+(?:['’`-][^\W_]+)*", piece, re.UNICODE) or [piece]:
        writings = words_of(part)
        if not writings:
            continue
        plain = re.sub("[^a-z0-9]", "", sort_key(part))
        word = Word(fold(part), plain, exact=[f"{kind}:{writing}" for kind in "na" for writing in writings])
        means = {f"n:{writing}": (10.0, "name") for writing in writings if len(writing) > 1 or len(writings) == 1}
        means |= {f"n:{name}": (8.5, "nickname") for name in forms(plain) if name != plain}
        means |= {f"a:{writing}": (8.0, "place") for writing in writings}
        word.levels[SURE].update(means)
        heard = as_heard(part)
        if heard != plain:
            word.heard, off = heard, {name: typos(heard, name) for name in forms(heard)}
            word.by_ear = {key: (7.5 - off[name] / 2, "sounds") for name in off
                           if off[name] <= MOST_TYPOS and (key := f"n:{name}") not in means}
            word.levels[NEAR].update(word.by_ear)
        found.append(word)
    return found


def _numbers(pieces: list[str]) -> list[Word]:
    """Figures in a row: one phone number in pieces, or a year, a house and a postcode each by itself."""
    whole = "".join(pieces)
    if len(pieces) > 1 and (len(re.sub(r"\D", "", whole)) >= 6 and not _apart(pieces)):
        return [_phone(Word(whole), whole)]
    return [_number(piece) for piece in pieces]


def _apart(pieces: list[str]) -> bool:
    """True where the pieces say rather something each: a date or a year beside a number."""
    return any(_days(piece) or _is_year(piece) for piece in pieces)


def _number(piece: str) -> Word:
    word = Word(piece)
    word.figures = digits = re.sub(r"\D", "", piece)
    sure, near = word.levels[SURE], word.levels[NEAR]
    for day in _days(piece) or _days(digits):
        sure[f"y:{day.isoformat()}"] = (12.0, "born")
        near[f"y:{day:%m-%d}"] = (7.0, "born")
        near[f"y:{day.year}"] = (6.0, "year")
    if _is_year(piece):
        sure[f"y:{piece}"] = (9.0, "year")
    if piece.isdigit() and 2 < len(piece) < 6:
        near |= {f"y:{year}": (_near(piece, str(year)), "nearly") for year in range(_FIRST_YEAR, _this_year() + 1)
                 if typos(piece, str(year), 1) == 1}
        word.uses = dict.fromkeys([f"y:{piece}", *near], BORN_IN_A_YEAR)
    sure[f"a:{digits}"] = (6.0, "place")
    sure[f"n:{digits}"] = (8.0, "name")
    return _phone(word, piece) if len(digits) > 2 else word


def _phone(word: Word, written: str) -> Word:
    digits = re.sub(r"\D", "", written)
    foreign = written.startswith(("+", "00"))
    digits = digits.lstrip("0") if digits.strip("0") else digits
    variants = [digits, *(digits[code:] for code in (1, 2, 3) if foreign and len(digits) - code > 5)]
    for variant in variants:
        if len(variant) < 3:
            continue
        if len(variant) == 3:
            for figure in "0123456789":
                word.levels[SURE][f"p:{variant}{figure}"] = (4.3, "phone")
            word.levels[SURE][f"p:{variant}"] = (5.0, "phone")  # the last three, which are said more often
            continue
        grams = [f"p:{variant[at:at + GRAM]}" for at in range(len(variant) - GRAM + 1)]
        word.runs.append((SURE, grams, min(11.0, 6.0 + len(variant) / 2), "phone"))
        if len(grams) > 3:
            half = len(variant) // 2
            word.runs += [(NEAR, grams[:half - GRAM + 1], 5.0, "nearly")] if half >= GRAM else []
            word.runs += [(NEAR, grams[half:], 5.0, "nearly")] if len(grams) > half else []
    return word


def _this_year() -> int:
    return timezone.localdate().year


def _is_year(piece: str) -> bool:
    return len(piece) == 4 and piece.isdigit() and _FIRST_YEAR <= int(piece) <= _this_year()


def _days(piece: str) -> list[date]:
    """The dates that these figures may be: day first, month first, year first, or eight figures in a row."""
    parts = _DATE.fullmatch(piece)
    a, b, c = parts.groups() if parts else (piece[:4], piece[4:6], piece[6:]) if len(piece) == 8 else ("", "", "")
    if not (a.isdigit() and b.isdigit() and c.isdigit()):
        return []
    found = []
    for year, month, day in ((a, b, c), (c, b, a), (c, a, b)):
        if len(year) == 4:
            try:
                found.append(date(int(year), int(month), int(day)))
            except ValueError:
                continue
    return [day for day in found if day.year >= _FIRST_YEAR - 50]


def _near(typed: str, known: str) -> float:
    """What typed figures are worth for known ones: the more, the likelier that one slip made those of these.

    There is one way to swap two figures or to leave one out (two, of a pair), and nine to write a wrong one.
    """
    off = typos(typed, known, 2)
    if off != 1:
        return {0: 4.9, 2: 1.5}.get(off, 0.0)
    if len(typed) < len(known):
        return 4.5 + 0.1 * (sum(known[:at] + known[at + 1:] == typed for at in range(len(known))) > 1)
    if len(typed) > len(known):
        return 4.5
    pairs = [(one, other) for one, other in zip(typed, known, strict=True) if one != other]
    if len(pairs) == 2:
        return 4.6
    return 4.4 if abs(int(pairs[0][0]) - int(pairs[0][1])) == 1 else 4.2


def _begins(start: str, word: str) -> float:
    return 6.0 + 2.0 * len(start) / len(word) if word.startswith(start) else 0.0
