"""Looks at the processes of the machine: which one is the server of a given folder, and is it alive."""

import os
import subprocess
from pathlib import Path

PROC = Path("/proc")


def alive(pid: int) -> bool:
    """True when the process exists and is no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return not PROC.joinpath("self").exists()


def serves(pid: int, data: Path) -> bool:
    """True when the process is a PostgreSQL of the folder `data` that runs as the folder's owner."""
    if not alive(pid):
        return False
    if not PROC.joinpath("self").exists():
        said = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout
        return str(data) in said
    try:
        if (PROC / str(pid)).stat().st_uid != data.stat().st_uid:
            return False
        words = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return os.fsencode(data) in words or _works_in(pid, data)


def _works_in(pid: int, data: Path) -> bool:
    try:
        return os.readlink(PROC / str(pid) / "cwd") == str(data)
    except OSError:
        return False


def orphans(data: Path) -> list[int]:
    """Processes of a PostgreSQL that still work in `data`, for when their parent was killed."""
    if not PROC.joinpath("self").exists():
        return []
    owner = data.stat().st_uid
    found = []
    for entry in PROC.iterdir():
        try:
            if entry.name.isdigit() and entry.stat().st_uid == owner and _works_in(int(entry.name), data):
                found.append(int(entry.name))
        except OSError:
            continue
    return found
