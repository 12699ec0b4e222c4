"""Devices at a shared page: real WebSocket clients of a real server, driven from a test that waits for nothing else."""

import asyncio
import threading

from pycrdt import Map, Text, XmlElement, XmlFragment, XmlText

from alongside.booths.syncing.client import Client

PATIENCE = 20  # seconds


class Loop:
    """An event loop in a thread; `do(coroutine)` waits for what it returns."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.devices: list[Device] = []

    def do(self, work):
        """Run a coroutine and return its result, or raise what it raised."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE * 2)

    def call(self, function):
        """Run a plain function in the loop."""

        async def run():
            return function()

        return self.do(run())

    def device(self, port: int, code: str, session: str = "", *, query: str = "", passes=None, path="/booths",
               **headers) -> "Device":
        """A device that is not connected yet."""
        asked = "&".join(filter(None, [f"session={session}" if session else "", query]))
        url = f"ws://127.0.0.1:{port}{path}/{code}/sync?{asked}"
        more = {"passes": passes} if passes else {}
        client = self.call(lambda: Client(url, headers={name.replace("_", "-"): each for name, each in headers.items()},
                                          **more))
        device = Device(self, client)
        device.port, device.code = port, code
        self.devices.append(device)
        return device

    def end(self) -> None:
        """Close every line and the loop."""
        for device in self.devices:
            device.leave()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(PATIENCE)


class Device:
    """One device; what it does, it does in its loop."""

    def __init__(self, loop: Loop, client: Client):
        self.loop, self.client = loop, client

    def open(self) -> "Device":
        """Connect, and wait until both sides know what the other has."""
        self.loop.do(self.client.open(PATIENCE))
        return self

    def connect(self) -> "Device":
        """Connect without waiting for more: for those who will not be let in."""
        self.loop.do(self.client.connect(PATIENCE))
        return self

    def leave(self) -> None:
        """Close the line."""
        self.loop.do(self.client.leave())

    def closed(self, seconds: float = PATIENCE) -> int:
        """Wait until the server closes the line; returns the code."""
        return self.loop.do(self.client.closed(seconds))

    def send(self, frame: bytes) -> None:
        """Send any bytes."""
        self.loop.call(lambda: self.client.send(frame))

    def send_all(self, frames: list[bytes]) -> None:
        """Send many."""
        self.loop.call(lambda: [self.client.send(frame) for frame in frames])

    def cut(self) -> None:
        """The line breaks, without a goodbye."""
        self.loop.call(lambda: self.client.line.transport.abort())

    def stop_reading(self) -> None:
        """Read nothing more, as a device that fell asleep."""
        self.loop.call(lambda: self.client.line.transport.pause_reading())

    @property
    def is_connected(self) -> bool:
        """Whether the line stands."""
        return self.client.is_connected

    @property
    def id(self) -> int:
        """Its number as a device."""
        return self.client.doc.client_id

    def write(self, words: str, at: int | None = None) -> None:
        """Write into the goal, at the end or at a byte."""

        def write():
            text = self.client.doc.get("goal", type=Text)
            text.insert(len(text) if at is None else at, words)

        self.loop.call(write)

    def take_out(self, start: int, end: int) -> None:
        """Take bytes out of the goal."""

        def take_out():
            del self.client.doc.get("goal", type=Text)[start:end]

        self.loop.call(take_out)

    def note(self, words: str) -> None:
        """Write a paragraph into the notes."""

        def note():
            notes = self.client.doc.get("notes", type=XmlFragment)
            paragraph = XmlElement("paragraph")
            notes.children.append(paragraph)
            paragraph.children.append(XmlText(words))

        self.loop.call(note)

    def mark(self, href: str) -> None:
        """Make a link of the first two letters of the notes."""

        def mark():
            notes = self.client.doc.get("notes", type=XmlFragment)
            notes.children[0].children[0].format(0, 2, {"link": {"href": href}})

        self.loop.call(mark)

    def draw(self, key: str, shape: dict) -> None:
        """Put a shape on the sketch."""

        def draw():
            self.client.doc.get("sketch", type=Map)[key] = shape

        self.loop.call(draw)

    @property
    def goal(self) -> str:
        """The goal as this device has it."""
        return self.loop.call(lambda: str(self.client.doc.get("goal", type=Text)))

    @property
    def notes(self) -> str:
        """The notes as this device has them."""
        return self.loop.call(lambda: str(self.client.doc.get("notes", type=XmlFragment)))

    @property
    def sketch(self) -> dict:
        """The sketch as this device has it."""
        return self.loop.call(lambda: self.client.doc.get("sketch", type=Map).to_py())

    def be(self, state: dict | None, clock: int = 1, client: int | None = None) -> None:
        """Say where it looks, or what another device is."""
        self.loop.call(lambda: self.client.be_present(clock, state, client))

    def sees(self, other: "Device | int") -> dict | None:
        """What it knows of another device."""
        client = other if isinstance(other, int) else other.id
        return self.client.devices.get(client, (0, None))[1]
