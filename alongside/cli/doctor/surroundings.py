"""Checks what surrounds the program: disk, clock, and who may look into the folders."""

import os
import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from alongside.cli.doctor.findings import Finding, fail, ok, warn

LITTLE, VERY_LITTLE = 2 * 10**9, 300 * 10**6  # bytes free
LATE, VERY_LATE = 2.0, 60.0  # seconds between our clock and the database's


def check(place) -> Iterator[Finding]:
    """Everything; `place` is the embedded database's Place, or None."""
    yield from check_disk(place.root if place else None)
    yield from check_clock()
    yield from check_folders(place)


def check_disk(root: Path | None = None) -> Iterator[Finding]:
    """Room for what comes in: a full disk stops mail before anything is lost, but it stops it."""
    from alongside.lib.home import home

    folder = root or home()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < VERY_LITTLE:
        yield fail("disk", f"{free // 10**6} MB are left for {folder}", "Make room now: nothing more can be taken in.")
    elif free < LITTLE:
        yield warn("disk", f"{free // 10**6} MB are left for {folder}", "Make room soon.")
    else:
        yield ok("disk", f"{free // 10**9} GB free for {folder}")


def check_clock() -> Iterator[Finding]:
    """A clock that is wrong makes links expire early or late and puts a timeline out of order."""
    from django.db import DatabaseError, connection

    newest = max(path.stat().st_mtime for path in (Path(__file__), Path(os.__file__)))
    if time.time() < newest - 86400:
        yield fail("clock", "it is before the day this program was written", "Turn time synchronisation on.")
        return
    try:
        with connection.cursor() as cursor:
            before = time.time()
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            apart = abs(float(cursor.fetchone()[0]) - (before + time.time()) / 2)
    except DatabaseError:
        return
    if apart > LATE:
        level = fail if apart > VERY_LATE else warn
        yield level("clock", f"{apart:.0f} s apart from the database's", "Turn time synchronisation on, on both.")
    else:
        yield ok("clock", "agrees with the database's")


def check_folders(place) -> Iterator[Finding]:
    """What is ours is open to nobody else."""
    from django.conf import settings

    home = Path(settings.ALONGSIDE_HOME)
    mode = stat.S_IMODE(home.stat().st_mode) if home.exists() else 0
    if mode & 0o022:
        yield fail("data folder", f"other accounts may write into {home}", f"Run: chmod go-w {home}")
    elif mode & 0o004:
        yield warn("data folder", f"other accounts may list {home}", f"Run: chmod o-r {home}")
    else:
        yield ok("data folder", f"{home} is closed to others")
    closed = [home / "secret_key", *([place.data, place.socket] if place else [])]
    for path in closed:
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield fail(path.name.replace("_", " "), f"other accounts may get into {path}", f"Run: chmod go= {path}")
