"""Names and words made comparable in Python, because the database may not know how."""

import re
import unicodedata
from functools import cache

from anyascii import anyascii

LAST_LETTER = "\U0010ffff"  # after every other in the keys' order, so that a beginning is a span of an index
_MARKS = ("Mn", "Mc", "Me")
_HIDDEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
# Thai, Lao, Burmese, Khmer, kana, Chinese characters and Hangul: written without spaces, or with words grown together.
_UNSPACED_RANGES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_UNSPACED = re.compile(f"[{_UNSPACED_RANGES}]+")
_RUNS = re.compile(f"[{_UNSPACED_RANGES}]+|[^{_UNSPACED_RANGES}]+")


def fold(text: str) -> str:
    """`text` without case, accents or odd spaces, for comparing: 'Zoë  O’Neil' → 'zoe o'neil'. Keeps its script."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", plain).casefold().split())


def one_line(text: str) -> str:
    """`text` in one line as it may be shown: without odd spaces, and without what steers or hides (Unicode Cc, Cf …).

    Zero-width joiners stay: Persian, Indic scripts and families of signs need them.
    """
    kept = (c if c in "\u200c\u200d" or unicodedata.category(c) not in _HIDDEN else " " for c in text)
    return " ".join("".join(kept).split())


def sort_key(name: str) -> str:
    """A key that sorts names of any script among each other: romanised, folded ('Ännchen' beside 'anna')."""
    return fold(anyascii(name))


def beginnings(words: str, most: int = 4) -> list[tuple[str, str]]:
    """For each of the first `most` words the span of keys that it begins: from the one, up to and without the other."""
    keys = dict.fromkeys(sort_key(word) for word in words.split())
    return [(key, key + LAST_LETTER) for key in keys if key][:most]


def name_keys(name: str) -> list[str]:
    """The beginnings by which `name` may be looked up: each word as written and as romanised, and the whole."""
    folded = fold(name)
    keys = {folded, *(_WORD.findall(folded))}
    keys |= {sort_key(word) for word in _WORD.findall(folded)} | {sort_key(name)}
    return sorted(key[:80] for key in keys if key)


def search_words(text: str) -> list[str]:
    """The words of `text` for an index: folded; scripts without spaces become overlapping pairs of letters."""
    return [word for word, _, _ in words_with_places(text)]


def words_with_places(text: str):
    """Yield (word, start, end) for every word of `text`, folded, with where it stands in `text`.

    A run of a script without spaces becomes its overlapping pairs of letters and its last letter by itself.
    """
    for match in _word_pattern().finditer(text):
        start, end, written = match.start(), match.end(), match.group()
        if written.isascii():
            yield written.lower(), start, end
            continue
        for run in _RUNS.finditer(written):
            if _UNSPACED.match(run.group()):
                yield from _pairs(run.group(), start + run.start())
            elif word := _plain(run.group()):
                yield word, start + run.start(), start + run.end()


def _pairs(written: str, start: int):
    letters: list[tuple[str, int, int]] = []
    for at, character in enumerate(written, start):
        plain = _plain(character)
        if plain:
            letters.append((plain, at, at + 1))
        elif letters:
            letters[-1] = (*letters[-1][:2], at + 1)
    for first, second in zip(letters, [*letters[1:], ("", 0, 0)], strict=True):
        yield first[0] + second[0], first[1], second[2] or first[2]


def _plain(written: str) -> str:
    return "".join(c for c in fold(written) if c.isalnum() or unicodedata.category(c) in _MARKS)


@cache
def _word_pattern() -> re.Pattern:
    """A word: letters and digits, with the marks that stand on, under or between them in many scripts."""
    marks = [code for code in range(0x20000) if unicodedata.category(chr(code)) in _MARKS]
    ranges, first = [], None
    for code, after in zip(marks, [*marks[1:], None], strict=True):
        first = code if first is None else first
        if after != code + 1:
            ranges.append(f"{chr(first)}-{chr(code)}")
            first = None
    return re.compile(rf"[^\W_](?:[^\W_]|[{''.join(ranges)}\u200c\u200d])*")
