"""Queries whose plan PostgreSQL keeps: for long SQL that is asked again and again, where planning costs most."""

from collections.abc import Mapping, Sequence

import psycopg
from django.db import connection
from psycopg.rows import tuple_row


def spans(beginnings: list[tuple[str, str]]) -> dict[str, str]:
    """The values of spans of keys: `from_0` and `to_0` of the first, and so on."""
    values = {}
    for at, (first, end) in enumerate(beginnings):
        values |= {f"from_{at}": first, f"to_{at}": end}
    return values


def named(sql: str, params: Sequence | Mapping, prefix: str) -> tuple[str, dict]:
    """`sql` and its values, by place or by name, with names that begin with `prefix`: so that it fits into another."""
    by_name = isinstance(params, Mapping)
    values = params if by_name else {str(place): value for place, value in enumerate(params)}
    names = {name: f"%({prefix}{name})s" for name in values}
    text = sql.replace("%%", "%%%%") % (names if by_name else tuple(names.values()))
    return text, {f"{prefix}{name}": value for name, value in values.items()}


def fetch(sql: str, params: dict) -> list[tuple]:
    """The rows of `sql` with `params` (named), planned once a connection. Raises Django's database errors.

    Django's own cursors put the values into the text, so each call is planned anew. While queries are being counted
    or logged the ordinary cursor is used, so that they are seen.
    """
    if connection.queries_logged:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection, row_factory=tuple_row) as cursor:
        return cursor.execute(sql, params, prepare=True).fetchall()
