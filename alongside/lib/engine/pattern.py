"""The pattern of test databases: all tables, no rows, made once and copied by every worker that tests."""

import hashlib
import os
import subprocess
import sys

from alongside.lib.engine.places import Place
from alongside.lib.home import CHECKOUT

PREFIX = "pattern_alongside_"
MADE_FROM = ("config/settings.py", "requirements/app.lock", "alongside/**/migrations/*.py")


def pattern(place: Place) -> str:
    """The name of the pattern in this server, made if our migrations are not as they were when one was made last.

    Whoever comes while it is being made waits. Ends the program when a step of the migrations fails.
    """
    import psycopg
    from psycopg import sql

    name = f"{PREFIX}{digest()}"
    making = f"{name}_making"
    keeper = place.connection() | {"user": "postgres", "dbname": "postgres"}
    with psycopg.connect(**keeper, autocommit=True) as database:
        database.execute("SELECT pg_advisory_lock(2)")
        known = {row[0] for row in database.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])}  # fmt: skip
        if name in known:
            return name
        for old in known:
            database.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
        database.execute(sql.SQL("CREATE DATABASE {} OWNER alongside").format(sql.Identifier(making)))
        _migrate(place, making)
        made, named = sql.Identifier(making), sql.Identifier(name)
        database.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(made))  # one that is in use
        database.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(made, named))  # cannot be copied
    return name


def digest() -> str:
    """By what a database with all tables is known again: it changes with our migrations and with what is installed."""
    paths = sorted(path for glob in MADE_FROM for path in CHECKOUT.glob(glob))
    told = hashlib.sha256()
    for path in paths:
        told.update(f"{path.relative_to(CHECKOUT)}\0".encode() + path.read_bytes() + b"\0")
    return told.hexdigest()[:16]


def _migrate(place: Place, name: str) -> None:
    ours = {"DATABASE_URL": f"postgresql://alongside@/{name}?host={place.socket}", "ALONGSIDE_HOME": str(place.home)}
    done = subprocess.run([sys.executable, "-m", "alongside.cli", "migrate"], cwd=CHECKOUT, text=True,
                          env={**os.environ, "SECRET_KEY": "tests only", **ours}, capture_output=True)
    if done.returncode:
        sys.exit(f"The tests' tables could not be made:\n{done.stdout}{done.stderr}")
