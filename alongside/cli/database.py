"""`alongside database`: status, start, stop, upgrade and psql of the embedded database."""

import argparse
import os
from pathlib import Path

from alongside.lib import engine
from alongside.lib.commands import Failed
from alongside.lib.engine import cluster, server


def main(argv: list[str]) -> int:
    """Run one of the sub-commands."""
    parser = argparse.ArgumentParser(prog="alongside database", description="Look after the embedded database.")
    each = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    each.add_parser("status", help="say whether it runs and where it lives; exit 1 when it does not run")
    each.add_parser("start", help="start it and leave it running until `stop`")
    each.add_parser("stop", help="stop it, unless something uses it")
    upgrade = each.add_parser("upgrade", help="bring the data of an older PostgreSQL over; the old folder is kept")
    upgrade.add_argument("--old-bin", type=Path, help="the bin folder of the older PostgreSQL, where it is not found")
    each.add_parser("psql", help="open psql on the database; what follows is handed to it", add_help=False)
    if argv[:1] == ["psql"]:
        return _psql(argv[1:])
    options = parser.parse_args(argv)
    if not engine.embedded():
        raise Failed("DATABASE_URL names a database of your own; this command looks after the embedded one only.")
    return {"status": _status, "start": _start, "stop": _stop, "upgrade": _upgrade}[options.what](options)


def _status(options) -> int:
    place = engine.place_of()
    if not place.exists:
        print(f"There is no database in {place.root} yet; `./run` makes one.")
        return 1
    found = server.status(place.data)
    print(f"The database in {place.root} " + (f"is {found[1]} (process {found[0]})." if found else "does not run."))
    print(f"PostgreSQL {cluster.version(place.data)}; socket in {place.socket}; log in {place.log}")
    return 0 if found else 1


def _start(options) -> int:
    place = engine.start()
    print(f"The database runs (socket in {place.socket}). `alongside database stop` stops it.")
    return 0


def _stop(options) -> int:
    print("The database has stopped." if engine.stop() else "The database did not run.")
    return 0


def _upgrade(options) -> int:
    from alongside.lib.engine.upgrade import upgrade

    told = upgrade(engine.place_of(), options.old_bin, say=print)
    print(told)
    return 0


def _psql(words: list[str]) -> int:
    import subprocess

    from alongside.cli.setting_up import database
    from alongside.cli.tools import reach, tool

    with database():
        return subprocess.call([tool("psql"), *words], env=reach() | {"PATH": os.environ.get("PATH", "")})
