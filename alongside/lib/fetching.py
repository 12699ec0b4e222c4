"""The one way out to addresses that somebody gave us: looked up once, checked, capped in time and bytes, not led on."""

import http.client
import io
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote, urlsplit

from django.conf import settings

from alongside.lib.outside import is_outside
from alongside.lib.unfetched import (
    LeadsOn,
    NobodyThere,
    NotAnAddress,
    NotOutside,
    NotThisPort,
    NotTrusted,
    NotUnderstood,
    Refused,
    TooLarge,
    TooSlow,
)

AGENT = "Alongside"
MOST_TRIED = 4  # addresses of one host
MOST_BESIDE = 256 * 1024  # bytes that heads and chunk marks may take beside the body
PIECE = 64 * 1024
LONGEST = 4000  # characters of an address
HOST = re.compile(r"^[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?$")
PORTS = {"http": 80, "https": 443}
_LOOKING_UP = threading.BoundedSemaphore(16)


@dataclass(frozen=True)
class Fetched:
    """What came: the status (200 to 299), the bytes, and the content type as the server says it, in small letters."""

    status: int
    content: bytes
    content_type: str


def look_up(host: str, port: int) -> list[str]:
    """Every numeric address of a host. Raises OSError."""
    return [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@cache
def _usual_trust() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass(frozen=True)
class Gate:
    """Where a fetch may go. The usual one lets out to the public internet only; tests open one to their own server."""

    ports: frozenset[int]
    look_up: Callable[[str, int], list[str]] = look_up
    may_reach: Callable[[str], bool] = is_outside
    trust: ssl.SSLContext = field(default_factory=_usual_trust)


def usual_gate() -> Gate:
    """The gate of every fetch that brings no other."""
    return Gate(ports=frozenset(map(int, settings.FETCH_PORTS)))


def fetch(url: str, *, most_bytes: int, seconds: float, accept: str = "*/*", method: str = "GET",
          body: bytes | None = None, headers: dict[str, str] | None = None, gate: Gate | None = None) -> Fetched:
    """Fetch `url`, or send `body` there by another `method`. Raises CannotFetch (`unfetched.py`).

    `seconds` limits all of it together. No cookie, no Referer, no redirect, no compression: `accept` and `headers` are
    all that is said beside the address.
    """
    gate, deadline = gate or usual_gate(), _Deadline(seconds)
    target = _Target.read(url, gate.ports)
    said = {"Host": target.name, "User-Agent": AGENT, "Accept": accept, "Accept-Encoding": "identity",
            "Connection": "close", **(headers or {})}
    try:
        with _connected(_checked(target, gate, deadline), target, deadline) as plain:
            with _secured(plain, target, gate, deadline) as line:
                return _exchange(_Wire(line, deadline, most_bytes), target, method, said, body, most_bytes)
    except TimeoutError as late:
        raise TooSlow from late
    except ssl.SSLError as wrong:
        raise NotTrusted from wrong
    except OSError as away:
        raise NobodyThere from away
    except http.client.HTTPException as broken:
        raise NotUnderstood from broken


class _Deadline:
    def __init__(self, seconds: float):
        self.at = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left. Raises TooSlow when none are."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise TooSlow
        return left


@dataclass(frozen=True)
class _Target:
    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def read(cls, url: str, ports: frozenset[int]) -> "_Target":
        """The parts of an address. Raises NotAnAddress, NotThisPort."""
        try:
            parts = urlsplit(url)
            port = parts.port
            host = _host(parts.hostname or "")
        except ValueError as broken:
            raise NotAnAddress from broken
        strange = len(url) > LONGEST or any(ord(letter) < 32 or ord(letter) == 127 for letter in url)
        if strange or parts.scheme not in PORTS or not host or "@" in parts.netloc:
            raise NotAnAddress
        port = PORTS[parts.scheme] if port is None else port
        if port not in ports:
            raise NotThisPort
        safe = "/%:@!$&'()*+,;=~-._?[]"
        query = f"?{quote(parts.query, safe)}" if parts.query else ""
        return cls(parts.scheme, host, port, (quote(parts.path, safe.replace("?", "")) or "/") + query)

    @property
    def name(self) -> str:
        """The host as the Host header writes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def _host(name: str) -> str:
    """A host in ASCII, or nothing where it is none. Raises ValueError (a UnicodeError is one)."""
    if ":" in name:
        return "" if "%" in name else str(ipaddress.IPv6Address(name))
    name = name.rstrip(".").encode("idna").decode().lower()
    return name if len(name) <= 253 and HOST.match(name) else ""


def _checked(target: _Target, gate: Gate, deadline: _Deadline) -> list[str]:
    """The addresses of the target, looked up this one time. Raises NotOutside unless each of them may be reached."""
    try:
        found = list(dict.fromkeys(_in_time(lambda: gate.look_up(target.host, target.port), deadline)))
    except UnicodeError as broken:
        raise NotAnAddress from broken
    if not found:
        raise NobodyThere
    if not all(gate.may_reach(address) for address in found):
        raise NotOutside
    return found[:MOST_TRIED]


def _in_time(look, deadline: _Deadline):
    """What `look` finds; a look-up cannot be broken off, so one that takes too long is left behind in its thread."""
    if not _LOOKING_UP.acquire(timeout=deadline.left()):
        raise TooSlow
    found: Future = Future()

    def run():
        try:
            found.set_result(look())
        except Exception as wrong:
            found.set_exception(wrong)
        finally:
            _LOOKING_UP.release()

    threading.Thread(target=run, name="look-up", daemon=True).start()
    return found.result(deadline.left())


def _connected(addresses: list[str], target: _Target, deadline: _Deadline) -> socket.socket:
    """A connection to the first of the checked addresses that answers: to the number, so nothing is looked up again."""
    for waiting, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
        line = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        try:
            line.settimeout(deadline.left() / waiting)
            line.connect((address, target.port))
            return line
        except OSError:
            line.close()
            if waiting == 1:
                raise
        except BaseException:
            line.close()
            raise
    raise NobodyThere


def _secured(line: socket.socket, target: _Target, gate: Gate, deadline: _Deadline) -> socket.socket:
    if target.scheme == "http":
        return line
    secure = gate.trust.wrap_socket(line, server_hostname=target.host, do_handshake_on_connect=False)
    try:
        secure.settimeout(deadline.left())
        secure.do_handshake()
    except BaseException:
        secure.close()
        raise
    return secure


class _Wire(io.RawIOBase):
    """A connection as `http.client` wants it, where each single read has only the time that is left for everything."""

    def __init__(self, line: socket.socket, deadline: _Deadline, most_bytes: int):
        super().__init__()
        self.line, self.deadline, self.most = line, deadline, 2 * most_bytes + MOST_BESIDE

    def readable(self) -> bool:
        """It is read from."""
        return True

    def readinto(self, buffer) -> int:
        """The next bytes. Raises TooSlow, TooLarge, OSError."""
        self.line.settimeout(self.deadline.left())
        got = self.line.recv_into(buffer)
        self.most -= got
        if self.most < 0:
            raise TooLarge
        return got

    def sendall(self, data) -> None:
        """Send everything. Raises TooSlow, OSError."""
        self.line.settimeout(self.deadline.left())
        self.line.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What `http.client` reads from."""
        return io.BufferedReader(self)


def _exchange(wire: _Wire, target: _Target, method: str, said: dict, body: bytes | None, most_bytes: int) -> Fetched:
    asking = http.client.HTTPConnection(target.host, target.port)
    asking.sock = wire
    asking.putrequest(method, target.path, skip_host=True, skip_accept_encoding=True)
    for name, value in said.items():
        asking.putheader(name, value)
    if body is not None:
        asking.putheader("Content-Length", str(len(body)))
    asking.endheaders(body)
    answer = http.client.HTTPResponse(wire, method=method)
    answer.begin()
    if 300 <= answer.status < 400:
        raise LeadsOn
    if not 200 <= answer.status < 300:
        raise Refused(answer.status)
    content = _body(answer, most_bytes)
    return Fetched(answer.status, content, answer.getheader("Content-Type", "").partition(";")[0].strip().lower())


def _body(answer: http.client.HTTPResponse, most_bytes: int) -> bytes:
    encodings = (answer.getheader("Content-Encoding", "identity"), answer.getheader("Transfer-Encoding", "chunked"))
    if tuple(word.strip().lower() for word in encodings) != ("identity", "chunked"):
        raise NotUnderstood
    if answer.length is not None and answer.length > most_bytes:
        raise TooLarge
    pieces, size = [], 0
    while piece := answer.read(min(PIECE, most_bytes - size + 1)):
        pieces.append(piece)
        size += len(piece)
        if size > most_bytes:
            raise TooLarge
    if answer.length:
        raise NotUnderstood
    return b"".join(pieces)
