"""How common lexemes are, from PostgreSQL's own statistics: which way to look is decided by it, never what is found."""

import time
from bisect import bisect_left
from dataclasses import dataclass, field

from django.db import connection

FRESH_FOR = 300  # seconds
RARE = 0.0005  # what no statistic knows stands in fewer documents than this
RARER = 0.00002  # and one person or address in fewer than this
_SQL = """
    SELECT greatest(c.reltuples, 1), s.most_common_elems::text::text[], s.most_common_elem_freqs
      FROM pg_class c LEFT JOIN pg_stats s
        ON s.schemaname = c.relnamespace::regnamespace::text AND s.tablename = c.relname AND s.attname = 'vector'
     WHERE c.oid = 'search_searchdocument'::regclass
"""


@dataclass
class Commonness:
    """The share of documents that hold each common lexeme, and how many documents there are."""

    documents: float = 1
    shares: dict[str, float] = field(default_factory=dict)
    read_at: float = 0

    def __post_init__(self):
        self.sorted = sorted(self.shares)

    def of(self, lexeme: str) -> float:
        """The share of documents with this lexeme, 0 to 1."""
        return self.shares.get(lexeme, RARER if ":" in lexeme else RARE)

    def of_beginning(self, letters: str) -> float:
        """The share of documents with a lexeme that begins so: at least the commonest one's."""
        first, after = bisect_left(self.sorted, letters), bisect_left(self.sorted, letters + "\U0010ffff")
        shares = [self.shares[lexeme] for lexeme in self.sorted[first:after]]
        return 1 - _none_of(shares) if shares else RARER if ":" in letters else RARE

    def of_any(self, lexemes) -> float:
        """The share of documents with at least one of these, as if they came independently."""
        return 1 - _none_of(self.of(lexeme) for lexeme in lexemes)


def _none_of(shares) -> float:
    left = 1.0
    for share in shares:
        left *= 1 - share
    return left


_known = Commonness()


def commonness() -> Commonness:
    """What is known now; asks the database at most every few minutes."""
    global _known
    if time.monotonic() - _known.read_at > FRESH_FOR or not _known.read_at:
        with connection.cursor() as cursor:
            cursor.execute(_SQL)
            documents, lexemes, shares = cursor.fetchone()
        _known = Commonness(documents, dict(zip(lexemes or [], shares or [], strict=False)), time.monotonic())
    return _known


def forget() -> None:
    """Ask the database again at the next use."""
    global _known
    _known = Commonness()
