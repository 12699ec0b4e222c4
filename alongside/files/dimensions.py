"""How large a picture is, read from its first bytes: before anything draws it, and without drawing it."""

import struct

ENOUGH = 2 * 1024 * 1024  # bytes that are looked at; a photo's own words before its size are far fewer
_JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length


def dimensions(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, JPEG, GIF or WebP picture by its first bytes; None for anything else."""
    for read in (_png, _gif, _webp, _jpeg):
        try:
            found = read(content)
        except (struct.error, IndexError):
            continue
        if found and all(found):
            return found
    return None


def _png(content: bytes):
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return struct.unpack_from(">II", content, 16)
    return None


def _gif(content: bytes):
    return struct.unpack_from("<HH", content, 6) if content[:6] in (b"GIF87a", b"GIF89a") else None


def _webp(content: bytes):
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    kind = content[12:16]
    if kind == b"VP8X" and len(content) >= 30:
        return tuple(int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
    if kind == b"VP8L" and content[20] == 0x2F:
        bits = struct.unpack_from("<I", content, 21)[0]
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        return tuple(side & 0x3FFF for side in struct.unpack_from("<HH", content, 26))
    return None


def _jpeg(content: bytes):
    """The first frame's size: segments are walked by their lengths, never searched for."""
    if not content.startswith(b"\xff\xd8"):
        return None
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
        elif marker in _JPEG_ALONE:
            at += 2
        elif marker in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        else:
            at += 2 + struct.unpack_from(">H", content, at + 2)[0]
    return None
