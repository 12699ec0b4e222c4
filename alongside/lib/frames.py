"""How a parent and its child process write values to each other: JSON with the bytes beside it, never pickle."""

import json
import struct

HEAD = 8
_COUNT = struct.Struct("!I")
_LENGTH = struct.Struct("!Q")
_MARK = "\u0000bytes"


def encode(value) -> bytes:
    """A frame of `value` (what JSON knows, and bytes): its length in 8 bytes, then the body."""
    blobs: list[bytes] = []

    def put_aside(item):
        if isinstance(item, bytes | bytearray | memoryview):
            blobs.append(bytes(item))
            return {_MARK: len(blobs) - 1}
        raise TypeError(f"{type(item).__name__} cannot be sent to another process")

    text = json.dumps(value, default=put_aside, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    lengths = b"".join(_LENGTH.pack(len(blob)) for blob in blobs)
    body = b"".join([_COUNT.pack(len(blobs)), lengths, _LENGTH.pack(len(text)), text, *blobs])
    return _LENGTH.pack(len(body)) + body


def length_of(head: bytes) -> int:
    """The length of the body that follows the 8 bytes of `head`."""
    return _LENGTH.unpack(head)[0]


def decode(body: bytes):
    """The value in a frame's body; raises ValueError when it is not one."""
    try:
        return _decode(body)
    except (struct.error, IndexError, KeyError, TypeError) as error:
        raise ValueError("not a frame") from error


def _decode(body: bytes):
    (count,) = _COUNT.unpack_from(body)
    at = _COUNT.size
    lengths = [_LENGTH.unpack_from(body, at + index * _LENGTH.size)[0] for index in range(count)]
    at += count * _LENGTH.size
    (text_length,) = _LENGTH.unpack_from(body, at)
    at += _LENGTH.size
    text = body[at : at + text_length]
    at += text_length
    if not count:
        return json.loads(text)
    blobs = []
    for length in lengths:
        blobs.append(body[at : at + length])
        at += length
    return json.loads(text, object_hook=lambda item: blobs[item[_MARK]] if _MARK in item else item)
