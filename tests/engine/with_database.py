"""The tests that ask a database, and no others: on a second kind of PostgreSQL the rest would show nothing new."""

ASKED = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_collection_modifyitems(config, items):
    """Leave out whatever asks no database."""
    others = [item for item in items if not asks(item)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if asks(item)]


def asks(item) -> bool:
    """Whether a test asks the database, by its mark or by a fixture."""
    return item.get_closest_marker("django_db") is not None or bool(ASKED & set(item.fixturenames))
