"""Queries whose plan is kept."""

import pytest
from django.db import DatabaseError, connection

from alongside.lib.prepared import fetch

pytestmark = pytest.mark.django_db


def kept() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [row[0] for row in cursor.fetchall()]


def test_a_query_is_planned_once_and_asked_again_with_other_values():
    assert fetch("SELECT %(one)s::int + 40000", {"one": 2}) == [(40002,)]
    assert fetch("SELECT %(one)s::int + 40000", {"one": 3}) == [(40003,)]
    assert len([sql for sql in kept() if "40000" in sql]) == 1


def test_djangos_own_queries_are_not_kept():
    for _ in range(8):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 41000 + %s", [1])
    assert not [sql for sql in kept() if sql.startswith("SELECT 41000")]


def test_what_goes_wrong_is_one_of_djangos_errors():
    with pytest.raises(DatabaseError):
        fetch("SELECT 1 / %(none)s::int", {"none": 0})
