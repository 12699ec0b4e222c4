"""What an import would do, before it does it."""

from dataclasses import dataclass, field, replace

from alongside.importers.entries import Broken
from alongside.importers.knowing import known
from alongside.importers.models import PeopleImport
from alongside.importers.reading import Row, rows

LOOKED_UP = 300  # so many rows are compared with whom we know; the rest are counted only
SHOWN = 8
BROKEN_SHOWN = 50


@dataclass
class Preview:
    """Counts and samples. `new` and `known` are of the first LOOKED_UP whole rows; `whole` counts all of these."""

    whole: int = 0
    new: int = 0
    known: int = 0
    samples: list[tuple[Row, object]] = field(default_factory=list)
    broken: list[Row] = field(default_factory=list)
    broken_count: int = 0

    @property
    def looked_up(self) -> int:
        """How many rows were compared with whom we know."""
        return self.new + self.known


def preview(bringing: PeopleImport, raw: bytes) -> Preview:
    """Read everything, change nothing. Raises tables.NotATable."""
    seen = Preview()
    for row in rows(bringing, raw):
        person, compared = None, False
        if row.entry and seen.looked_up < LOOKED_UP:
            try:
                person, compared = known(row.entry), True
            except Broken as wrong:
                row = replace(row, entry=None, broken=str(wrong))
        if row.entry is None:
            seen.broken_count += 1
            if len(seen.broken) < BROKEN_SHOWN:
                seen.broken.append(row)
            continue
        seen.whole += 1
        if compared:
            seen.known, seen.new = seen.known + bool(person), seen.new + (not person)
            if len(seen.samples) < SHOWN:
                seen.samples.append((row, person))
    return seen
