"""A Yjs client in Python (pycrdt over a WebSocket), as a browser is one: for replays, measurements and tests."""

import asyncio
import contextlib
import json
from collections.abc import Callable

from pycrdt import Doc
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from alongside.booths.syncing import protocol
from alongside.booths.syncing.dissecting import dissect
from alongside.booths.syncing.document import fitting, merged, read_state
from alongside.booths.syncing.protocol import ANSWER, ASK, PRESENCE, REFUSED, ROWS, SYNC


class Copy:
    """A document that takes updates in any order: what builds on others waits for them."""

    def __init__(self, doc: Doc):
        self.doc = doc
        self.early: list[bytes] = []

    def take(self, update: bytes) -> None:
        """Take an update, and what waited for it."""
        self.early.append(update)
        found, _unreadable = fitting(self.clocks(), self.early)
        if found:
            self.doc.apply_update(merged([self.early[place] for place in found]))
            self.early = [each for place, each in enumerate(self.early) if place not in found]

    def clocks(self) -> dict[int, int]:
        """How far each device's changes are in it."""
        return read_state(self.doc.get_state())

    def deleted(self) -> list[tuple[int, int, int]]:
        """All that was deleted: ranges (client, from, to), those that touch put together."""
        ranges: list[tuple[int, int, int]] = []
        for client, start, end in sorted(dissect(self.doc.get_update(self.doc.get_state())).deleted):
            if ranges and ranges[-1][0] == client and ranges[-1][2] >= start:
                _client, start, last = ranges.pop()
                end = max(end, last)
            ranges.append((client, start, end))
        return ranges


class Client:
    """One device: a document that outlives its connections, and the connection that it has now.

    What is changed in `doc` is sent at once while the line stands, and otherwise when it stands again. `passes(frame)`
    may drop frames in either direction.
    """

    def __init__(self, url: str, *, headers: dict | None = None, passes: Callable[[bytes], bool] = lambda frame: True):
        self.url, self.headers, self.passes = url, headers or {}, passes
        self.copy = Copy(Doc())
        self.doc = self.copy.doc
        self.line = None
        self.synced = asyncio.Event()  # the answer to our question has come
        self.asked = asyncio.Event()  # the server has said what it has
        self.heard = asyncio.Event()  # something was taken in
        self.close_code: int | None = None
        self.said: list[str] = []
        self.rows: list[str] = []
        self.devices: dict[int, tuple[int, dict | None]] = {}
        self.on_update: Callable[[bytes], None] = self.apply
        self._taking = False
        self._reading: asyncio.Task | None = None
        self._writing: asyncio.Task | None = None
        self._out: asyncio.Queue | None = None
        self.doc.observe(self._changed)

    def apply(self, update: bytes) -> None:
        """Take an update of others into the document; what it builds on and is not here is asked for."""
        self._taking = True
        try:
            self.copy.take(update)
        finally:
            self._taking = False
        self.heard.set()
        if self.copy.early:
            self.ask()

    def change(self, update: bytes) -> None:
        """Make a change that was made elsewhere as if it was made in `doc`."""
        self.doc.apply_update(update)

    def _changed(self, event) -> None:
        if not self._taking:
            self.send(protocol.changing(event.update))

    def send(self, frame: bytes) -> None:
        """Put a frame in line; without a line it is left to the next greeting."""
        if self._out is not None and self.passes(frame):
            self._out.put_nowait(frame)

    async def connect(self, seconds: float = 20) -> None:
        """Open a line and greet."""
        self.synced.clear()
        self.asked.clear()
        self.close_code = None
        self.line = await connect(self.url, additional_headers=self.headers, max_size=None, compression=None,
                                  open_timeout=seconds, ping_interval=None)
        self._out = asyncio.Queue()
        self._reading = asyncio.create_task(self._read())
        self._writing = asyncio.create_task(self._write(self._out))
        self.ask()

    async def open(self, seconds: float = 20) -> "Client":
        """Connect and wait until both sides know what the other has. Raises TimeoutError."""
        await self.connect(seconds)
        async with asyncio.timeout(seconds):
            await self.synced.wait()
            await self.asked.wait()
        return self

    @property
    def is_connected(self) -> bool:
        """Whether the line stands."""
        return self._out is not None

    def ask(self) -> None:
        """Ask for everything that is lacking here."""
        self.send(protocol.asking(self.doc.get_state()))

    async def _write(self, out: asyncio.Queue) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self.line.send(await out.get())

    async def _read(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for frame in self.line:
                if self.passes(frame):
                    self._hear(frame)
        self._out = None
        self._writing.cancel()
        await self.line.wait_closed()
        self.close_code = self.line.close_code

    def _hear(self, frame: bytes) -> None:
        message = protocol.heard(frame)
        if message.kind == SYNC and message.step == ASK:
            self.send(protocol.answering(self.doc.get_update(message.body)))
            self.asked.set()
        elif message.kind == SYNC:
            self.on_update(message.body)
            if message.step == ANSWER:
                self.synced.set()
        elif message.kind == PRESENCE:
            for device in protocol.read_devices(message.body, 1 << 20):
                self.devices[device.client] = (device.clock, device.state)
        elif message.kind in (ROWS, REFUSED):
            length, at = protocol.read_number(frame, 1)
            text = frame[at : at + length].decode()
            (self.rows if message.kind == ROWS else self.said).append(
                json.loads(text)["part"] if message.kind == ROWS else text)

    def be_present(self, clock: int, state: dict | None, client: int | None = None) -> None:
        """Say something of this device, or in the name of another."""
        entry = protocol.written_device(client or self.doc.client_id, clock, json.dumps(state))
        self.send(protocol.who_is_here([entry]))

    async def closed(self, seconds: float = 20) -> int:
        """Wait until the line is closed; returns the code. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            await asyncio.shield(self._reading)
        return self.close_code

    async def leave(self) -> None:
        """Close the line."""
        self._out = None
        if self.line is not None:
            await self.line.close()
            await self._reading
