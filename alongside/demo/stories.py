"""Reads the demo's world: the cast from TOML, the conversations from plain text files beside it."""

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

WORLD = Path(__file__).parent / "world"


@dataclass
class Line:
    """One thing said: `seat` is yours, ours or note; `by` the member who spoke, None for the person."""

    day: int
    clock: time
    seat: str
    by: str | None
    text: str

    def at(self, today: datetime) -> datetime:
        """The moment of this line, counted from `today` (aware, in the organisation's zone)."""
        return datetime.combine((today + timedelta(days=self.day)).date(), self.clock, today.tzinfo)


@dataclass
class Story:
    """One conversation of the demo."""

    person: str
    inbox: str
    subject: str
    assignee: str | None
    state: str
    tags: list[str]
    lines: list[Line] = field(default_factory=list)


def cast() -> dict:
    """The organisation, owner, teams, inboxes, members and people, as TOML tables."""
    return tomllib.loads((WORLD / "cast.toml").read_text(encoding="utf-8"))


def stories() -> list[Story]:
    """Every conversation of the world, as written."""
    found = []
    for path in sorted(WORLD.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                found.append(_head(line))
            elif line.strip():
                found[-1].lines.append(_line(line))
    return found


def _head(line: str) -> Story:
    person, inbox, subject, assignee, state, tags = (part.strip() for part in line[3:].split("|"))
    return Story(person, inbox, subject, None if assignee == "-" else assignee, state, tags.split())


def _line(line: str) -> Line:
    day, clock, seat, rest = line.split(" ", 3)
    by = None
    if seat != "yours":
        by, rest = rest.split(" ", 1)
    return Line(int(day), time.fromisoformat(clock), seat, by, rest.replace("¶", "\n"))
