"""A real SMTP server that keeps what it is given, and can be told to misbehave in the ways that servers do."""

import contextlib
import email
import email.policy
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope


@dataclass
class Taken:
    """One mail as it was handed over."""

    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def mail(self):
        """It, as the standard library reads it."""
        return email.message_from_bytes(self.raw, policy=email.policy.default)


@dataclass
class SmtpSink:
    """`taken` is what came. `refuse_rcpt` {address: answer}, `refuse_data` an answer, `hang` seconds before the 250."""

    login: str = ""
    password: str = ""
    taken: list[Taken] = field(default_factory=list)
    refuse_rcpt: dict[str, str] = field(default_factory=dict)
    refuse_data: str = ""
    cut_after_data: bool = False
    hang: float = 0.0
    certificate: Path | None = None  # a file with its key; then it offers STARTTLS, or speaks TLS from the start
    tls_from_start: bool = False
    controller: Controller | None = None

    def start(self) -> "SmtpSink":
        """Listen at a free port of this machine."""
        about = {"auth_require_tls": False}
        if self.login:
            about |= {"authenticator": self._authenticate, "auth_required": True}
        if self.certificate:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(self.certificate)
            about |= {"ssl_context": context} if self.tls_from_start else {"tls_context": context}
        self.controller = Controller(self, hostname="127.0.0.1", port=_free_port(), **about)
        self.controller.start()
        return self

    def stop(self) -> None:
        """Stop listening."""
        self.controller.stop()

    @property
    def host(self) -> str:
        """Where it listens."""
        return "127.0.0.1"

    @property
    def port(self) -> int:
        """The port it listens at."""
        return self.controller.port

    def _authenticate(self, server, session, envelope, mechanism, data):
        right = (data.login.decode(), data.password.decode()) == (self.login, self.password)
        return AuthResult(success=right, handled=False)

    async def handle_RCPT(self, server, session, envelope: Envelope, address, options):
        """Take or refuse one address."""
        if address in self.refuse_rcpt:
            return self.refuse_rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope: Envelope):
        """Take the mail, refuse it, keep silent, or break the line when it is already here."""
        import asyncio

        if self.refuse_data:
            return self.refuse_data
        if self.hang:
            await asyncio.sleep(self.hang)
        self.taken.append(Taken(envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content))
        if self.cut_after_data:
            server.transport.abort()
        return "250 OK"

    def wait_for(self, count: int, seconds: float = 20.0) -> list[Taken]:
        """What came, once it is `count` mails; fails the test when they do not come."""
        until = time.monotonic() + seconds
        while len(self.taken) < count:
            assert time.monotonic() < until, f"{len(self.taken)} of {count} mails came"
            time.sleep(0.05)
        return self.taken


class SilentServer:
    """Takes connections at a free port and never says a word (or only `greeting`)."""

    def __init__(self, greeting: bytes = b""):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.greeting, self.lines = greeting, []
        self.thread = threading.Thread(target=self._accept, daemon=True)
        self.thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self.socket.accept()
                self.lines.append(line)
                line.sendall(self.greeting)

    def stop(self) -> None:
        """Close everything."""
        for line in [self.socket, *self.lines]:
            line.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def smtp_sink():
    """A mail server that takes everything, until a test says otherwise."""
    sink = SmtpSink().start()
    yield sink
    sink.stop()


@pytest.fixture
def silent_server():
    """A server that hangs."""
    server = SilentServer()
    yield server
    server.stop()
