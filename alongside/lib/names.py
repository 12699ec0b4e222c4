"""The writings of a name's words, and how far a mistyped word is from one that we know."""

import re
from zlib import crc32

from anyascii import anyascii
from rapidfuzz.distance import OSA

from alongside.lib.text import fold, sort_key
from alongside.lib.unvowelled import romanised

PREFIX = 7  # letters of a word whose deletions are kept; a mistake behind them needs none
MOST_TYPOS = 2
LONGEST = 60
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_WORD = re.compile(r"[^\W_]+")
_SYLLABLES = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,}")
_UNHEARD = re.compile("[^a-z0-9]")
_HEARD = re.compile("дж|џ")
_SYLLABLE = re.compile(r"[A-Z][a-z]*")


def words_of(text: str) -> list[str]:
    """Every writing of every word of `text`: in its script, romanised, with ae for ä, and grown together (O’Neil).

    A usual Hebrew or Arabic name has its usual Latin writing too.
    """
    found: dict[str, None] = {}
    for writing in _writings(text):
        for chunk in writing.split():
            parts = _WORD.findall(chunk)
            found |= dict.fromkeys(part[:LONGEST] for part in parts)
            if len(parts) > 1:
                found["".join(parts)[:LONGEST]] = None
    for run in _SYLLABLES.findall(text):
        found |= dict.fromkeys(syllable.lower() for syllable in _SYLLABLE.findall(anyascii(run)))
    return list(found)


def _writings(text: str) -> list[str]:
    if text.isascii():
        return [text.lower()]
    ways = (fold(text), sort_key(text), sort_key(text.translate(_GERMAN)), sort_key(romanised(text)))
    return list(dict.fromkeys(ways))


def is_whole(name: str, words: str) -> bool:
    """Whether every part of `name` is among `words`, whichever way either is written."""
    said = set(words_of(words))
    return all(said & set(words_of(part)) for part in name.split())


def as_heard(word: str) -> str:
    """`word` romanised as foreign names are written by ear: Cyrillic has two letters for the one of Joe and John.

    Letters and figures alone, at most LONGEST of them: a sign that only makes a letter soft is not heard.
    """
    return _UNHEARD.sub("", sort_key(_HEARD.sub("j", fold(word))))[:LONGEST]


def is_heard(word: str) -> bool:
    """Whether a folded word says another name by ear than by its letters."""
    return not word.isascii() and _HEARD.search(word) is not None


def typos(one: str, other: str, most: int = MOST_TYPOS) -> int:
    """How many letters are missing, added, wrong or swapped with their neighbour; `most` + 1 for any more."""
    return OSA.distance(one, other, score_cutoff=most)


def typos_allowed(word: str) -> int:
    """How many mistakes a word bears before it is another word."""
    return 0 if len(word) < 3 else 1 if len(word) < 5 else MOST_TYPOS


def deletion_keys(word: str, most: int = MOST_TYPOS) -> list[int]:
    """Numbers of what remains of the word's beginning with up to two letters left out, or up to `most`.

    Two words within so many mistakes of one another share at least one (as in SymSpell).
    """
    level = found = {word[:PREFIX]}
    for _ in range(min(most, typos_allowed(word))):
        level = {text[:at] + text[at + 1:] for text in level for at in range(len(text))}
        found = found | level
    return sorted(crc32(text.encode()) - 2**31 for text in found if text)
