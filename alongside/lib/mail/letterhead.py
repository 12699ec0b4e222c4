"""Header lines of outgoing mail (RFC 5322, 2047, 2231), folded, ASCII wherever they can be, and never two for one."""

import re
from email.header import Header
from email.utils import format_datetime
from urllib.parse import quote

LINE = 76
ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
BREAKING = re.compile("[\r\n\x00\x0b\x0c\x85\u2028\u2029]")
SAFE_NAME = re.compile(r"[A-Za-z0-9 _.()+-]{1,60}")


class Unsafe(ValueError):
    """A value that would break out of its header line; it is refused, never repaired."""


def one_line(value: str, name: str) -> str:
    """`value` itself; raises Unsafe when it holds a line end or NUL."""
    if BREAKING.search(value):
        raise Unsafe(f"{name} holds a line end")
    return value


def text(name: str, value: str) -> str:
    """A line of free text (Subject), encoded where it is not ASCII."""
    one_line(value, name)
    plain = value.isascii() and value.isprintable() and "=?" not in value
    if plain and len(name) + 2 + len(value) <= LINE:
        return f"{name}: {value}"
    if plain and max((len(word) for word in value.split(" ")), default=0) < LINE - len(name) - 4:
        return f"{name}: {_folded(value.split(' '), len(name) + 2)}"
    return f"{name}: " + Header(value, "utf-8", maxlinelen=LINE, header_name=name).encode(linesep="\r\n")


def words(name: str, values: list[str]) -> str:
    """A line of words that must not be broken or encoded (References), each fold between two."""
    for value in values:
        one_line(value, name)
    return f"{name}: {_folded(values, len(name) + 2)}"


def addresses(name: str, entries: list[tuple[str, str]]) -> str:
    """A line of (name, address) pairs."""
    return f"{name}: {_folded([mailbox(*entry) for entry in entries], len(name) + 2, ',')}"


def mailbox(name: str, address: str) -> str:
    """One `Name <address>`, the name quoted or encoded as it needs; its domain in ASCII."""
    one_line(name, "a name")
    address = ascii_domain(address)
    name = " ".join(name.split())
    if not name:
        return address
    if name.isascii():
        shown = name if ATOM.fullmatch(name) and "=?" not in name else '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    else:
        shown = Header(name, "utf-8", maxlinelen=LINE).encode(linesep="\r\n")
    return f"{shown} <{address}>"


def ascii_domain(address: str) -> str:
    """`address` with its domain as DNS has it (IDNA); raises Unsafe where it is no address at all."""
    one_line(address, "an address")
    local, at, domain = address.strip().rpartition("@")
    if not at or not local or not domain or re.search(r"[\s<>,;:()\"\\\[\]]", local + domain) or len(address) > 320:
        raise Unsafe(f"no address: {address[:60]!r}")
    if domain.isascii():
        return f"{local}@{domain}"
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError as error:
        raise Unsafe(f"no domain: {domain[:60]!r}") from error


def date(moment) -> str:
    """The Date line of an aware moment."""
    return f"Date: {format_datetime(moment)}"


def parameter(name: str, value: str) -> str:
    """`; name="value"`, as RFC 2231 sections where it is long or not ASCII."""
    one_line(value, name)
    if SAFE_NAME.fullmatch(value):
        return f';\r\n {name}="{value}"'
    encoded = "utf-8''" + quote(value, safe="!#$&+-.^_`|~")
    if len(encoded) <= 60:
        return f";\r\n {name}*={encoded}"
    return "".join(f";\r\n {name}*{number}*={piece}" for number, piece in enumerate(_sections(encoded)))


def _sections(encoded: str) -> list[str]:
    """Pieces of at most 60 characters that split no percent sign from its digits."""
    pieces = []
    while encoded:
        end = min(60, len(encoded))
        if end < len(encoded):
            end -= next((back for back in (1, 2) if encoded[end - back] == "%"), 0)
        pieces.append(encoded[:end])
        encoded = encoded[end:]
    return pieces


def _folded(pieces: list[str], used: int, between: str = "") -> str:
    lines, line = [], ""
    for number, piece in enumerate(pieces):
        piece = piece + (between if number < len(pieces) - 1 else "")
        if line and used + len(line) + 1 + len(piece.split("\r\n")[0]) > LINE:
            lines.append(line)
            line, used = piece, 1
        else:
            line = f"{line} {piece}" if line else piece
    return "\r\n ".join([*lines, line])
