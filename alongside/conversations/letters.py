"""What a member is about to send: addresses and words, made safe before anything is written."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from alongside.files.models import File

MAX_TEXT = 200_000  # characters; a longer one is not a letter but a file
MAX_RECIPIENTS = 100
MAX_FILES = 50
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\.]+(\.[^\s@<>,;:\"()\[\]\\.]+)*")


class BadAddress(ValueError):
    """Not an address that mail could reach; `address` is what was given."""

    def __init__(self, address: str):
        super().__init__(address)
        self.address = address


class NobodyToWriteTo(ValueError):
    """The message has no recipient."""


class TooLong(ValueError):
    """More words, files or recipients than one message holds; `what` says which, `most` how many go."""

    def __init__(self, what: str, most: int):
        super().__init__(f"{what}: at most {most}")
        self.what, self.most = what, most


@dataclass(frozen=True)
class Address:
    """A name and an address, as in a mail's header."""

    address: str
    name: str = ""

    def checked(self) -> "Address":
        """The same, tidied. Raises BadAddress for what is none; a name never carries a line end into a header."""
        address = self.address.strip()
        if len(address) > 254 or not _ADDRESS.fullmatch(address):
            raise BadAddress(self.address)
        return Address(address, one_line(self.name, 240))


@dataclass
class Letter:
    """What a member sends: words, to whom, and what lies in it. `send_at` is for sending later."""

    text: str
    to: list[Address] = field(default_factory=list)
    cc: list[Address] = field(default_factory=list)
    bcc: list[Address] = field(default_factory=list)
    subject: str = ""
    files: list[File] = field(default_factory=list)
    send_at: datetime | None = None

    def checked(self) -> "Letter":
        """The same, safe to write down, each address once. Raises BadAddress, NobodyToWriteTo or TooLong."""
        seen: set[str] = set()
        lines = [_each_once(addresses, seen) for addresses in (self.to, self.cc, self.bcc)]
        if not seen:
            raise NobodyToWriteTo
        if len(seen) > MAX_RECIPIENTS:
            raise TooLong("recipients", MAX_RECIPIENTS)
        if len(self.files) > MAX_FILES:
            raise TooLong("files", MAX_FILES)
        return Letter(checked_text(self.text), *lines, one_line(self.subject, 500), list(self.files), self.send_at)


def _each_once(addresses, seen: set[str]) -> list[Address]:
    kept = []
    for address in (a.checked() for a in addresses):
        if address.address.casefold() not in seen:
            seen.add(address.address.casefold())
            kept.append(address)
    return kept


def checked_text(text: str) -> str:
    """`text` as it may be kept: without the one character that PostgreSQL refuses. Raises TooLong."""
    text = plain(text)
    if len(text) > MAX_TEXT:
        raise TooLong("text", MAX_TEXT)
    return text


def clipped_text(text: str, most: int = MAX_TEXT) -> str:
    """What came from outside, cut where it would be too long; the letter as it came is kept by its channel."""
    text = plain(text)
    return text if len(text) <= most else text[:most] + "…"


def from_outside(columns: dict) -> dict:
    """Columns of a message as they may be written, whatever a mail had in them: texts plain and cut to size."""
    most = {"subject": 500, "message_id": 998, "in_reply_to": 998, "sender_state": 200}
    kept = {}
    for name, value in columns.items():
        if name in most:
            value = one_line(value, most[name])
        elif isinstance(value, str):
            value = clipped_text(value, 500_000)
        elif isinstance(value, (list, tuple)):
            value = [one_line(each, 998) for each in value[:200]]
        kept[name] = value
    return kept


def plain(text: str) -> str:
    """`text` without NUL and without halves of surrogate pairs, which no database takes; lines end in \\n."""
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode()


def one_line(text: str, most: int) -> str:
    """`text` in one line of at most `most` characters, so that it can stand in a header."""
    return " ".join(plain(text).split())[:most]
