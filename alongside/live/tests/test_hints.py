"""Hints leave at commit: once in a transaction, and not at all when it is taken back."""

import psycopg
import pytest
from django.db import connection, transaction

from alongside.lib.listening import connection_parameters
from alongside.live.carriers import CHANNEL
from alongside.live.models import changed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard():
    """A function that returns the payloads that were told since it was last asked."""
    with psycopg.connect(**connection_parameters(), autocommit=True) as other:
        other.execute(f"LISTEN {CHANNEL}")

        def told() -> list[str]:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, 'end')", [CHANNEL])
            found = []
            for notification in other.notifies(timeout=10):
                if notification.payload == "end":
                    return found
                found.append(notification.payload)
            raise AssertionError("the end was not heard")

        yield told


TWELVE = '{"topic":"conversation:12"}'


def test_outside_a_transaction_it_is_told_at_once(heard):
    changed("conversation:12")
    assert heard() == [TWELVE]


def test_inside_one_it_is_told_at_commit(heard):
    with transaction.atomic():
        changed("conversation:12")
        with psycopg.connect(**connection_parameters(), autocommit=True) as other:
            other.execute("SELECT pg_notify(%s, 'meanwhile')", [CHANNEL])
    assert heard() == ["meanwhile", TWELVE]


def test_the_same_hint_costs_one_query_in_a_transaction(heard, django_assert_num_queries):
    with transaction.atomic():
        with django_assert_num_queries(1):
            for _ in range(5):
                changed("conversation:12")
    assert heard() == [TWELVE]


def test_different_hints_of_one_topic_are_all_told(heard):
    with transaction.atomic():
        changed("conversation:12", message=1)
        changed("conversation:12", message=2)
    assert len(heard()) == 2


def test_a_rolled_back_transaction_tells_nothing(heard):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        changed("conversation:12")
        _ = 1 / 0
    assert heard() == []
    with transaction.atomic():
        changed("conversation:12")
    assert heard() == [TWELVE]


def test_a_rolled_back_part_is_told_again_by_the_whole(heard):
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            changed("conversation:12")
            _ = 1 / 0
        changed("conversation:12")
    assert heard() == [TWELVE]


def test_a_part_that_holds_is_not_told_twice(heard, django_assert_num_queries):
    with transaction.atomic():
        with transaction.atomic():
            changed("conversation:12")
        with django_assert_num_queries(0):
            changed("conversation:12")
    assert heard() == [TWELVE]
