"""The search vector of a text: its words with their places, their stems, and lexemes for facts such as the inbox.

A word is letters and digits only, a fact begins with one letter and a colon, so the two never meet:
`k:` kind, `i:` inbox, `p:` the conversation's person, `f:` author (person or address), `t:` recipient's address,
`h:file` has a file.
"""

import re
from itertools import islice

from alongside.lib.text import words_with_places
from alongside.search.stems import Stems

MOST_WORDS = 16_000  # PostgreSQL keeps places up to 16,383
LONGEST_WORD = 64
GAP = 20  # places between two texts of one vector, so that no phrase spans both

_ASCII_WORD = re.compile(f"([a-z0-9]{{1,{LONGEST_WORD}}})[a-z0-9]*")


def quoted(lexeme: str) -> str:
    """A lexeme as it stands in the text form of a vector or a query."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def words_in(text: str) -> list[tuple[str, str]]:
    """Every word of `text` as (folded, as written in lower case), in order, each cut where no human would go on."""
    if text.isascii():
        found = _ASCII_WORD.findall(text.lower())[:MOST_WORDS]
        return list(zip(found, found, strict=True))
    found = islice(words_with_places(text), MOST_WORDS)
    return [(word[:LONGEST_WORD], text[start:end].lower()[:LONGEST_WORD]) for word, start, end in found]


def vector(texts, facts, stems: Stems) -> str:
    """The text form of a tsvector for `texts` (the first starts at place 1) and `facts` (lexemes without a place)."""
    parts = [words_in(text) for text in texts]
    stems.learn({written for words in parts for _, written in words})
    return vector_of_words(parts, facts, stems)


def vector_of_words(parts: list[list[tuple[str, str]]], facts, stems: Stems) -> str:
    """As `vector`, for texts already cut by `words_in` and whose words `stems` has learnt."""
    lexemes, begin, found = stems.lexemes, 1, [*map(quoted, facts)]
    for words in parts:
        # Letters and digits only, so there is nothing to quote; PostgreSQL puts the places of a lexeme together.
        found += [f"'{lexeme}':{place}" for place, pair in enumerate(words, begin) for lexeme in lexemes[pair]]
        begin += len(words) + GAP
    return " ".join(found)
