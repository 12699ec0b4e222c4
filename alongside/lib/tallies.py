"""Numbers that stand on every page, counted together: each room says how, one query asks them all."""

from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True)
class Tally:
    """One number as SQL: a query with its values in it, of one row and one column."""

    sql: str

    @classmethod
    def of(cls, sql: str, params) -> "Tally":
        """From a query of one number and its values, which are quoted by the database's own driver."""
        return cls(connection.ops.compose_sql(sql, params))

    @classmethod
    def rows(cls, rows: QuerySet, most: int) -> "Tally":
        """How many `rows` there are, counted up to `most` and no further."""
        try:
            sql, params = rows.order_by().values("pk")[:most].query.sql_with_params()
        except EmptyResultSet:  # Django sees by itself that there are none, as of somebody in no team
            return cls("SELECT 0")
        return cls.of("".join(("SELECT count(*) FROM (", sql, ") AS few")), params)


def ask(tallies: list[Tally]) -> list[int]:
    """The numbers of `tallies`, in their order, by one query; none for none."""
    if not tallies:
        return []
    with connection.cursor() as cursor:
        cursor.execute("".join(("SELECT ", ", ".join("".join(("(", each.sql, ")")) for each in tallies))))
        return list(cursor.fetchone())
