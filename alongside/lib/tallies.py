"""Numbers that stand on every page, counted together: each room says how, one query asks them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from alongside.lib.prepared import fetch, named


@dataclass(frozen=True)
class Tally:
    """One number as SQL: a query of one row and one column, and its values, by place or by name."""

    sql: str
    params: Sequence | Mapping = ()

    @classmethod
    def rows(cls, rows: QuerySet, most: int) -> "Tally":
        """How many `rows` there are, counted up to `most` and no further."""
        try:
            sql, params = rows.order_by().values("pk")[:most].query.sql_with_params()
        except EmptyResultSet:  # Django sees by itself that there are none, as of somebody in no team
            return cls("SELECT 0")
        return cls("".join(("SELECT count(*) FROM (", sql, ") AS few")), params)


def ask(tallies: list[Tally]) -> list[int]:
    """The numbers of `tallies`, in their order, by one query, whose plan is kept; none for none."""
    if not tallies:
        return []
    parts = [named(tally.sql, tally.params, f"t{place}_") for place, tally in enumerate(tallies)]
    sql = ", ".join("".join(("(", sql, ")")) for sql, _params in parts)
    params = {name: value for _sql, params in parts for name, value in params.items()}
    return list(fetch("".join(("SELECT ", sql)), params)[0])
