"""`alongside restore`: reads a backup, checks all of it first, then puts everything back in one transaction."""

import argparse
import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

from alongside.cli.backup import DUMP, FORMAT, MANIFEST, PIECE, private
from alongside.lib.commands import Failed, Progress

# Drops all that a user made in the schema, and nothing of extensions; needs no right to make a schema or a database.
EMPTY_SCHEMA = """
DO $$ DECLARE it record; BEGIN
  FOR it IN SELECT c.oid::regclass AS name, c.relkind FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'i', 'a')) LOOP
    EXECUTE format('DROP %s IF EXISTS %s CASCADE', CASE it.relkind WHEN 'v' THEN 'VIEW' WHEN 'f' THEN 'FOREIGN TABLE'
      WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, it.name);
  END LOOP;
  FOR it IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype IN ('e', 'i')) LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', it.name);
  END LOOP;
  FOR it IN SELECT t.oid::regtype AS name FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace
    AND t.typtype IN ('e', 'd', 'c') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid
    AND d.deptype IN ('e', 'i')) LOOP
    EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', it.name);
  END LOOP;
END $$;
"""
LONG_DUMP = timedelta(days=1)  # a dump shows the database as it was when it began, and its time is that of its end
NEWER_THAN_15 = (b"SET transaction_timeout = 0;\n",)  # written by pg_dump 17 and later, unknown before


def main(argv: list[str]) -> int:
    """Read a backup back."""
    parser = argparse.ArgumentParser(
        prog="alongside restore",
        description="Bring everything back from a file that `alongside backup` wrote. Stop Alongside first. The whole "
        "file is checked before anything is changed, and the database changes in one transaction or not at all.",
    )
    parser.add_argument("file", type=Path, help="the backup")
    parser.add_argument("--force", action="store_true", help="replace what is in the database now; it is lost for good")
    options = parser.parse_args(argv)
    from alongside.cli.setting_up import database, django

    with unpacked(options.file) as (folder, manifest):
        with database(alone=True):
            django()
            _refuse_newer(manifest)
            if not options.force and (found := rows_of_people()):
                raise Failed(
                    f"The database is not empty: it knows {found} people, and a restore would erase all that is there. "
                    "Make a backup of it first; then, if you are sure: alongside restore --force FILE"
                )
            load(folder / DUMP)
            kept = put_back(folder / "home")
            from alongside.cli import migrate

            missing = len(migrate.pending())
            migrate.apply()
            again = forget_again(datetime.fromisoformat(manifest["made"]))
    print(f"Everything of {manifest['made']} is back: the database, {kept} files and the secret key.")
    if missing:
        print(f"The backup was of an older Alongside; {missing} steps brought it up to date.")
    if again:
        print(f"{again} people had been forgotten since; they are forgotten again.")
    if os.environ.get("SECRET_KEY"):
        print("SECRET_KEY in the environment rules over the restored one; links in mails sent before need the old one.")
    return 0


@contextmanager
def unpacked(path: Path):
    """The checked content of a backup in a folder for now, with its manifest. Raises Failed when a bit is off."""
    if not path.is_file():
        raise Failed(f"There is no file {path}.")
    with tempfile.TemporaryDirectory(dir=path.absolute().parent, prefix=".restore-") as name:
        folder = Path(name)
        yield folder, _checked(path, folder, _take_all_out(path, folder))


def _take_all_out(path: Path, folder: Path) -> dict[str, str]:
    """Write every member of the backup below `folder`; the SHA-256 of each."""
    sums: dict[str, str] = {}
    progress = Progress("Checking the backup", path.stat().st_size)
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                sums[member.name] = _take_out(tar, member, folder, progress)
    except (tarfile.TarError, EOFError) as broken:
        raise Failed(f"{path} is damaged, or no backup of Alongside: {broken}. Nothing was changed.") from broken
    progress.finish()
    return sums


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, progress: Progress) -> str:
    """Write one member below `folder`; returns its SHA-256. Only plain files with plain names are taken."""
    name = PurePosixPath(member.name)
    if not member.isreg() or name.is_absolute() or ".." in name.parts:
        raise Failed(f"This is not a backup of Alongside: it holds {member.name!r}.")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    total = hashlib.sha256()
    with tar.extractfile(member) as source, private(target) as out:
        while piece := source.read(PIECE):
            total.update(piece)
            out.write(piece)
            progress.advance(len(piece))
    if target.stat().st_size != member.size:
        raise EOFError(f"{member.name} is cut short")
    return total.hexdigest()


