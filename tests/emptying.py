"""Empties the database after a test that committed, as Django does, at a thirtieth of the cost.

Django truncates every table. PostgreSQL then makes each of a hundred tables and their indexes anew, which takes more
than half a second a test, however little lies in them. Here what holds rows is found by one question and deleted.
"""

from django.core.management.sql import emit_post_migrate_signal
from django.db import connections, transaction
from django.test import TransactionTestCase

KEPT = {"django_content_type", "auth_permission"}  # Django's own, the same in every test


def install() -> None:
    """Let every test that commits end so."""
    TransactionTestCase._fixture_teardown = _teardown


def _teardown(case: TransactionTestCase) -> None:
    for alias in case._databases_names(include_mirrors=False):
        empty(alias)
        emit_post_migrate_signal(verbosity=0, interactive=False, db=alias)  # what comes with the house is there again


def empty(alias: str) -> None:
    """Delete every row of the models' tables. Their foreign keys are looked at when it is done, so any order will do."""
    connection = connections[alias]
    names = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    quoted = [connection.ops.quote_name(name) for name in sorted(names)]
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in quoted))
        for (name,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {name}")
