"""Brings the data of an older PostgreSQL over to the one that came with us; the old folder is kept."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from alongside.lib.engine import binaries, cluster, locks, server
from alongside.lib.engine.errors import EngineError
from alongside.lib.engine.places import Place


def upgrade(place: Place, old_bin: Path | None = None, say: Callable[[str], None] = print) -> str:
    """Copy everything into a new folder and put it in the old one's place; returns what was done, in words.

    `old_bin` is the `bin` folder of the older PostgreSQL; without it, one that came with us or with the machine is
    taken. Nothing changes unless the whole copy succeeds. Raises EngineError.
    """
    if not place.exists:
        raise EngineError(f"There is no database in {place.root} to upgrade.")
    found = cluster.version(place.data)
    if found == binaries.MAJOR:
        return f"Nothing to do: the database is already of PostgreSQL {found}."
    if found > binaries.MAJOR:
        cluster.check_version(place)
    old = _programs(found, old_bin)
    with locks.transition(place):
        alone = locks.Lock(place.root / "engine.users")
        try:
            if not alone.take():
                raise EngineError("The database is in use. Stop Alongside first.")
            return _bring_over(place, found, old, say)
        finally:
            alone.release()


def _programs(major: int, given: Path | None) -> Path:
    """The programs of the older PostgreSQL."""
    if given:
        if not (given / "postgres").exists() or binaries.major_of(given) != major:
            raise EngineError(f"{given} does not hold PostgreSQL {major}.")
        return given
    known = {**binaries.installed(), **binaries.shipped()}
    if major not in known:
        raise EngineError(
            f"The programs of PostgreSQL {major} are needed once, to read the old data. Install them "
            f"(apt install postgresql-{major}) and run `alongside database upgrade` again, or name their folder with "
            "--old-bin. Or restore a backup into an empty data folder."
        )
    return known[major]


def _bring_over(place: Place, major: int, old: Path, say: Callable[[str], None]) -> str:
    """Dump from the old server into a file, load it into a new one beside it, then swap the folders."""
    size = sum(path.stat().st_size for path in place.data.rglob("*") if path.is_file())
    if shutil.disk_usage(place.root).free < size * 2:
        raise EngineError(f"The disk of {place.root} needs {size * 2 // 10**6} MB free for the copy. Make room first.")
    dump, new = place.root / "postgres.upgrade", place.upgraded
    shutil.rmtree(new, ignore_errors=True)
    cluster.write_settings(place)
    cluster.check_socket_folder(place)
    ours = binaries.server_folder()
    try:
        say(f"Reading the data with PostgreSQL {major} …")
        with server.aside(place, place.data, old):
            before = _count(place)
            _tool(place, ours / "pg_dump", "--format=custom", f"--file={dump}", "alongside")
        say(f"Writing it with PostgreSQL {binaries.MAJOR} …")
        cluster.create(place, new)
        with server.aside(place, new):
            _tool(place, ours / "pg_restore", "--exit-on-error", "--dbname=alongside", dump)
            _tool(place, ours / "vacuumdb", "--analyze-only", "--quiet", "alongside")
            after = _count(place)
        if before != after:
            raise EngineError(f"The copy differs from the original ({after} rows, not {before}); nothing was changed.")
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    finally:
        dump.unlink(missing_ok=True)
    kept = place.root / f"postgres-{major}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    place.data.rename(kept)
    new.rename(place.data)
    return f"The database is now of PostgreSQL {binaries.MAJOR}. The old one is in {kept}; delete it when all is well."


def _tool(place: Place, *command) -> None:
    """Run a client of PostgreSQL as ourselves on the socket of `place`."""
    facts = place.connection()
    reach = {"PGHOST": facts["host"], "PGPORT": facts["port"], "PGUSER": facts["user"], "PATH": os.defpath}
    done = subprocess.run([str(part) for part in command], env=reach, capture_output=True, text=True)
    if done.returncode:
        raise EngineError(f"{Path(command[0]).name} failed, and nothing was changed:\n{done.stderr[-800:].strip()}")


def _count(place: Place) -> dict[str, int]:
    """How many rows each table of our database has."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(**place.connection()) as database:
        names = database.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        ask = sql.SQL("SELECT count(*) FROM {}")
        return {".".join(name): database.execute(ask.format(sql.Identifier(*name))).fetchone()[0] for name in names}
