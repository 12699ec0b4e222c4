"""The few words around what was found, in pieces that a template marks and escapes."""

import re
from itertools import islice

from alongside.lib.text import words_with_places
from alongside.search.parsing import Lexemes
from alongside.search.stems import Stems
from alongside.search.vectors import LONGEST_WORD

BEFORE, LENGTH = 60, 220  # letters before the first find, and in all
LOOKED_AT = 3_000  # words of one text
PREFIXING = {"indonesian_stem", "irish_stem"}  # these take away beginnings, too; all others only endings

Piece = tuple[str, bool]


class Marker:
    """Marks, in texts, the words that a query found."""

    def __init__(self, lexemes: Lexemes, stems: Stems):
        self.lexemes, self.stems = lexemes, stems
        self._cut: dict[str, list[tuple]] = {}
        first = {word[0] for word in (*lexemes.whole, *lexemes.beginnings) if word[0].isascii()}
        if not first or PREFIXING & set(stems.dictionaries):
            first = {"a-z0-9"}
        # In plain ASCII a word shares its first letter with its stem, so most words need no second look.
        self.plain = re.compile(f"(?<![a-z0-9])[{''.join(sorted(first))}][a-z0-9]*")

    def learn(self, texts) -> None:
        """Look up the stems of all words of `texts` that may be marked, at once; to be called before these are."""
        self._cut = {text: list(self._words(text)) for text in texts}
        self.stems.learn({written for words in self._cut.values() for _, written, _, _ in words})

    def snippet(self, text: str) -> list[Piece]:
        """The part of `text` around the first find, as (words, found) pieces; its beginning when nothing is."""
        spans = self._spans(text)
        start = max(0, spans[0][0] - BEFORE) if spans else 0
        if start:
            start = text.find(" ", start, spans[0][0]) + 1 or start
        end = min(len(text), start + LENGTH)
        if end < len(text):
            end = max(text.rfind(" ", start, end), spans[0][1] if spans else 0) if " " in text[start:end] else end
        pieces = _pieces(text, start, end, spans)
        return [*([("… ", False)] if start else []), *pieces, *([(" …", False)] if end < len(text) else [])]

    def whole(self, text: str) -> list[Piece]:
        """All of a short text, such as a subject or a name."""
        return _pieces(text, 0, len(text), self._spans(text))

    def _spans(self, text: str) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        for word, written, start, end in self._cut[text]:
            if not self._found(word, written):
                continue
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return spans

    def _words(self, text: str):
        if text.isascii():
            for match in self.plain.finditer(text.lower()):
                yield match[0][:LONGEST_WORD], match[0][:LONGEST_WORD], match.start(), match.end()
            return
        for word, start, end in islice(words_with_places(text), LOOKED_AT):
            yield word[:LONGEST_WORD], text[start:end].lower()[:LONGEST_WORD], start, end

    def _found(self, word: str, written: str) -> bool:
        return bool(self.lexemes.whole & set(self.stems.lexemes[(word, written)])) or any(
            word.startswith(letters) for letters in self.lexemes.beginnings
        )


def _pieces(text: str, start: int, end: int, spans) -> list[Piece]:
    pieces, at = [], start
    for first, last in spans:
        if first >= end:
            break
        if last <= start:
            continue
        pieces += [(text[at:first], False), (text[first : min(last, end)], True)]
        at = min(last, end)
    pieces.append((text[at:end], False))
    return [(" ".join(words.split()) if found else _breaks(words), found) for words, found in pieces if words]


def _breaks(words: str) -> str:
    """Line breaks and runs of space as one space, the space at the ends kept."""
    inner = " ".join(words.split())
    return (" " if words[:1].isspace() else "") + inner + (" " if inner and words[-1:].isspace() else "")
