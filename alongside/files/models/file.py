"""A file someone gave us: a name, a kind and who brought it, over bytes that others may have brought too."""

from collections.abc import Iterable, Iterator

from django.db import models, transaction
from django.utils import timezone

from alongside.files.links import make_token
from alongside.files.models.blob import PIECE, Blob
from alongside.files.names import clean_name
from alongside.files.sniffing import HEAD, PICTURES, shown_as, sniff
from alongside.lib.principal import Principal
from alongside.people.models import Person


class FileQuerySet(models.QuerySet):
    """Ways to find files."""

    def brought_by(self, principal: Principal):
        """Those that `principal` brought themself: what they may attach by its id."""
        if principal.kind == "anonymous" or principal.person_id is None:
            return self.none()
        return self.filter(by_id=principal.person_id)


class File(models.Model):
    """One file. `name` is a label, `content_type` what its bytes are, as far as they tell."""

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=160)
    content_type = models.CharField(max_length=160)
    size = models.BigIntegerField(default=0)  # bytes; the blob's, kept here for lists
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    purpose = models.CharField(max_length=40, blank=True)

    objects = FileQuerySet.as_manager()

    def __str__(self):
        return self.name

    @classmethod
    def keep(cls, content, *, name: str, content_type: str = "", by: Person | None = None, purpose: str = "") -> "File":
        """Keep `content` (bytes, a file open for reading, or an iterable of bytes) in one transaction.

        `name` and `content_type` are what the sender says; both are cleaned. The same content is stored once.
        """
        with transaction.atomic():
            blob = Blob.keep(content)
            head = blob.piece(0)[:HEAD] if blob.size else b""
            return cls.objects.create(
                blob=blob,
                name=clean_name(name),
                content_type=sniff(head, name, content_type),
                size=blob.size,
                by=by,
                purpose=purpose,
            )

    @property
    def sha256(self) -> str:
        """The content's SHA-256, in hexadecimal."""
        return bytes(self.blob.sha256).hex()

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.content_type in PICTURES

    @property
    def can_be_shown(self) -> bool:
        """Whether a browser may show it in place, as a picture or plain text."""
        return shown_as(self.content_type) is not None

    def chunks(self) -> Iterator[bytes]:
        """The content in pieces, each read from the database when asked for."""
        return self.blob.chunks()

    def read(self) -> bytes:
        """The whole content. For small files, and in jobs."""
        return b"".join(self.chunks())

    def link(self, principal: Principal, minutes: int = 60) -> str:
        """An address at which only `principal` can fetch this file, for at least `minutes` from now.

        It stays the same for a while, so that a page that is drawn again does not load its pictures again.
        """
        return f"/files/{make_token(self.id, principal, minutes)}"

    def preview_link(self, principal: Principal, minutes: int = 60) -> str | None:
        """Like `link`, to show it in place; None when it can only be downloaded."""
        return f"{self.link(principal, minutes)}?preview=1" if self.can_be_shown else None

    def copy(self, *, by: Person | None, purpose: str = "") -> "File":
        """Another file with the same name and content, for whoever forwards it."""
        return File.objects.create(
            blob_id=self.blob_id,
            name=self.name,
            content_type=self.content_type,
            size=self.size,
            by=by,
            purpose=purpose,
        )


def pieces_between(start: int, end: int) -> Iterable[tuple[int, int, int]]:
    """Which pieces hold the bytes `start` to `end` (exclusive): (place, from, to) within each piece."""
    for place in range(start // PIECE, -(-end // PIECE)):
        base = place * PIECE
        yield place, max(start - base, 0), min(end - base, PIECE)
