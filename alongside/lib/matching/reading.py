"""Taking in a file of rows, telling each broken one with its line and its reason."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from alongside.lib.commands import Failed
from alongside.lib.matching.plain import FIELDS, KNOWN, Plain, column, plain

MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"))
DUPLICATE = ("-dup-", "-org")


@dataclass(frozen=True)
class Broken:
    """A row that was left out: the line on which it ends, and why."""

    line: int
    reason: str


@dataclass
class People:
    """What a file of people says: ids, the truth where it tells one, and everyone made comparable."""

    ids: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    people: list[Plain] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def knows_truth(self) -> bool:
        """Whether the file says who is whom."""
        return any(self.groups)


@dataclass
class NamePairs:
    """What a file of name pairs says: both names, and whether they are one person's (None where it does not say)."""

    rows: list[tuple[str, str, bool | None]] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)


def people(path: str | Path) -> People:
    """The people in a file of comma separated values. Raises Failed with what is wrong with the file as a whole."""
    rows = _rows(path)
    _line, header = next(rows)
    names = [column(name) for name in header]
    _must_be_once(path, names)
    if "id" not in names:
        raise Failed(f"{path}: there is no column `id` (or `rec_id`). Found: {', '.join(header)}.")
    if not set(names) & {"name", *FIELDS}:
        raise Failed(f"{path}: nothing to compare by. Give any of: name, {', '.join(FIELDS)}.")
    found, seen = People(unknown=[said for said, name in zip(header, names, strict=True) if name not in KNOWN]), {}
    for line, cells in rows:
        reason = _reason(cells, names)
        row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        one = plain(row) if not reason else None
        if not reason and not row["id"]:
            reason = "it has no id"
        elif not reason and row["id"] in seen:
            reason = f"the id {row['id']} is on line {seen[row['id']]} already"
        elif not reason and not any(one):
            reason = "it says nothing by which a person could be compared"
        if reason:
            found.broken.append(Broken(line, reason))
            continue
        seen[row["id"]] = line
        found.ids.append(row["id"])
        found.people.append(one)
        found.groups.append(row.get("group", "") if "group" in names else _group(row["id"]))
    if not found.ids:
        raise Failed(f"{path}: there is nobody in it.{_first(found.broken)}")
    return found


def name_pairs(path: str | Path) -> NamePairs:
    """The pairs in a file with the columns name_a, name_b and (where the truth is known) same. Raises Failed."""
    rows = _rows(path)
    _line, header = next(rows)
    names = [name.strip().strip("\ufeff").casefold() for name in header]
    _must_be_once(path, names)
    for wanted in ("name_a", "name_b"):
        if wanted not in names:
            raise Failed(f"{path}: there is no column `{wanted}`. Found: {', '.join(header)}.")
    found = NamePairs()
    for line, cells in rows:
        row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        reason = _reason(cells, names)
        if not reason and not (row["name_a"] and row["name_b"]):
            reason = "one of the names is missing"
        truth = _truth(row.get("same", "")) if not reason else None
        if not reason and truth is None and row.get("same"):
            reason = f"`same` is {row['same']!r}; write 1 or 0"
        if reason:
            found.broken.append(Broken(line, reason))
        else:
            found.rows.append((row["name_a"], row["name_b"], truth))
    if not found.rows:
        raise Failed(f"{path}: there is no pair in it.{_first(found.broken)}")
    return found


def _rows(path: str | Path):
    """(line, cells) of every row that is not blank, the header first."""
    text = _text(path)
    if not text.strip():
        raise Failed(f"{path}: the file is empty.")
    header = text.lstrip().splitlines()[0]
    mark = max(",;\t|", key=header.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True)
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield rows.line_num, cells
    except csv.Error as broken:
        raise Failed(f"{path}: line {rows.line_num} cannot be read ({broken}).") from broken


def _text(path: str | Path) -> str:
    raw = Path(path).read_bytes()
    encoding = next(name for mark, name in MARKS if raw.startswith(mark))
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as wrong:
        line = raw[: wrong.start].count(b"\n") + 1
        raise Failed(f"{path}: line {line} is not UTF-8. Save the file as UTF-8 and try again.") from wrong


def _must_be_once(path: str | Path, names: list[str]) -> None:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise Failed(f"{path}: the column `{twice[0]}` is there twice (another word for it may mean the same).")


def _reason(cells: list[str], names: list[str]) -> str:
    """Why a row cannot be taken, or ""."""
    if len(cells) != len(names):
        return f"it has {len(cells)} cells; the header has {len(names)}"
    if any("\0" in cell for cell in cells):
        return "it holds a character that belongs in no text"
    return ""


def _group(id: str) -> str:
    """The truth as febrl writes it into the id: rec-12-org and rec-12-dup-0 are one."""
    for mark in DUPLICATE:
        if mark in id:
            return id.partition(mark)[0]
    return ""


def _truth(said: str) -> bool | None:
    return {"1": True, "true": True, "yes": True, "y": True, "same": True, "0": False, "false": False, "no": False,
            "n": False, "different": False}.get(said.casefold())


def _first(broken: list[Broken]) -> str:
    return f" Line {broken[0].line}: {broken[0].reason}." if broken else ""
