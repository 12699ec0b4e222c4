"""What is inside a Yjs update (version 1), seen before anybody trusts it: whose changes, from where to where.

A page that takes an update it cannot read is broken for good, so everything is checked here: lengths, numbers, kinds of
content, nesting. Knows neither Django nor the document; large updates are dissected in a child process.
"""

import re
from dataclasses import dataclass, field

from alongside.booths.syncing.protocol import Nonsense, number

MOST_CLOCK = 2**31 - 1  # of one device, counted in characters and the like
MOST_CLIENT = 2**53 - 1
MOST_NESTING = 32  # lists in lists, of plain values
GONE, DELETED, JSON, BINARY, STRING, EMBED, FORMAT, TYPE, ANY, SKIP = 0, 1, 2, 3, 4, 5, 6, 7, 8, 10
CONTENT = (JSON, BINARY, STRING, EMBED, FORMAT, ANY)  # what somebody wrote or drew, apart from the parts that hold it
NAMED_TYPES, PLAIN_TYPES = (3, 5), (0, 1, 2, 4, 6)  # XML elements and hooks have a name; the others have none
POISON = "__proto__"
NUMBER = rb"([\x80-\xff]{7}[\x00-\x0f]|[\x80-\xff]{0,6}[\x00-\x7f])"  # a varuint below 2⁵³
NEIGHBOUR, NEIGHBOURS = re.compile(NUMBER * 2), re.compile(NUMBER * 4)


@dataclass(slots=True)
class Parts:
    """What an update holds. A range is (client, from, to): those clocks of that device, `to` not among them.

    `content` are the ranges of what was written or drawn, apart from the parts that hold it. `needs` are devices and
    how far their changes must be known, for what stands beside or above the new.
    """

    made: list[tuple[int, int, int]] = field(default_factory=list)
    deleted: list[tuple[int, int, int]] = field(default_factory=list)
    needs: dict[int, int] = field(default_factory=dict)
    content: list[tuple[int, int, int]] = field(default_factory=list)
    deletions_at: int = 0  # where in the bytes the deletions begin
    types: int = 0  # parts that can hold parts

    @property
    def amount_deleted(self) -> int:
        """How many characters and the like it takes away."""
        return sum(end - start for _client, start, end in self.deleted)

    def counted(self, clocks: dict[int, int]) -> dict[int, int] | None:
        """How far its devices are known once it is taken, where `clocks` are known; None where something is missing.
        """
        after: dict[int, int] = {}
        for client, start, end in self.made:
            known = after.get(client) or clocks.get(client, 0)
            if start > known:
                return None
            after[client] = max(known, end)
        for client, end in (*self.needs.items(), *((client, end) for client, _start, end in self.deleted)):
            if end > (after.get(client) or clocks.get(client, 0)):
                return None
        return after


def dissect(data: bytes) -> Parts:
    """The parts of an update. Raises Nonsense for one that a page could not read."""
    return _Walk(data).all()


def without_deletions(data: bytes, parts: Parts, known: dict[int, list[tuple[int, int]]]) -> tuple[bytes, int]:
    """The update without those deletions that are `known` (client → ranges in order), and how many ranges are left."""
    fresh: dict[int, list[tuple[int, int]]] = {}
    for client, start, end in parts.deleted:
        if not _covered(start, end, known.get(client, ())):
            fresh.setdefault(client, []).append((start, end))
    return data[: parts.deletions_at] + written_deletions(fresh), sum(map(len, fresh.values()))


def written_deletions(ranges: dict[int, list[tuple[int, int]]]) -> bytes:
    """Deletions (client → ranges) as they stand at the end of an update."""
    written = [number(len(ranges))]
    for client, spans in ranges.items():
        written += [number(client), number(len(spans))]
        written += [number(start) + number(end - start) for start, end in spans]
    return b"".join(written)


def _covered(start: int, end: int, spans) -> bool:
    for low, high in spans:
        if low <= start < high:
            if end <= high:
                return True
            start = high
    return False


