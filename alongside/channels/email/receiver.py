"""Our own SMTP receiver for mail that is forwarded to us: it takes what is for our addresses, and only then says 250.

Settings from the environment: SMTP_LISTEN ("0.0.0.0:2525"; nothing listens without it), SMTP_NAME (how it calls
itself), SMTP_CERTIFICATE and SMTP_KEY (files; STARTTLS is offered where both are there).
"""

import asyncio
import contextlib
import logging
import os
import re
import socket
import ssl
from collections import Counter

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import Error as DatabaseError

from alongside.channels.email import intake, taking
from alongside.channels.email.models import Mailbox
from alongside.lib.mail import tokens
from alongside.lib.threads import Threads

log = logging.getLogger(__name__)
MOST_BYTES = 50 * 1024 * 1024
CONNECTIONS, CONNECTIONS_OF_ONE = 60, 10
SESSION_SECONDS = 600  # for a whole connection, however slowly it speaks
SILENT_SECONDS = 60
MOST_RECIPIENTS = 50
MOST_HOPS = 40  # Received lines: more mean that the mail runs in a circle
THREADS = 2

OK = "250 2.0.0 Kept"
NOT_HERE = "550 5.1.1 There is no such address here"
RESTING = "450 4.2.1 This address rests for a while; please try again"
TOO_MANY = "452 4.5.3 Too many addresses at once"
LATER = "451 4.3.0 We cannot keep it right now; please try again"
NO_ROOM = "452 4.3.1 We have no room right now; please try again"
LOOP = "554 5.4.6 This mail runs in a circle"


class Doorman:
    """What aiosmtpd asks at each step."""

    def __init__(self, threads: Threads):
        self.threads = threads

    async def handle_RCPT(self, server, session: Session, envelope: Envelope, address: str, options) -> str:
        """Take mail for a mailbox of ours that receives here, and for no other address: no relaying."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        try:
            found = await self.threads.query(mailbox_for, address)
        except Exception as broken:
            return _later("look up", broken)
        if found is None:
            return NOT_HERE
        if found.state == Mailbox.PAUSED:
            return RESTING
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 Ours"

    async def handle_DATA(self, server, session: Session, envelope: Envelope) -> str:
        """Keep the mail; 250 only once it is committed for every recipient."""
        raw = envelope.original_content or b""
        if len(re.findall(rb"^received:", raw[:200_000].partition(b"\r\n\r\n")[0], re.I | re.M)) > MOST_HOPS:
            return LOOP
        try:
            await self.threads.query(keep, raw, envelope.mail_from or "", list(envelope.rcpt_tos))
        except Exception as broken:
            return _later("keep", broken)
        taking.wake()
        return OK


def mailbox_for(address: str) -> Mailbox | None:
    """Our mailbox that receives at `address`, with or without something after a plus sign."""
    plain = tokens.without_plus(address.strip().strip("<>")).casefold()
    receiving = Mailbox.objects.filter(receives_by_smtp=True).exclude(state=Mailbox.NEW)
    exact = address.strip().strip("<>").casefold()
    return receiving.filter(address__in=[exact, plain]).first()


def keep(raw: bytes, sender: str, recipients: list[str]) -> int:
    """Store `raw` once for each mailbox that it is for; returns for how many. Committed when this returns."""
    boxes: dict[int, tuple[Mailbox, str]] = {}
    for address in recipients:
        box = mailbox_for(address)
        if box:
            boxes.setdefault(box.pk, (box, address))
    for box, address in boxes.values():
        intake.store(box, raw, source="smtp", envelope_from=sender, envelope_to=address)
    return len(boxes)


def _later(what: str, broken: Exception) -> str:
    log.warning("The mail receiver could not %s: %s: %s", what, type(broken).__name__, broken)
    full = isinstance(broken, DatabaseError) and ("space" in str(broken).lower() or "disk" in str(broken).lower())
    return NO_ROOM if full else LATER


class Door(SMTP):
    """One connection: counted, limited in time, and closed when there are too many."""

    open: Counter = Counter()

    def connection_made(self, transport) -> None:
        """Let it in, or send it away with a word."""
        peer = transport.get_extra_info("peername")
        self.peer_host = str(peer[0]) if peer else ""
        self.counted = False
        if self.transport is None and not self._room():
            transport.write(b"421 4.7.0 Too many connections; please come back later\r\n")
            transport.close()
            return
        if self.transport is None:  # not the second call, after STARTTLS
            self.counted = True
            Door.open[self.peer_host] += 1
            self.ending = self.loop.call_later(SESSION_SECONDS, transport.abort)
        super().connection_made(transport)

    def _room(self) -> bool:
        return Door.open.total() < CONNECTIONS and Door.open[self.peer_host] < CONNECTIONS_OF_ONE

    def connection_lost(self, error) -> None:
        """Forget it."""
        if self.counted:
            self.counted = False
            Door.open[self.peer_host] -= 1
            Door.open += Counter()
            self.ending.cancel()
        if self.transport is not None:
            super().connection_lost(error)


async def run(stop: asyncio.Event) -> None:
    """Receive until `stop`, where SMTP_LISTEN says that we should."""
    place = os.environ.get("SMTP_LISTEN", "").strip()
    if not place:
        await stop.wait()
        return
    async with receiving(*address_of(place)):
        await stop.wait()


def address_of(place: str) -> tuple[str, int]:
    """Host and port of "host:port", ":port" or "port". Raises ValueError."""
    host, _, port = place.rpartition(":")
    return host.strip("[]") or "0.0.0.0", int(port)


@contextlib.asynccontextmanager
async def receiving(host: str, port: int):
    """A receiver that listens while the context lasts; gives (host, port), the port chosen where 0 was asked for."""
    threads = Threads("receiving mail", THREADS)
    loop, doorman, context = asyncio.get_running_loop(), Doorman(threads), _tls()
    name = os.environ.get("SMTP_NAME", "").strip() or socket.gethostname()

    def door() -> Door:
        return Door(
            doorman, data_size_limit=MOST_BYTES, enable_SMTPUTF8=True, hostname=name, ident="Alongside",
            timeout=SILENT_SECONDS, tls_context=context, loop=loop, command_call_limit={"*": 200, "RCPT": 300},
        )  # fmt: skip

    server = await loop.create_server(door, host, port)
    log.info("Receiving mail at %s", server.sockets[0].getsockname())
    try:
        yield server.sockets[0].getsockname()[:2]
    finally:
        server.close()
        await server.wait_closed()
        await asyncio.to_thread(threads.close)


def _tls() -> ssl.SSLContext | None:
    certificate, key = os.environ.get("SMTP_CERTIFICATE"), os.environ.get("SMTP_KEY")
    if not (certificate and key):
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context
