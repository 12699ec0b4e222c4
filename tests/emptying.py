"""Empties the database after a test that committed, as Django does, at a thirtieth of the cost.

Django truncates every table. PostgreSQL then makes each of a hundred tables and their indexes anew, which takes more
than half a second a test, however little lies in them. Here what holds rows is found by one question and deleted.
"""

from django.core.management.sql import emit_post_migrate_signal
from django.db import connections, transaction
from django.test import TransactionTestCase
from psycopg import sql

KEPT = {"django_content_type", "auth_permission"}  # Django's own, the same in every test


def install() -> None:
    """Let every test that commits end so."""
    TransactionTestCase._fixture_teardown = _teardown


def _teardown(case: TransactionTestCase) -> None:
    for alias in case._databases_names(include_mirrors=False):
        empty(alias)
        emit_post_migrate_signal(verbosity=0, interactive=False, db=alias)  # what comes with the house is there again


def empty(alias: str) -> None:
    """Delete every row of the models' tables, in any order: foreign keys are looked at when it is done."""
    connection = connections[alias]
    names = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    tables = [sql.Identifier(name) for name in sorted(names)]
    holds_rows = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(number, table) for number, table in enumerate(tables)
    )
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute(holds_rows)
        for (number,) in cursor.fetchall():
            cursor.execute(sql.SQL("DELETE FROM {}").format(tables[number]))
