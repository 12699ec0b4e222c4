"""The database of a test run, as a pytest plugin: `-p alongside.lib.engine.testing` in pytest's `addopts`.

Before Django's settings are read, it points ALONGSIDE_HOME at `build/testdb` in the checkout and starts the embedded
database there (without fsync: it may be lost, a user's data never). Several runs at once share that server; each has
a test database with a name of its own, copied from a pattern, and the last run to end stops the server. With
`DATABASE_URL` set, only the name of the test database is chosen. Nothing else is needed in a `conftest.py`; calling
`begin()` twice does no harm.
"""

import atexit
import contextlib
import os
import signal
import sys
import threading

import pytest

from alongside.lib.engine import embedded, running
from alongside.lib.engine.pattern import pattern
from alongside.lib.engine.places import Place
from alongside.lib.home import CHECKOUT

HOME = CHECKOUT / "build" / "testdb"
PREFIX = "test_alongside_"
PUBLIC_URL = "http://localhost:8000"  # whatever a server that a test began in our folder noted as its own
OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB", "max_connections=200")
_held = contextlib.ExitStack()
_begun: list[int] = []


def begin() -> None:
    """Start the database for this process's tests and tell the settings about it. Later calls do nothing."""
    if os.getpid() in _begun:
        return
    _begun.append(os.getpid())
    atexit.register(end)
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    os.environ["ALONGSIDE_HOME"] = str(HOME)
    os.environ.setdefault("SECRET_KEY", "tests only")
    os.environ["PUBLIC_URL"] = PUBLIC_URL
    if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker keeps its parent's name; pytest-django adds the worker's
        os.environ["ALONGSIDE_TEST_DATABASE"] = f"{PREFIX}{os.getpid()}"
    if embedded():
        place = _held.enter_context(running(HOME, options=OPTIONS))
        make_ready(place)
        if "PYTEST_XDIST_WORKER" not in os.environ:
            os.environ["ALONGSIDE_TEST_PATTERN"] = pattern(place)


def end() -> None:
    """Leave the database; the last one stops it."""
    _held.close()


def make_ready(place: Place) -> None:
    """Let tests make databases, and drop those of runs that were killed."""
    import psycopg

    keeper = place.connection() | {"user": "postgres", "dbname": "postgres"}
    with psycopg.connect(**keeper, autocommit=True) as database:
        if not database.execute("SELECT rolcreatedb FROM pg_roles WHERE rolname = 'alongside'").fetchone()[0]:
            database.execute("SELECT pg_advisory_lock(1)")  # two at once are refused; it goes with the connection
            database.execute("ALTER ROLE alongside CREATEDB")
        names = database.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]).fetchall()
        for (name,) in names:
            number = name.removeprefix(PREFIX).partition("_")[0]
            if number.isdigit() and not _runs(int(number)):
                database.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _runs(pid: int) -> bool:
    from alongside.lib.engine.processes import alive

    return alive(pid)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests():
    """Begin before pytest-django reads the settings; a wrapper comes before every plain hook."""
    begin()
    return (yield)


def pytest_configure(config):
    """Leave at the very end, after the test databases are dropped."""
    begin()
    config.add_cleanup(end)
