"""`alongside migrate`: brings the database's tables up to date, and knows quickly when there is nothing to do."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

LOCK = 0x616C6F6E67  # one migration at a time, however many hosts start at once
CACHE_TABLE = "cache"


def main(argv: list[str]) -> int:
    """Apply what is missing."""
    parser = argparse.ArgumentParser(prog="alongside migrate", description="Bring the database's tables up to date.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when something is missing")
    options = parser.parse_args(argv)
    from alongside.cli.setting_up import database, django

    with database():
        django()
        missing = pending()
        if options.check:
            print(f"{len(missing)} steps are missing." if missing else "The database is up to date.")
            return 1 if missing else 0
        apply()
        print(f"The database is up to date ({len(missing)} steps taken)." if missing else "The database is up to date.")
    return 0


def prepare_new() -> None:
    """Make the tables of a database that has none at all, so that any command may be the first; change no other."""
    from django.db import connection

    if not connection.introspection.table_names():
        print("The database is new. Preparing it, this once …", file=sys.stderr)
        apply()


def on_disk() -> set[tuple[str, str]]:
    """The migrations that the installed apps bring, as (app label, name), found without importing them."""
    from django.apps import apps

    found = set()
    for config in apps.get_app_configs():
        folder = _folder(config)
        if folder and folder.is_dir():
            names = (path.stem for path in folder.glob("*.py") if path.name[0] not in "_~")
            found |= {(config.label, name) for name in names}
    return found


def _folder(config) -> Path | None:
    from django.conf import settings

    module = settings.MIGRATION_MODULES.get(config.label, f"{config.name}.migrations")
    if module is None:
        return None
    if module == f"{config.name}.migrations":
        return Path(config.path) / "migrations"
    return Path(next(iter(import_module(module).__path__)))


def pending() -> set[tuple[str, str]]:
    """What is missing in the database. A superset of what Django would run: squashed migrations count as missing."""
    from django.db import connection

    tables = set(connection.introspection.table_names())
    applied = set()
    if "django_migrations" in tables:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    missing = on_disk() - applied
    return missing if CACHE_TABLE in tables else missing | {("cache", "table")}


def apply() -> None:
    """Take the missing steps, one process at a time; does nothing when none is missing."""
    from django.core.management import call_command
    from django.db import connection

    if not pending():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
            call_command("createcachetable", verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
