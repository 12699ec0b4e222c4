"""A lesson with steps, and pictures to give it."""

import struct
import zlib

import pytest

from alongside.files.models import File
from alongside.knowledge.models import Lesson


def png(width: int = 2, height: int = 2) -> bytes:
    """A small picture that says it has this size."""
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    dots = chunk(b"IDAT", zlib.compress(b"\0\0\0" * 2))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + dots + chunk(b"IEND", b"")


@pytest.fixture
def picture(db):
    """A picture that lies in the house."""
    return File.keep(png(), name="tamper.png")


@pytest.fixture
def coffee(lena, picture):
    """How a coffee is made: grind, press (with a picture), brew."""
    lesson = Lesson.make("A coffee", by=lena.person, about="From beans to the cup")
    lesson.add(by=lena.person, title="Grind", words="As fine as sand.", amounts=[["18 g", "beans"]])
    lesson.add(by=lena.person, title="Press", picture=picture)
    lesson.add(by=lena.person, title="Brew")
    return lesson
