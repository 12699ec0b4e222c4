"""Reads what someone typed: words, "phrases", -without, and filters such as from:joe or before:2026-11."""

import re
from dataclasses import dataclass, field

from alongside.search.stems import Stems
from alongside.search.vectors import quoted, words_in

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
FILTERS = ("from", "to", "with", "person", "in", "tag", "is", "has", "assigned", "before", "after", "on")
MOST_TERMS = 20
MOST_LETTERS = 400

_PART = re.compile(
    r'(?P<without>-)?(?:(?P<key>[^\W\d_]{2,20}):(?!//))?(?:"(?P<phrase>[^"]*)"?|(?P<plain>[^\s"]+))', re.UNICODE
)


@dataclass(frozen=True)
class Term:
    """One thing to look for: its words in order, each (folded, as written). `beginning`: the last is unfinished."""

    words: tuple[tuple[str, str], ...]
    exact: bool = False
    without: bool = False
    beginning: bool = False


@dataclass(frozen=True)
class Filter:
    """One filter as it was typed: from:joe is Filter("from", "joe")."""

    key: str
    value: str
    without: bool = False


@dataclass
class Query:
    """What someone looks for. `unknown` are words before a colon that are no filter; they were read as words."""

    terms: list[Term] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """The words alone, for looking up a name."""
        return " ".join(word for term in self.terms if not term.without for _, word in term.words)


def parse(text: str) -> Query:
    """The query in `text`. Never raises: what is no filter is a word."""
    query, text = Query(), text[:MOST_LETTERS].replace("\0", " ").translate(_STRAIGHT)
    for part in list(_PART.finditer(text))[:MOST_TERMS]:
        key, without, exact = (part["key"] or "").lower(), bool(part["without"]), part["phrase"] is not None
        value = part["phrase"] if exact else part["plain"]
        if key in FILTERS:
            query.filters.append(Filter(key, value.strip(), without))
            continue
        if key:
            query.unknown.append(key)
            value = f"{key} {value}"
        if words := tuple(words_in(value)):
            unfinished = part.end() == len(text) and not (exact or without)
            query.terms.append(Term(words, exact=exact, without=without, beginning=unfinished))
    return query


class Lexemes:
    """The tsquery of some terms, and the lexemes in it, by which places are found in a vector."""

    def __init__(self, terms: list[Term], stems: Stems):
        self.stems = stems
        self.whole: set[str] = set()
        self.beginnings: set[str] = set()
        stems.learn({written for term in terms for _, written in term.words})
        self.parts = [self._part(term) for term in terms]

    def _part(self, term: Term) -> str:
        words = [self._word(term, place) for place in range(len(term.words)) if not self._is_tail(term, place)]
        part = " <-> ".join(words)
        if term.without:
            return f"!({part})"
        return f"({part})" if len(words) > 1 else part

    def _is_tail(self, term: Term, place: int) -> bool:
        """The last letter of a run of pairs stands by itself in an index; after its pair it says nothing more."""
        word, before = term.words[place][0], term.words[place - 1][0] if place else ""
        return len(word) == 1 and len(before) == 2 and before[1] == word and word >= "\u0e00"

    def _word(self, term: Term, place: int) -> str:
        word, written = term.words[place]
        lone_letter = len(word) == 1 and word >= "\u0e00"
        beginning = lone_letter or (term.beginning and place == len(term.words) - 1)
        found = {word} if term.exact else set(self.stems.lexemes[(word, written)])
        if not term.without:
            self.whole |= found
            self.beginnings |= {word} if beginning else set()
        alternatives = [quoted(word) + (":*" if beginning else ""), *map(quoted, sorted(found - {word}))]
        return alternatives[0] if len(alternatives) == 1 else f"({' | '.join(alternatives)})"
