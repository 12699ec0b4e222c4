"""A server of somebody else's, on loopback, that answers as a test says, and a gate that lets out to it alone."""

import contextlib
import socket
import ssl
import threading
from dataclasses import dataclass, field, replace

import pytest

from alongside.lib.fetching import Gate


def answer(body=b"", status="200 OK", **headers) -> bytes:
    """An answer as it goes over the line; underscores in header names become hyphens."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    length = "" if "Transfer_Encoding" in headers else f"Content-Length: {len(body)}\r\n"
    return f"HTTP/1.1 {status}\r\n{length}{lines}\r\n".encode() + body


@dataclass
class Remote:
    """What it answers by path (bytes, or a function of the connection and `done`), and what it was asked."""

    answers: dict = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)
    trust: ssl.SSLContext | None = None
    called: str = "pictures.example"
    scheme: str = "http"

    def __post_init__(self):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def gate(self) -> Gate:
        """Lets out to this server, under any name."""
        gate = Gate(frozenset({self.port}), lambda host, port: ["127.0.0.1"], lambda address: address == "127.0.0.1")
        return gate if self.trust is None else replace(gate, trust=self.trust)

    def url(self, path="/", host="") -> str:
        """An address on it."""
        return f"{self.scheme}://{host or self.called}:{self.port}{path}"

    def close(self) -> None:
        """Let everyone go."""
        self.done.set()
        self.listening.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _address = self.listening.accept()
                threading.Thread(target=self._speak, args=(line,), daemon=True).start()

    def _speak(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), self.secured(line) as line:
            line.settimeout(30)
            heard = b""
            while b"\r\n\r\n" not in heard:
                piece = line.recv(65536)
                if not piece:
                    return
                heard += piece
            self.asked.append(heard.decode())
            said = self.answers.get(heard.split()[1].decode(), answer(b"", "404 Not Found"))
            if callable(said):
                said(line, self.done)
            else:
                line.sendall(said)

    def secured(self, line: socket.socket) -> socket.socket:
        """The line itself; a server with a certificate wraps it."""
        return line


@pytest.fixture
def remote():
    """A server of somebody else's."""
    server = Remote()
    yield server
    server.close()
