"""Names and words made comparable in Python, because the database may not know how."""

import re
import unicodedata

from anyascii import anyascii

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def fold(text: str) -> str:
    """`text` without case, accents or odd spaces, for comparing: 'Zoë  O’Neil' → 'zoe o'neil'. Keeps its script."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", plain).casefold().split())


def sort_key(name: str) -> str:
    """A key that sorts names of any script among each other: romanised, folded ('Ännchen' beside 'anna')."""
    return fold(anyascii(name))


def name_keys(name: str) -> list[str]:
    """The beginnings by which `name` may be looked up: each word as written and as romanised, and the whole."""
    folded = fold(name)
    keys = {folded, *(_WORD.findall(folded))}
    keys |= {sort_key(word) for word in _WORD.findall(folded)} | {sort_key(name)}
    return sorted(key[:80] for key in keys if key)


def search_words(text: str) -> list[str]:
    """The words of `text` for an index: folded; scripts without spaces become overlapping pairs of letters."""
    words = []
    for word in _WORD.findall(fold(text)):
        if _UNSPACED.search(word):
            words += [word[i : i + 2] for i in range(max(1, len(word) - 1))]
        else:
            words.append(word)
    return words