def _checked(path: Path, folder: Path, sums: dict[str, str]) -> dict:
    """The manifest, when all that it names is there and as it was."""
    if MANIFEST not in sums:
        raise Failed(f"{path} is cut short, or not a backup of Alongside. Nothing was changed; take another backup.")
    manifest = json.loads((folder / MANIFEST).read_bytes())
    if manifest["format"] > FORMAT:
        raise Failed(f"{path} was written by a newer Alongside ({manifest['alongside']}). Restore it with that one.")
    sums.pop(MANIFEST)
    for name in sorted(sums.keys() | manifest["sha256"].keys()):
        if sums.get(name) != manifest["sha256"].get(name):
            raise Failed(f"{path} is damaged: {name} is not as it was. Nothing was changed; take another backup.")
    return manifest


def _refuse_newer(manifest: dict) -> None:
    from alongside.cli.migrate import on_disk

    unknown = set(manifest["migrations"]) - {f"{app}.{name}" for app, name in on_disk()}
    if unknown:
        raise Failed(
            f"The backup is of a newer Alongside ({manifest['alongside']}): it has {len(unknown)} steps unknown here. "
            "Restore it with that one."
        )


def rows_of_people() -> int:
    """How many people the database knows; 0 when it has no tables yet."""
    from django.apps import apps
    from django.db import connection

    model = apps.get_model("people", "Person")
    if model._meta.db_table not in connection.introspection.table_names():
        return 0
    return model.objects.count()


def load(dump: Path) -> None:
    """Replace the database's content by `dump`, all or nothing. Raises Failed with PostgreSQL's words."""
    from django.db import connection

    from alongside.cli.tools import reach, tool

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        major = cursor.fetchone()[0]
    connection.close()
    progress = Progress("Writing the database")
    reading = [tool("pg_restore"), "--no-owner", "--no-privileges", f"--use-list={_wanted(dump)}", "--file=-", dump]
    writing = [tool("psql"), "-X", "-q", "--single-transaction", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
    with tempfile.TemporaryFile() as said:
        with (
            subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=said) as source,
            subprocess.Popen(writing, env=reach(), stdin=subprocess.PIPE, stderr=said) as sink,
        ):
            whole = _pour(source, sink, major, progress)
        progress.finish()
        if source.returncode or sink.returncode or not whole:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()[-1500:]
            raise Failed(f"The database could not be written, and is as it was:\n{words}")


def _wanted(dump: Path) -> Path:
    """A list for `pg_restore` of what is in `dump`, without the schema itself: that one is there already."""
    from alongside.cli.tools import tool

    listed = subprocess.run([tool("pg_restore"), "--list", dump], capture_output=True, text=True)
    if listed.returncode:
        raise Failed(f"The backup's database cannot be read:\n{listed.stderr.strip()}")
    lines = [line for line in listed.stdout.splitlines() if " SCHEMA - public" not in line]
    path = dump.with_suffix(".list")
    path.write_text("\n".join(lines) + "\n")
    return path


def _pour(source, sink, major: int, progress: Progress) -> bool:
    """Pass the dump on, line by line. False when the writer gave up.

    When the reader fails, the writer is made to fail too, or it would commit half of it.
    """
    try:
        sink.stdin.write(EMPTY_SCHEMA.encode())
        for number, line in enumerate(source.stdout):
            if number < 100 and major < 17 and line in NEWER_THAN_15:
                continue
            sink.stdin.write(line)
            progress.advance(len(line))
        if source.wait():
            sink.kill()
            return False
        sink.stdin.close()
    except BrokenPipeError:
        source.kill()
        return False
    return True


def forget_again(made: datetime) -> int:
    """Forget whom a backup of `made` does not know to be forgotten, by the ledger beside the database."""
    from alongside.portal import erasing, ledger, wiping

    newer = made - LONG_DUMP
    forgotten = erasing.replay([entry for entry in ledger.entries() if entry.at >= newer])
    if forgotten:
        wiping.wipe(large_ones=True, rounds=1)  # nobody works here yet
    return forgotten


def put_back(folder: Path) -> int:
    """Copy the files of the backup into the data folder; returns how many. A different secret key is kept aside.

    The ledger of erasings is not written over: what it says since the backup was made is what it is for.
    """
    from django.conf import settings

    from alongside.portal import ledger

    home = Path(settings.ALONGSIDE_HOME)
    paths = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    for path in paths:
        target = home / path.relative_to(folder)
        if target == ledger.place() and target.exists():
            ledger.take_in(path)
            continue
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if target.name == "secret_key" and target.exists() and target.read_bytes() != path.read_bytes():
            target.rename(target.with_name(f"secret_key.before-{datetime.now(UTC):%Y%m%d-%H%M%S}"))
        half = target.with_name(target.name + ".half")
        with path.open("rb") as source, private(half) as out:
            while piece := source.read(PIECE):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        half.rename(target)
    return len(paths)
