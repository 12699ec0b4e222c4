"""`alongside backup`: writes the database, the files and the secret into one file that `restore` reads."""

import argparse
import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from alongside.lib.commands import Failed, Progress, size

MANIFEST = "manifest.json"
DUMP = "database.dump"
FORMAT = 1
# What the data folder holds besides: the database itself (dumped), what is made anew, and what is only for now.
NOT_KEPT = ("postgres", "engine.", "alongside.lock", "socket", "programs", "static", "cache", "tmp")
PIECE = 1024 * 1024


def main(argv: list[str]) -> int:
    """Write a backup."""
    parser = argparse.ArgumentParser(
        prog="alongside backup",
        description="Write everything (database, files, secret key) into one file. Alongside may go on running. "
        "The file holds what people wrote and the key to it: keep it as closed as the house itself.",
    )
    parser.add_argument("file", type=Path, help="the file to write, as in alongside-2030-01-31.tar")
    parser.add_argument("--force", action="store_true", help="write over a file that exists")
    options = parser.parse_args(argv)
    target = options.file.absolute()
    if target.exists() and not options.force:
        raise Failed(f"{target} exists. Choose another name, or add --force to write over it.")
    if not target.parent.is_dir():
        raise Failed(f"There is no folder {target.parent}.")
    from alongside.cli.setting_up import database, django

    with database():
        django()
        write(target)
    print(f"Everything is in {target} ({size(target.stat().st_size)}). Copy it to another machine.")
    return 0


def write(target: Path) -> None:
    """Write the backup `target`: it appears whole or not at all, readable by us only."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        dump, whole = Path(folder) / DUMP, Path(folder) / "whole.tar"
        _dump(dump)
        sums: dict[str, str] = {}
        with private(whole) as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                progress = Progress("Writing the files")
                _add(tar, dump, DUMP, sums, progress)
                for name, path in files_kept():
                    _add(tar, path, f"home/{name}", sums, progress)
                progress.finish()
                _add_manifest(tar, sums)
            file.flush()
            os.fsync(file.fileno())
        whole.rename(target)


def private(path: Path):
    """A new file open for writing that only we can read."""
    return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def files_kept() -> list[tuple[str, Path]]:
    """The files of the data folder that a backup keeps: name within the folder, and path."""
    from django.conf import settings

    home = Path(settings.ALONGSIDE_HOME)
    found = []
    for top in sorted(home.iterdir()) if home.is_dir() else []:
        if top.name.startswith(NOT_KEPT) or top.is_symlink():
            continue
        paths = sorted(top.rglob("*")) if top.is_dir() else [top]
        found += [(str(path.relative_to(home)), path) for path in paths if path.is_file() and not path.is_symlink()]
    return found


def _dump(path: Path) -> None:
    """The database as `pg_dump` writes it. Raises Failed with its words."""
    from django.db import connection

    from alongside.cli.tools import reach, tool

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()), current_setting('server_version_num')::int/10000")
        expected, major = cursor.fetchone()
    progress = Progress("Writing the database", expected // 4)  # packed, without indexes: a quarter, roughly
    command = [tool("pg_dump", major), "--format=custom", "--no-owner", "--no-privileges", "--schema=public"]
    with private(path) as out, tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, env=reach(), stdout=subprocess.PIPE, stderr=said) as dumping:
            while piece := dumping.stdout.read1(PIECE):
                out.write(piece)
                progress.advance(len(piece))
        progress.finish()
        if dumping.returncode:
            said.seek(0)
            raise Failed(f"pg_dump could not read the database:\n{said.read().decode(errors='replace').strip()}")


def _add(tar: tarfile.TarFile, path: Path, name: str, sums: dict[str, str], progress: Progress) -> None:
    """Add a file and note its SHA-256. One that was deleted meanwhile is left out."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        about = tarfile.TarInfo(name)
        about.size = os.fstat(file.fileno()).st_size
        about.mode, about.mtime = 0o600, int(path.stat().st_mtime)
        reader = Summing(file, progress)
        tar.addfile(about, reader)
        sums[name] = reader.sum.hexdigest()


class Summing:
    """A file that sums up what is read from it."""

    def __init__(self, file, progress: Progress):
        self.file, self.progress, self.sum = file, progress, hashlib.sha256()

    def read(self, amount: int = -1) -> bytes:
        """Read, sum, and show that it goes on."""
        piece = self.file.read(amount)
        self.sum.update(piece)
        self.progress.advance(len(piece))
        return piece


def _add_manifest(tar: tarfile.TarFile, sums: dict[str, str]) -> None:
    """The last member: what the others are, so that a file cut short is known."""
    from alongside.cli.main import version
    from alongside.cli.migrate import on_disk

    manifest = {
        "format": FORMAT,
        "alongside": version(),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "migrations": sorted(f"{app}.{name}" for app, name in on_disk()),
        "sha256": sums,
    }
    text = json.dumps(manifest, indent=1).encode()
    about = tarfile.TarInfo(MANIFEST)
    about.size, about.mode = len(text), 0o600
    tar.addfile(about, io.BytesIO(text))
