"""Keys, values and whole records as numbers: the same in every process, short, and telling nobody what was said."""

from hashlib import blake2b
from zlib import crc32

from alongside.lib.matching.plain import Plain

HALF = 2**31


def of_key(kind: int, key: str) -> int:
    """A blocking key as 32 bits, never 0."""
    return crc32(f"{kind}|{key}".encode()) or 1


def signed(key: int) -> int:
    """The same 32 bits as a database keeps them."""
    return key - HALF


def of_value(field: int, value: str) -> int:
    """What somebody says in a field that is compared, as 64 signed bits."""
    return _wide(f"{field}|{value}")


def of_person(person: Plain) -> int:
    """All that is compared of one person, as 64 signed bits: another number tells that something changed."""
    return _wide("\x1e".join("\x1f".join(each[:-1]) for each in (person, *person.older)))


def _wide(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
