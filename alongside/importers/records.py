"""Cuts the lines of a CSV file into records; a quotation mark that never closes costs its own line alone."""

import csv
from collections.abc import Iterator

MOST_LINES = 500  # that one record may have


def records(lines: list[str], separator: str) -> Iterator[tuple[int, list[str], bool]]:
    """Each record: the line on which it begins (1 is the first), its cells, and whether all its quotes close.

    A line break inside quotes is believed only where the quotes close and the record has no more cells than the first;
    else the line is a record by itself, and the next is read as if nothing had been open.
    """
    at, width = 0, None
    while at < len(lines):
        cells, closed, length = _cells(lines[at:at + 1], separator), True, 1
        if '"' in lines[at] and _is_open(lines[at], separator):
            length = _length(lines, at, separator)
            whole = _cells(lines[at:at + length], separator)
            closed = bool(length) and not any(whole[width:] if width is not None else ())
            cells, length = (whole, length) if closed else (cells, 1)
        yield at + 1, cells, closed
        if width is None and any(cell.strip() for cell in cells):
            width = len(cells)
        at += length


def _cells(lines: list[str], separator: str) -> list[str]:
    return next(csv.reader(lines, delimiter=separator), [])


def _is_open(line: str, separator: str, inside: bool = False) -> bool | None:
    """Whether a quote is open at the end of `line`, which began `inside` one or not; None where one closes amiss."""
    at, end, strict = 0, len(line.rstrip("\r\n")), inside
    while at <= end:
        if not inside:
            if line.startswith('"', at):
                inside, at = True, at + 1
            else:
                at = line.find(separator, at, end) + 1
                if at == 0:
                    return False
            continue
        at = line.find('"', at, end)
        if at < 0:
            return True
        if line.startswith('""', at):
            at += 2
            continue
        inside, at = False, at + 1
        if at >= end:
            return False
        if not line.startswith(separator, at):
            if strict:
                return None
            at = line.find(separator, at, end)
            if at < 0:
                return False
        at += 1
    return inside


def _length(lines: list[str], at: int, separator: str) -> int:
    """How many lines the record that begins at `at` has until its quotes are closed; 0 where they never are."""
    for length in range(2, min(MOST_LINES, len(lines) - at) + 1):
        line = lines[at + length - 1]
        if '"' not in line:
            continue
        is_open = _is_open(line, separator, inside=True)
        if not is_open:
            return length if is_open is False else 0
    return 0
