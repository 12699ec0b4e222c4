"""How large a picture is, by its first bytes; whatever else comes is no picture."""

import struct

import pytest

from alongside.files.dimensions import dimensions

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x08\x02\x00\x00\x00"
GIF = b"GIF89a" + struct.pack("<HH", 640, 480) + b"\x00" * 5
SEGMENT = b"\xff\xe1" + struct.pack(">H", 10) + b"Exif\0\0\xff\xc0"
FRAME = b"\xff\xc2" + struct.pack(">HBHHB", 17, 8, 480, 640, 3) + b"\0" * 9
JPEG = b"\xff\xd8" + SEGMENT + b"\xff" + FRAME
WEBP = b"RIFF\x00\x00\x00\x00WEBP"
EXTENDED = WEBP + b"VP8X" + b"\x0a\0\0\0" + b"\0" * 4 + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")
LOSSLESS = WEBP + b"VP8L" + b"\0" * 4 + b"\x2f" + struct.pack("<I", 639 | 479 << 14)
LOSSY = WEBP + b"VP8 " + b"\0" * 7 + b"\x9d\x01\x2a" + struct.pack("<HH", 640, 480)


@pytest.mark.parametrize("picture", [PNG, GIF, JPEG, EXTENDED, LOSSLESS, LOSSY])
def test_a_picture_says_how_large_it_is(picture):
    assert dimensions(picture) == (640, 480)


@pytest.mark.parametrize("picture", [PNG, GIF, JPEG, EXTENDED, LOSSLESS, LOSSY])
def test_cut_anywhere_it_says_its_size_or_nothing(picture):
    assert {dimensions(picture[:length]) for length in range(len(picture))} <= {None, (640, 480)}


@pytest.mark.parametrize("other", [
    b"", b"<svg width='9' height='9'/>", b"%PDF-1.7", b"\xff\xd8\xff\xd9", b"\xff\xd8" + b"\xff" * 40,
    PNG.replace(b"IHDR", b"IDAT"), GIF[:6] + b"\0" * 9,
])
def test_what_is_none_says_nothing(other):
    assert dimensions(other) is None
