"""What a file really is, as far as its first bytes and its name tell, and which kinds a browser may show."""

import mimetypes
import re

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
TEXT = "text/plain"
UNKNOWN = "application/octet-stream"
HEAD = 4096  # bytes that are looked at

_WELL_FORMED = re.compile(r"^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,90}$")
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
# Kinds that only their first bytes may claim, and kinds that a browser would run: never by name or word alone.
_BY_MAGIC_ONLY = {*PICTURES, "application/pdf"}
_RUN_BY_BROWSERS = {
    "text/html",
    "application/xhtml+xml",
    "image/svg+xml",
    "text/xml",
    "application/xml",
    "text/javascript",
    "application/javascript",
    "multipart/x-mixed-replace",
}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def sniff(head: bytes, name: str = "", declared: str = "") -> str:
    """The content type of a file by its first HEAD bytes; its name and the sender's word only as hints.

    A picture or PDF is one only if its bytes say so. The answer is a label: `shown_as` says how it may be served.
    """
    by_bytes = _by_bytes(head)
    if by_bytes:
        return by_bytes
    hinted = _plain(declared)
    if hinted in ("", UNKNOWN):
        hinted = _plain(mimetypes.guess_type(name)[0] or "")
    if hinted and hinted not in _BY_MAGIC_ONLY:
        return hinted
    return TEXT if looks_like_text(head) and not hinted else UNKNOWN


def shown_as(content_type: str) -> str | None:
    """The type under which a browser may show this kind inside a page, or None when it may only be downloaded."""
    if content_type in PICTURES:
        return content_type
    if content_type.startswith("text/") and content_type not in _RUN_BY_BROWSERS:
        return "text/plain; charset=utf-8"
    return None


def looks_like_text(head: bytes) -> bool:
    """Whether bytes read as UTF-8 text without control characters."""
    if not head or _CONTROL.search(head):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as broken:
        return len(head) >= HEAD and broken.start >= len(head) - 3
    return True


def _by_bytes(head: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return None


def _plain(kind: str) -> str:
    """A declared type without parameters, or nothing where it is not well formed."""
    kind = kind.split(";")[0].strip().lower()
    return kind if _WELL_FORMED.match(kind) else ""