class _Walk:
    """One walk through the bytes of an update."""

    __slots__ = ("_clients", "at", "data", "parts")

    def __init__(self, data: bytes):
        self.data, self.at, self.parts = data, 0, Parts()
        self._clients: dict[bytes, int] = {}  # written as they come again and again

    def all(self) -> Parts:
        try:
            for _ in range(self._number()):
                self._structs()
            self.parts.deletions_at = self.at
            for _ in range(self._number()):
                self._deletions()
        except IndexError:
            raise Nonsense("the update is cut off") from None
        if self.at != len(self.data):
            raise Nonsense("something follows the update")
        return self.parts

    def _structs(self) -> None:
        count, client, clock = self._number(), self._number(), self._number()
        begun = clock
        for _ in range(count):
            info = self.data[self.at]
            self.at += 1
            length = self._number() if info & 31 in (GONE, SKIP) else self._item(info)
            if length < 1 or clock + length > MOST_CLOCK:
                raise Nonsense("a change of impossible length")
            if info & 31 in CONTENT:
                self.parts.content.append((client, clock, clock + length))
            elif info & 31 == SKIP:
                self._made(client, begun, clock)
                begun = clock + length
            clock += length
        self._made(client, begun, clock)

    def _made(self, client: int, start: int, end: int) -> None:
        if end > start:
            self.parts.made.append((client, start, end))

    def _item(self, info: int) -> int:
        """One item; returns its length."""
        if info & 0xC0:
            self._neighbours(NEIGHBOURS if info & 0xC0 == 0xC0 else NEIGHBOUR)
        else:
            if self._number():
                self._string()
            else:
                self._neighbours(NEIGHBOUR)
            if info & 0x20:
                self._string()
        return self._content(info & 31)

    def _neighbours(self, pattern: re.Pattern) -> None:
        found = pattern.match(self.data, self.at)
        if not found:
            raise Nonsense("a neighbour is cut off")
        self.at = found.end()
        numbers, needs = found.groups(), self.parts.needs
        for place in range(0, len(numbers), 2):
            client = self._clients.get(numbers[place])
            if client is None:
                client = self._clients[numbers[place]] = _value(numbers[place])
            end = _value(numbers[place + 1]) + 1
            if end > needs.get(client, 0):
                needs[client] = end

    def _content(self, kind: int) -> int:
        if kind == STRING:
            return self._letters()
        if kind == DELETED:
            return self._number()
        if kind == ANY:
            count = self._number()
            for _ in range(count):
                self._any(0)
            return count
        if kind == FORMAT:
            self._string()
            self._string()
        elif kind == TYPE:
            self._type()
        elif kind in (EMBED, BINARY):
            self._string()
        elif kind == JSON:
            count = self._number()
            for _ in range(count):
                self._string()
            return count
        else:
            raise Nonsense(f"content of kind {kind}")
        return 1

    def _type(self) -> None:
        kind = self._number()
        if kind in NAMED_TYPES:
            self._string()
        elif kind not in PLAIN_TYPES:
            raise Nonsense(f"a part of kind {kind}")
        self.parts.types += 1

    def _any(self, depth: int) -> None:
        tag = self.data[self.at]
        self.at += 1
        if tag in (120, 121, 126, 127):
            return
        if tag == 125:
            while self.data[self.at] > 127:
                self.at += 1
            self.at += 1
        elif tag == 119 or tag == 116:
            self._string()
        elif tag == 123:
            self._skip(8)
        elif tag == 124:
            self._skip(4)
        elif tag in (117, 118):
            if depth >= MOST_NESTING:
                raise Nonsense("values nested too deeply")
            for _ in range(self._number()):
                if tag == 118 and self._text() == POISON:
                    raise Nonsense("a name that is not one")
                self._any(depth + 1)
        else:
            raise Nonsense(f"a value of kind {tag}")

    def _deletions(self) -> None:
        client = self._number()
        for _ in range(self._number()):
            start, length = self._number(), self._number()
            if length < 1 or start + length > MOST_CLOCK:
                raise Nonsense("a deletion of impossible length")
            self.parts.deleted.append((client, start, start + length))

    def _string(self) -> None:
        self._skip(self._number())

    def _skip(self, length: int) -> None:
        self.at += length
        if self.at > len(self.data):
            raise IndexError

    def _text(self) -> str:
        length = self._number()
        start = self.at
        self._skip(length)
        try:
            return self.data[start : self.at].decode()
        except UnicodeDecodeError:
            raise Nonsense("letters that are none") from None

    def _letters(self) -> int:
        """A text; returns its length as Yjs counts: in UTF-16."""
        text = self._text()
        return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2

    def _number(self) -> int:
        data, at = self.data, self.at
        byte = data[at]
        if byte < 128:
            self.at = at + 1
            return byte
        value, shift = byte & 127, 7
        while True:
            at += 1
            byte = data[at]
            value |= (byte & 127) << shift
            if byte < 128:
                break
            shift += 7
            if shift > 49:
                raise Nonsense("a number is too long")
        if value > MOST_CLIENT:
            raise Nonsense("a number is too large")
        self.at = at + 1
        return value


def _value(written: bytes) -> int:
    """The number that a whole varuint says."""
    value = shift = 0
    for byte in written:
        value |= (byte & 127) << shift
        shift += 7
    return value
