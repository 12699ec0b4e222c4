"""What an import would do, before it does it."""

from collections import Counter
from dataclasses import dataclass, field, replace

from alongside.importers.entries import Broken
from alongside.importers.fields import LEFT_OUT
from alongside.importers.knowing import Earlier, Somebody, known
from alongside.importers.models import PeopleImport
from alongside.importers.reading import Row, rows

LOOKED_UP = 300  # so many rows are compared with whom we know; the rest are counted only
SHOWN = 8
BROKEN_SHOWN = 50


@dataclass
class Preview:
    """Counts and samples. `whole` counts all whole rows; `new`, `known` and `again` are of those that were looked up.

    `again` are rows that tell of somebody whom an earlier row would bring, or repeat a row; `doubles` are those, each
    with the line of that row. `left_out` counts the whole rows that say something which nothing here keeps.
    """

    whole: int = 0
    new: int = 0
    known: int = 0
    again: int = 0
    samples: list[tuple[Row, Somebody | None]] = field(default_factory=list)
    doubles: list[tuple[Row, int]] = field(default_factory=list)
    broken: list[Row] = field(default_factory=list)
    broken_count: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def looked_up(self) -> int:
        """How many rows were compared with whom we know."""
        return self.new + self.known + self.again

    @property
    def people(self) -> int:
        """How many people it tells of; 0 while nobody knows, for some rows were not compared."""
        return self.whole - self.again if self.looked_up == self.whole else 0

    @property
    def left_out_words(self) -> list[tuple[str, int]]:
        """What is left out of whole rows, in words, each with the number of rows; what most of them say first."""
        return [(str(LEFT_OUT[name]), count) for name, count in self.left_out.most_common()]

    def leave_out(self, row: Row) -> None:
        """Count a row that cannot be brought in."""
        self.broken_count += 1
        if len(self.broken) < BROKEN_SHOWN:
            self.broken.append(row)


def preview(bringing: PeopleImport, raw: bytes) -> Preview:
    """Read everything, change nothing. Raises tables.NotATable."""
    seen, earlier, told = Preview(), Earlier(), {}
    left = LOOKED_UP
    for row in rows(bringing, raw):
        seen.left_out.update(row.left_out if row.entry else ())
        if row.entry is None:
            seen.leave_out(row)
        elif left == 0:
            seen.whole += 1
        else:
            left -= 1
            _compare(bringing, row, seen, earlier, told)
    return seen


def _compare(bringing: PeopleImport, row: Row, seen: Preview, earlier: Earlier, told: dict[int, Somebody]) -> None:
    """Whom the row would be given to: somebody we know, whoever an earlier row would bring, or somebody new."""
    try:
        who = told.get(row.repeats) or known(row.entry, bringing, earlier)
    except Broken as wrong:
        seen.leave_out(replace(row, entry=None, broken=str(wrong)))
        return
    told[row.line] = earlier.tell(row.entry, row.line, who)
    first = row.repeats or (who.line if who else 0)
    seen.whole += 1
    if first:
        seen.again += 1
        if len(seen.doubles) < BROKEN_SHOWN:
            seen.doubles.append((row, first))
    elif who:
        seen.known += 1
    else:
        seen.new += 1
    if len(seen.samples) < SHOWN:
        seen.samples.append((row, who))
