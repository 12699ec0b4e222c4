"""One world for all the tests of principals, in a transaction that each request leaves as it was."""

import contextlib

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The world, built once a module; what is done in it is undone."""
    from tests.house.world import World

    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def undone(world):
    """A context in which whatever happens to the world is undone."""

    @contextlib.contextmanager
    def undo():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return undo
