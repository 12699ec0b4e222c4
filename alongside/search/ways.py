"""The SQL that finds documents: the newest that match, whichever way reads fewer rows.

A rare word's matches are few: take them all first, behind a fence (`AS MATERIALIZED`), then sort. A common word
stands in so many that the newest page of them lies within the newest few hundred documents: walk those in order and
stop. With n documents and a share s that match, walking reads about page/s rows and the fence s·n, so the worse of
the two never exceeds a few thousand rows. Where a walk finds too little, the fence is asked after all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from alongside.lib.prepared import named

WALKED_ROW = 10  # a walked row costs about this many fenced ones: its vector must be read and tried
SHORTEST_WALK = 500
LONGER = 8  # how much further than expected a walk may go before it gives up
MANY = 2_000  # matches from which on it pays to ask where the reader may see any
LARGE = 10_000  # from so many matches on, the planner would rather read the whole table; it must not
LONG = 24  # quotes in a query from which on it cannot estimate, and would, too

_MATCHES = """
WITH matches AS MATERIALIZED (
    SELECT d.id, d.at, d.conversation_id, d.message_id FROM search_searchdocument d
     WHERE d.conversation_id IS NOT NULL AND {condition} AND {bounds})
"""
_IN_ORDER = "(SELECT * FROM matches ORDER BY at DESC, id DESC) AS m"
_WALK = """(
    SELECT d.id, d.at, d.conversation_id, d.message_id FROM (
        SELECT d.* FROM search_searchdocument d WHERE d.conversation_id IS NOT NULL AND {bounds}
         ORDER BY d.at DESC, d.id DESC LIMIT %(window)s) AS d
     WHERE {condition}) AS m"""
_PAGE = """
{matches}
SELECT m.id FROM {source} CROSS JOIN LATERAL ({seen} LIMIT 1) AS seen
 ORDER BY m.at DESC, m.id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Scope:
    """Where a reader need only look: a tsquery that holds in the inboxes they serve, and single conversations."""

    tsquery: str = ""
    beside: list[int] = field(default_factory=list)


EVERYWHERE = Scope()


@dataclass
class Search:
    """What to find. `seen` is the SQL, and its parameters, of rows that exist for what the reader may see.

    It knows the match as `m`; see `of_match`.
    """

    tsquery: str
    share: float  # of all documents that match, as far as known
    documents: float  # how many there are
    seen: tuple[str, tuple]
    since: datetime | None = None
    until: datetime | None = None
    place: tuple[datetime, int] | None = None
    scope: Callable[[], Scope | None] | None = None  # asked where many match of which the reader may see few
    among: list[int] | None = None  # only these conversations: there are few


def of_match(column: str, own: str) -> RawSQL:
    """A condition for `seen`: that its row's column `own` ("table"."column") is the match's `column`."""
    return RawSQL(f"{own} = m.{column}", [], output_field=BooleanField())


def find(search: Search, limit: int) -> list[int]:
    """The ids of the newest `limit` documents that match and may be seen, newest first."""
    if search.among is not None and not search.among:
        return []
    found = _walk(search, limit)
    if found is not None:
        return found
    matches = search.share * search.documents
    scope = search.scope() if search.scope and search.among is None and matches > MANY else None
    if search.among is None and matches < LARGE and search.tsquery.count("'") < LONG:
        return _run(search, limit, _IN_ORDER, _MATCHES, scope=scope)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        return _run(search, limit, _IN_ORDER, _MATCHES, scope=scope)


def _walk(search: Search, limit: int) -> list[int] | None:
    """Walk the newest documents as long as that promises to be the shorter way; None where the fence is."""
    window = _window(search, limit)
    while window:
        found = _run(search, limit, _WALK, "", window=window)
        if len(found) == limit or window >= search.documents:
            return found
        further = LONGER * window * (limit if found else 1) // (len(found) or 1)
        window = further if further > window and further * _row(search) < 2 * _fenced(search) else 0
    return None


def _window(search: Search, limit: int) -> int:
    """How many of the newest documents to walk; 0 for not walking."""
    if search.among is not None:
        return 0
    expected = limit / max(search.share, 1e-9)
    if expected * _row(search) > _fenced(search):
        return 0
    return int(max(SHORTEST_WALK, LONGER * expected))


def _fenced(search: Search) -> float:
    """What the fence costs: a row for each match; with a phrase each must be read, too, for the order of its words."""
    return search.share * search.documents * (WALKED_ROW if "<->" in search.tsquery else 1)


def _row(search: Search) -> float:
    """What walking one row costs, in fenced ones: trying a long query on it takes longer."""
    return WALKED_ROW * (1 + search.tsquery.count("'") / 20)


def _run(search: Search, limit: int, source: str, matches: str, *, window=0, scope=None) -> list[int]:
    scope = scope or EVERYWHERE
    params = {"query": search.tsquery, "scoped": scope.tsquery, "beside": scope.beside, "among": search.among,
              "limit": limit, "window": window}  # fmt: skip
    parts = {"condition": _condition(search, scope), "bounds": _bounds(search, params)}
    seen, theirs = named(*search.seen, "seen_")
    sql = _PAGE.format(matches=matches.format(**parts), source=source.format(**parts), seen=seen)
    with connection.cursor() as cursor:
        cursor.execute(sql, params | theirs)
        return [id for (id,) in cursor.fetchall()]


def _condition(search: Search, scope: Scope) -> str:
    if search.among is not None:
        return "d.conversation_id = ANY(%(among)s) AND d.vector @@ %(query)s::tsquery"
    if not scope.tsquery:
        return "d.vector @@ %(query)s::tsquery"
    if not scope.beside:
        return "d.vector @@ %(scoped)s::tsquery"
    return """(d.vector @@ %(scoped)s::tsquery
               OR d.conversation_id = ANY(%(beside)s) AND d.vector @@ %(query)s::tsquery)"""


def _bounds(search: Search, params: dict) -> str:
    bounds = ["true"]
    if search.since:
        bounds.append("d.at >= %(since)s")
        params["since"] = search.since
    if search.until:
        bounds.append("d.at < %(until)s")
        params["until"] = search.until
    if search.place:
        bounds.append("(d.at, d.id) < (%(place_at)s, %(place_id)s)")
        params["place_at"], params["place_id"] = search.place
    return " AND ".join(bounds)
