"""The rows of an import as people: from its file, by its mapping."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from alongside.importers import tables, vcards
from alongside.importers.entries import Broken, Entry, entry_of
from alongside.importers.models import VCARD, PeopleImport


@dataclass(frozen=True)
class Row:
    """One row: who it tells of, or why it cannot be brought in.

    `repeats` is the line that it says once more; `left_out` what it says besides, as in `fields.LEFT_OUT`.
    """

    line: int
    entry: Entry | None
    broken: str = ""
    said: str = ""
    repeats: int = 0
    left_out: frozenset[str] = frozenset()


def rows(bringing: PeopleImport, raw: bytes) -> Iterator[Row]:
    """Every row in `raw`, read as `bringing` says. Raises tables.NotATable."""
    lines: dict[str, int] = {}
    for row, whole in _read(bringing, raw):
        first = lines.setdefault(whole, row.line)
        yield row if first == row.line else replace(row, repeats=first)


def _read(bringing: PeopleImport, raw: bytes) -> Iterator[tuple[Row, str]]:
    """Every row, with all that stands in it."""
    if bringing.kind == VCARD:
        for card in vcards.read(raw):
            said = " · ".join(value for values in card.values.values() for value in values)
            broken = _("This card has no end.") if card.broken else ""
            row = _row(card.line, card.values, bringing.day_first, said, broken)
            yield replace(row, left_out=frozenset(card.left_out)), repr(card.values)
        return
    table = tables.read(raw)
    for line, cells in table.rows:
        values: dict[str, list[str]] = {}
        for place, cell in enumerate(cells):
            name = bringing.mapping.get(str(place))
            if name and cell:
                values.setdefault(name, []).append(cell)
        wide = len(cells) > len(table.headings) and any(cells[len(table.headings):])
        broken = _("This row has more columns than the headings.") if wide else ""
        if line in table.unclosed:
            broken = _("A quotation mark opens in this line and does not close.")
        yield _row(line, values, bringing.day_first, " · ".join(cells), broken), repr(cells)


def _row(line: int, values, day_first: bool, said: str, broken: str) -> Row:
    if broken:
        return Row(line, None, broken, said[:200])
    try:
        return Row(line, entry_of(values, day_first), said=said[:200])
    except Broken as wrong:
        return Row(line, None, str(wrong), said[:200])
