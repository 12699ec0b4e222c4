"""The ledger of erasings outside the database: who was forgotten stays so when an older backup is restored.

A line in `erasures.jsonl` of the data folder holds ids and a time, never a name. It is only ever added to.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

FILE = "erasures.jsonl"


@dataclass(frozen=True)
class Entry:
    """One erasing: its random id, when, of which people's rows, and how."""

    id: str
    at: datetime
    people: list[int]
    how: str

    def line(self) -> str:
        """As it stands in the file."""
        return json.dumps({"id": self.id, "at": self.at.isoformat(), "people": self.people, "how": self.how}) + "\n"


def place() -> Path:
    """Where it lies."""
    return Path(settings.ALONGSIDE_HOME) / FILE


def note(entry: Entry) -> None:
    """Add one, so that it is on the disk when this returns."""
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, entry.line().encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def entries(path: Path | None = None) -> list[Entry]:
    """All of them, in their order; a line that was cut off is passed over."""
    path = path or place()
    return list(read(path.read_text().splitlines())) if path.exists() else []


def read(lines: Iterable[str]) -> Iterable[Entry]:
    """The entries of these lines."""
    for line in lines:
        try:
            told = json.loads(line)
            yield Entry(told["id"], datetime.fromisoformat(told["at"]), [int(id) for id in told["people"]], told["how"])
        except (ValueError, KeyError, TypeError):
            continue


def take_in(path: Path) -> int:
    """Add the entries of another such file (a backup's) that this one has not. Returns how many."""
    known = {entry.id for entry in entries()}
    new = [entry for entry in entries(path) if entry.id not in known]
    for entry in new:
        note(entry)
    return len(new)
