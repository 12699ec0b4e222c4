"""The embedded PostgreSQL: made, started, taken over, recovered, stopped. Or the one that `DATABASE_URL` names."""

import os
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from alongside.lib.engine import locks, server
from alongside.lib.engine.cluster import make_home
from alongside.lib.engine.errors import AlreadyOwned, EngineError, NeedsUpgrade
from alongside.lib.engine.places import Place, place_of
from alongside.lib.engine.urls import settings_of

__all__ = [
    "AlreadyOwned", "EngineError", "NeedsUpgrade", "Place",
    "database_settings", "embedded", "place_of", "running", "start", "stop",
]


def embedded() -> bool:
    """True when the database is ours to start and stop; False when `DATABASE_URL` names one."""
    return not os.environ.get("DATABASE_URL")


def database_settings() -> dict:
    """Django's `DATABASES["default"]`. Starts nothing and connects to nothing."""
    if embedded():
        facts = place_of().connection()
        found = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": facts["dbname"],
            "USER": facts["user"],
            "PASSWORD": "",
            "HOST": facts["host"],
            "PORT": facts["port"],
            "OPTIONS": {},
        }
    else:
        found = settings_of(os.environ["DATABASE_URL"])
    if name := os.environ.get("ALONGSIDE_TEST_DATABASE"):
        found["TEST"] = {"NAME": name, "TEMPLATE": os.environ.get("ALONGSIDE_TEST_PATTERN")}
    return found


def start(home: Path | None = None, options: tuple[str, ...] = ()) -> Place:
    """Start the database of the data folder `home` (default: ours), or take over a living one; it stays until `stop`.

    `options` are server settings (`name=value`) for tests. Raises EngineError, whose text says what to do.
    """
    place = _ready_place(home)
    with locks.transition(place):
        server.ensure(place, options)
        server.let_stay(place)
    return place


def stop(home: Path | None = None) -> bool:
    """Stop the database of the data folder `home`. True when it ran. Raises EngineError while someone uses it."""
    place = place_of(home)
    if not place.root.exists():
        return False
    with locks.transition(place):
        alone = locks.Lock(place.root / "engine.users")
        try:
            if not alone.take():
                raise EngineError(f"The database in {place.root} is in use. Stop Alongside and its workers first.")
            return server.stop(place)
        finally:
            alone.release()


@contextmanager
def running(
    home: Path | None = None, *, alone: bool = False, options: tuple[str, ...] = (), programs: Path | None = None
):
    """The database of `home` runs inside this block; yields its Place.

    Several processes may be inside at once; the last one to leave stops the server, also one that it took over.
    `alone` is for `alongside serve`: one per data folder, another one gets AlreadyOwned. `options` (server settings,
    `name=value`) and `programs` (the `bin` folder of another PostgreSQL) are for tests.
    """
    place = replace(_ready_place(home), programs=programs)
    with ExitStack() as stack:
        if alone:
            stack.callback(locks.own(place).release)
        with locks.transition(place):
            stack.callback(_leave, place, locks.use(place))
            server.ensure(place, options)
        yield place


def _leave(place: Place, held: locks.Lock) -> None:
    """Stop counting as a user of the server; the last one stops it, unless it was started to stay."""
    with locks.transition(place):
        if held.take() and not server.stays(place):
            server.stop(place)
        held.release()


def _ready_place(home: Path | None) -> Place:
    """The place with its folder made, for the locks live in it."""
    place = place_of(home)
    make_home(place.home)
    if place.moved:
        make_home(place.root)
        place.root.parent.chmod(0o755)
    if not os.access(place.root, os.W_OK | os.X_OK):
        raise EngineError(f"The data folder {place.root} is not ours to write. Set ALONGSIDE_HOME to one that is.")
    return place
