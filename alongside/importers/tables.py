"""Reads a CSV file as people write them: any common encoding and separator, with the line each row begins on."""

import csv
import io
from dataclasses import dataclass

from alongside.importers.records import records

MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_CELL = 10_000  # characters
SEPARATORS = ",;\t|"


class NotATable(Exception):
    """It cannot be read as a table: `reason` is empty, binary, too_long or too_wide."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Table:
    """The headings, and each row with the line of the file on which it begins (1 is the first).

    `unclosed` are lines in which a quotation mark opens and does not close: what stands in them is not to be believed.
    """

    headings: list[str]
    rows: list[tuple[int, list[str]]]
    unclosed: frozenset[int] = frozenset()


def read(raw: bytes) -> Table:
    """The table in `raw`. Raises NotATable."""
    text = decoded(raw)
    if not text.strip():
        raise NotATable("empty")
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    rows, unclosed = [], set()
    for line, cells, closed in records(io.StringIO(text, newline="").readlines(), _separator(text)):
        cells = [cell.strip()[:MOST_CELL] for cell in cells]
        if any(cells):
            rows.append((line, cells))
            if not closed:
                unclosed.add(line)
        if len(cells) > MOST_COLUMNS:
            raise NotATable("too_wide")
        if len(rows) > MOST_ROWS + 1:
            raise NotATable("too_long")
    if not rows:
        raise NotATable("empty")
    return Table(rows[0][1], rows[1:], frozenset(unclosed))


def decoded(raw: bytes) -> str:
    """`raw` as text: by its byte order mark, as UTF-8, else as Windows wrote it. Raises NotATable for binary."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, "replace").replace("\0", "")
    if b"\0" in raw[:4096]:
        raise NotATable("binary")
    try:
        return raw.decode("utf-8").replace("\0", "")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace").replace("\0", "")


def _separator(text: str) -> str:
    """Whichever separator cuts the first lines into most columns, the same in each."""
    first = [line for line in text.splitlines()[:20] if line.strip()]

    def columns(separator: str) -> tuple[int, int]:
        counts = [len(cells) for cells in csv.reader(first, delimiter=separator)]
        return (sum(count == counts[0] for count in counts) if counts[0] > 1 else 0, counts[0])

    return max(SEPARATORS, key=columns)
