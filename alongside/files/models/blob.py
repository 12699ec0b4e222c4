"""Bytes by their content: each different content once, in pieces of 256 KB, written in the caller's transaction."""

import hashlib
import io
from collections.abc import Iterable, Iterator

import psycopg
from django.db import connection, models, transaction
from django.utils import timezone

PIECE = 256 * 1024  # bytes; see docs/decisions/0005-files-in-the-database.md


class Blob(models.Model):
    """One content. Never changed; goes when no file is left that has it."""

    sha256 = models.BinaryField(max_length=32, unique=True)
    size = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.sha256.hex()[:12]} ({self.size} bytes)"

    @classmethod
    def keep(cls, content) -> "Blob":
        """The blob with this content: bytes, a file open for reading, or an iterable of bytes.

        What is already here is not written again. Commit makes it durable; a rollback leaves nothing.
        """
        if isinstance(content, (bytes, bytearray, memoryview)):
            content = io.BytesIO(content)
        if _can_be_read_twice(content):
            known = cls._known_by_reading(content)
            if known:
                return known
        with transaction.atomic():
            return cls._write(_in_pieces(_pieces_of(content)))

    @classmethod
    def _known_by_reading(cls, file) -> "Blob | None":
        """The blob with the content of a file that can be read twice; leaves the file at where it was."""
        start = file.tell()
        digest = hashlib.sha256()
        for piece in _pieces_of(file):
            digest.update(piece)
        file.seek(start)
        return cls._known(digest.digest())

    @classmethod
    def _known(cls, sha256: bytes) -> "Blob | None":
        """The blob with that hash, held so that no sweep takes it before this transaction ends."""
        with transaction.atomic():
            found = cls.objects.raw("SELECT * FROM files_blob WHERE sha256 = %s FOR KEY SHARE", [sha256])
            return next(iter(found), None)

    @classmethod
    def _write(cls, pieces: Iterator[bytes]) -> "Blob":
        digest, size = hashlib.sha256(), 0
        first = next(pieces, b"")
        second = next(pieces, None)
        if second is None:  # small content: known by its hash before anything is written
            known = cls._known(hashlib.sha256(first).digest())
            if known:
                return known
        blob_id = _next_id()
        for place, piece in enumerate(_all_of(first, second, pieces)):
            digest.update(piece)
            size += len(piece)
            write_piece(blob_id, place, piece)
        return cls._named(blob_id, digest.digest(), size)

    @classmethod
    def _named(cls, blob_id: int, sha256: bytes, size: int) -> "Blob":
        """Give the pieces written under `blob_id` their name, or drop them where the content is here already."""
        blob = cls(id=blob_id, sha256=sha256, size=size)
        cls.objects.bulk_create([blob], ignore_conflicts=True)
        known = cls._known(sha256)
        if known.id != blob_id:
            Chunk.objects.filter(blob_id=blob_id).delete()
        return known

    def piece(self, place: int) -> bytes:
        """The piece number `place` (from 0). Raises Chunk.DoesNotExist past the end, or when the blob went."""
        return read_piece(self.id, place)

    def chunks(self) -> Iterator[bytes]:
        """The content, piece by piece, each read when asked for."""
        for place in range(-(-self.size // PIECE)):
            yield self.piece(place)


class Chunk(models.Model):
    """One piece of a blob: PIECE bytes, the last one less. Stored without compression (see the migration)."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="pieces", db_index=False)
    place = models.IntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blob", "place"], name="chunk_once")]

    def __str__(self):
        return f"piece {self.place} of blob {self.blob_id}"


def read_piece(blob_id: int, place: int) -> bytes:
    """Piece `place` of a blob. Raises Chunk.DoesNotExist."""
    row = _binary("SELECT data FROM files_chunk WHERE blob_id = %s AND place = %s", [blob_id, place])
    if row is None:
        raise Chunk.DoesNotExist(f"piece {place} of blob {blob_id}")
    return row[0]


def write_piece(blob_id: int, place: int, data: bytes) -> None:
    """Store one piece."""
    _binary("INSERT INTO files_chunk (blob_id, place, data) VALUES (%s, %s, %b)", [blob_id, place, data])


def _binary(query: str, values: list):
    """Run one query with bytes as bytes; Django's own cursor writes them as text, at six times the CPU."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(query, values, binary=True)
        return cursor.fetchone() if cursor.description else None


def sweep_blobs(limit: int = 500) -> int:
    """Delete up to `limit` blobs that no file has any more. Returns how many."""
    with transaction.atomic():
        unused = Blob.objects.filter(files=None)[:limit].values_list("id", flat=True)
        held = Blob.objects.filter(id__in=list(unused)).select_for_update(skip_locked=True, of=("self",))
        ids = list(held.values_list("id", flat=True))
        # A file may have taken one up before the lock; a new look, with a new snapshot, sees it.
        gone = list(Blob.objects.filter(id__in=ids, files=None).values_list("id", flat=True))
        Chunk.objects.filter(blob_id__in=gone).delete()
        Blob.objects.filter(id__in=gone).delete()
    return len(gone)


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('files_blob', 'id'))")
        return cursor.fetchone()[0]


def _can_be_read_twice(content) -> bool:
    seekable = getattr(content, "seekable", None)
    return hasattr(content, "read") and bool(seekable() if callable(seekable) else seekable)


def _pieces_of(content) -> Iterable[bytes]:
    if hasattr(content, "read"):
        return iter(lambda: content.read(PIECE), b"")
    return content


def _all_of(first: bytes, second: bytes | None, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    if second is not None:
        yield second
        yield from rest


def _in_pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of exactly PIECE, the last one shorter, none empty."""
    buffer = bytearray()
    for part in content:
        buffer += part
        while len(buffer) >= PIECE:
            yield bytes(buffer[:PIECE])
            del buffer[:PIECE]
    if buffer:
        yield bytes(buffer)
