"""Names in scripts that leave vowels out, Hebrew and Arabic: their usual Latin writing, and which others they may have.

"דוד" is written David and "محمد" Mohammed; a table says so for usual names. Of any other the consonants say in which
Latin writings it may stand, each with the vowels that nobody wrote.
"""

import re
import unicodedata
from functools import lru_cache

from alongside.lib.unvowelled_names import ARABIC, HEBREW

_RUN = re.compile("[\u0591-\u05f4\u0610-\u06ff\ufb1d-\ufdff\ufe70-\ufeff]+")
_SERVANT = re.compile("(عبد) +(?=ال)")  # "servant of …": one name in two words
_ONE_WRITING = str.maketrans("ىیکةךםןףץ", "ييكهכמנפצ", "ـ'׳״")
_ARTICLE = "ال"
# What each letter may be in Latin; "" where it may be a vowel, which stands between any two letters anyway.
_LATIN = {letter: tuple(sounds.split("|")) for letter, sounds in {
    "א": "", "ב": "b|v|w|f", "ג": "g|j|dj", "ד": "d", "ה": "h|", "ו": "v|w|f|", "ז": "z|s", "ח": "ch|kh|h|j",
    "ט": "t|th", "י": "j|", "כ": "k|c|ch|kh", "ל": "l", "מ": "m", "נ": "n", "ס": "s|c|z", "ע": "", "פ": "p|f|ph|v",
    "צ": "ts|tz|z|c|s", "ק": "k|c|q|g", "ר": "r", "ש": "sh|sch|sz|s|ch", "ת": "t|th|s",
    "ا": "", "ب": "b|p", "ت": "t", "ث": "th|t|s", "ج": "j|dj|dsch|g|c", "ح": "h", "خ": "kh|ch|h|x", "د": "d|t",
    "ذ": "dh|d|th|z", "ر": "r", "ز": "z|s", "س": "s|c|z", "ش": "sh|sch|ch|s", "ص": "s", "ض": "d|dh|z", "ط": "t|th",
    "ظ": "z|dh|d", "ع": "", "غ": "gh|g", "ف": "f|ph|v", "ق": "q|k|c|g|gh", "ك": "k|c|q", "ل": "l", "م": "m",
    "ن": "n", "ه": "h|t|", "و": "v|w|", "ي": "j|", "ء": "", "پ": "p", "چ": "ch|tch|tsch|c", "ژ": "zh|j", "گ": "g",
}.items()}
_VOWELS = frozenset("aeiouy")
_AT_THE_BEGINNING = {"ה": ("h",), "ו": ("v", "w"), "י": ("y", "j", "i"), "ه": ("h",), "و": ("w", "v", "ou"),
                     "ي": ("y", "j", "i")}


def is_unvowelled(text: str) -> bool:
    """Whether any of it is written without vowels."""
    return not text.isascii() and _RUN.search(text) is not None


def romanised(text: str) -> str:
    """`text` with usual names in Latin letters; what is not usual stays as it is written."""
    if text.isascii() or not _RUN.search(text):
        return text
    return _RUN.sub(lambda run: latin(run.group()) or run.group(), together(text))


def together(text: str) -> str:
    """`text` with every name that is one in a word of its own: "عبد الله" → "عبدالله"."""
    return _SERVANT.sub(r"\1", text)


@lru_cache(maxsize=10_000)
def latin(word: str) -> str:
    """The usual Latin writing of a name, "" where it is not usual: "משה" → "moses", "الحسن" → "al hasan"."""
    if word.isascii():
        return ""
    bare = _bare(word)
    if bare in _USUAL:
        return _USUAL[bare]
    rest = _USUAL.get(bare.removeprefix(_ARTICLE), "") if bare.startswith(_ARTICLE) else ""
    return f"al {rest}" if rest else ""


@lru_cache(maxsize=100_000)
def may_be_written(word: str, other: str) -> bool:
    """Whether `other`, folded and in Latin letters, may be how `word` is written there: "אלמוג" and "almog"."""
    letters = _bare(word)
    if len(letters) > 4 and letters.startswith(_ARTICLE) and _may_be(letters.removeprefix(_ARTICLE), other):
        return True
    return _may_be(letters, other)


def _may_be(letters: str, other: str) -> bool:
    if not letters or not all(letter in _LATIN for letter in letters):
        return False
    at = _first(letters[0], other)
    for letter in letters[1:]:
        at = {end for begin in at for end in _after(letter, other, begin)}
    return any(set(other[end:]) <= _VOWELS | {"h"} for end in at)


@lru_cache(maxsize=10_000)
def consonants(word: str) -> int:
    """How many letters of `word` are heard whatever vowels it has: few leave much open."""
    return sum("" not in _LATIN.get(letter, ("",)) for letter in _bare(word))


def _first(letter: str, other: str) -> set[int]:
    if _LATIN[letter] == ("",):
        return {0} if other[:1] in _VOWELS | {"h"} else set()
    return _heard(_AT_THE_BEGINNING.get(letter, _LATIN[letter]), other, 0)


def _after(letter: str, other: str, begin: int) -> set[int]:
    """Where a letter may end that is looked for from `begin` on, behind any vowels."""
    found, end = set(), begin
    while True:
        found |= _heard(_LATIN[letter], other, end)
        if end >= len(other) or other[end] not in _VOWELS:
            return found
        end += 1


def _heard(sounds: tuple[str, ...], other: str, at: int) -> set[int]:
    """Where a sound ends that begins just there, once or doubled."""
    return {at + len(sound) * times for sound in sounds for times in (1, 2) if other.startswith(sound * times, at)}


def _bare(word: str) -> str:
    """The letters alone, without points, marks and their forms at the end of a word."""
    apart = unicodedata.normalize("NFKD", word)
    return "".join(each for each in apart if not unicodedata.combining(each)).translate(_ONE_WRITING)


_USUAL: dict[str, str] = {}
for _line in (HEBREW + ARABIC).split("\n"):
    for _written in _line.split()[1:]:
        _USUAL.setdefault(_bare(_written), _line.split()[0])
USUAL_LATIN = frozenset(_USUAL.values())
