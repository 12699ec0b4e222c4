"""Queries whose plan PostgreSQL keeps: for long SQL that is asked again and again, where planning costs most."""

import psycopg
from django.db import connection
from psycopg.rows import tuple_row


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
