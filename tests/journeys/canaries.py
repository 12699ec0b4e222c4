"""Words that stand nowhere else, and a look into every column, index and file for whatever is left of them."""

import base64
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

PIECE = 6  # letters: a compressed value breaks words into pieces of eight at most, so half of a stem stays whole
COLUMNS = """SELECT n.nspname, c.relname, a.attname, t.typname FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid
  WHERE c.relkind IN ('r', 'm', 't', 'p') AND c.relpersistence <> 't' AND a.attnum > 0 AND NOT a.attisdropped
  AND t.typcategory NOT IN ('N', 'B', 'I', 'G') AND t.typname <> 'timestamptz' ORDER BY 1, 2, a.attnum"""
INDEXES = """SELECT i.schemaname, i.tablename, a.attname FROM pg_indexes i
  JOIN pg_class x ON x.relname = i.indexname JOIN pg_index d ON d.indexrelid = x.oid
  JOIN pg_attribute a ON a.attrelid = d.indrelid AND a.attnum = ANY(d.indkey) JOIN pg_type t ON t.oid = a.atttypid
  WHERE i.schemaname = 'public' AND t.typcategory = 'S' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""


@dataclass(frozen=True)
class Canary:
    """What is written down of one person and stands nowhere else."""

    stem: str  # letters, in every name and every sentence of theirs
    phone: str
    card: str
    born: str  # as 1931-03-07

    @property
    def mail(self) -> str:
        """Their address."""
        return f"{self.stem}@away.example"

    @cached_property
    def needles(self) -> list[bytes]:
        """Everything to look for in words."""
        return [each.encode() for each in (self.stem, self.phone[-8:], self.card, self.born)]

    def is_in(self, content: bytes) -> bool:
        """Whether any of it stands in these bytes: plain, packed in a zip, or in base64 as a mail has it."""
        found = content.lower()
        if any(needle in found for needle in self.needles) or any(form in content for form in self._in_base64):
            return True
        return _may_be_a_zip(content) and zipfile.is_zipfile(io.BytesIO(content)) and self.is_in(_unpacked(content))

    def is_in_any(self, contents: Iterable[bytes]) -> bool:
        """Whether any of it stands in one of them, which are looked at all at once but for what may be a zip."""
        contents = list(contents)
        return self.is_in(b"\n" + b"\n".join(contents)) or any(map(self.is_in, filter(_may_be_a_zip, contents)))

    def is_in_pieces_in(self, content: bytes) -> bool:
        """Whether half of the stem, or a number, stands in the raw bytes of a file."""
        found = content.lower()
        pieces = [self.stem[at:at + PIECE].encode() for at in range(len(self.stem) - PIECE + 1)]
        numbers = [self.phone[-8:].encode(), self.card.encode()]
        return any(each in found for each in (*pieces, *numbers)) or any(form in content for form in self._in_base64)

    @cached_property
    def _in_base64(self) -> list[bytes]:
        """The stem in base64, wherever it begins among three bytes; without what its neighbours change."""
        word = self.stem.encode()
        forms = (base64.b64encode(b"\0" * shift + word)[(0, 2, 3)[shift]:] for shift in range(3))
        return [form.rstrip(b"=")[:len(word) + 2] for form in forms]


def _may_be_a_zip(content: bytes) -> bool:
    return content[:2] == b"PK"


def _unpacked(content: bytes) -> bytes:
    packed = zipfile.ZipFile(io.BytesIO(content))
    return b"\n".join(name.encode() + packed.read(name) for name in packed.namelist())


@contextmanager
def everything(running) -> Iterator[psycopg.Connection]:
    """The house's own database, with nothing withheld: as the account that keeps it."""
    socket = re.search(r"socket in (\S+?);", running.command("database", "status"))[1]
    with psycopg.connect(host=socket, port=5432, user="postgres", dbname="alongside", autocommit=True) as connection:
        yield connection


def in_columns(connection, canary: Canary) -> set[str]:
    """Every column of every table of every schema, catalogues and tables of large values too, in which it stands."""
    found = set()
    for schema, table, column, kind in connection.execute(COLUMNS).fetchall():
        name = Identifier(column)
        asked = name if kind == "bytea" else SQL("{}::text").format(name)
        query = SQL("SELECT {} FROM {}.{} WHERE {} IS NOT NULL").format(
            asked, Identifier(schema), Identifier(table), name)
        rows = connection.execute(query, binary=True)
        if canary.is_in_any(value if isinstance(value, bytes) else value.encode() for (value,) in rows):
            found.add(f"{table}.{column}" if schema == "public" else f"{schema}.{table}.{column}")
    return found


def by_indexes(connection, canary: Canary) -> set[str]:
    """Every column with an index through which a row is reached by it, when only indexes are asked."""
    found = set()
    connection.execute("SET enable_seqscan = off")
    for schema, table, column in connection.execute(INDEXES).fetchall():
        asked = SQL("SELECT {0}::text FROM {1}.{2} ORDER BY {0}").format(
            Identifier(column), Identifier(schema), Identifier(table))
        if canary.is_in_any(value.encode() for (value,) in connection.execute(asked) if value):
            found.add(f"{table}.{column}")
    connection.execute("RESET enable_seqscan")
    return found


def in_files(running, canary: Canary) -> set[str]:
    """Every file of the data folder in which a piece of it stands, but PostgreSQL's own log of what it will do."""
    root = Path(re.search(r"The database in (\S+) is", running.command("database", "status"))[1])
    files = {path for folder in {Path(running.folder), root} for path in folder.rglob("*") if path.is_file()}
    return {str(path.relative_to(root)) if path.is_relative_to(root) else path.name
            for path in files if "pg_wal" not in path.parts and canary.is_in_pieces_in(path.read_bytes())}
