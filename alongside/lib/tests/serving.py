"""The real server on loopback, in a thread of the test, on the test's own database: for what only it can show."""

import asyncio
import contextlib
import http.client
import json
import socket
import threading
import time

import pytest
import uvicorn

from alongside.booths.syncing.limits import MOST_FRAME

PATIENCE = 45  # seconds until a test gives up waiting


def eventually(happened, seconds: float = PATIENCE):
    """Wait until `happened()` is true, and return what it returned; fail after `seconds`."""
    until = time.monotonic() + seconds
    while True:
        result = happened()
        if result:
            return result
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


class Answered:
    """A response that was read whole."""

    def __init__(self, response: http.client.HTTPResponse):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def json(self):
        """The body as JSON."""
        return json.loads(self.body)


class Prompt(uvicorn.Server):
    """A server that looks a hundred times a second whether it is to stop: tests stop many."""

    async def main_loop(self) -> None:
        """As uvicorn's own, in shorter steps."""
        step = 0
        while not await self.on_tick(step):
            step += 1
            await asyncio.sleep(0.01)


class Serving:
    """One running server, and ways to speak to it."""

    def __init__(self):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        config = uvicorn.Config(
            "config.asgi:application", http="alongside.lib.patience:PatientProtocol", lifespan="on",
            ws="alongside.lib.patience:PatientSocket", ws_max_size=MOST_FRAME, ws_per_message_deflate=False,
            log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=5,
        )  # fmt: skip
        self.server = Prompt(config)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.listening]}, daemon=True)

    def start(self) -> "Serving":
        """Come up."""
        self.thread.start()
        eventually(lambda: self.server.started or not self.thread.is_alive())
        assert self.server.started, "the server did not come up"
        return self

    def stop(self) -> None:
        """Go down, and leave no connection to the database behind."""
        from alongside.live.hub import HUB

        self.server.should_exit = True
        with contextlib.suppress(RuntimeError):
            HUB.close()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive(), "the server does not stop"

    def ask(self, method: str, path: str, body=None, timeout: float = PATIENCE, **headers) -> Answered:
        """One request on a connection of its own; underscores in header names become hyphens."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            return Answered(line.getresponse())
        finally:
            line.close()

    def get(self, path: str, **headers) -> Answered:
        """GET `path`."""
        return self.ask("GET", path, **headers)

    def line(self) -> socket.socket:
        """A bare connection, for clients that behave badly."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def stream(self, path: str, **headers) -> "Listener":
        """Open an event stream."""
        return Listener(self, path, headers)


class Listener:
    """An event stream, read in a thread; `events` is what came, `ended` whether the server closed it."""

    def __init__(self, serving: Serving, path: str, headers: dict):
        self.http = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=60)
        self.http.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        self.response = self.http.getresponse()
        self.status = self.response.status
        self.lines: list[str] = []
        self.ended = False
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError, AttributeError):
            while line := self.response.readline():
                self.lines.append(line.decode().rstrip("\n"))
        self.ended = True

    @property
    def ready(self) -> bool:
        """Whether the server has joined this stream to its topics."""
        return any(line.startswith("retry:") for line in self.lines)

    @property
    def hints(self) -> list[dict]:
        """The hints that came, in order."""
        return [json.loads(line[6:]) for line in self.lines if line.startswith("data: ") and line != "data: {}"]

    @property
    def resyncs(self) -> int:
        """How often the reader was told to ask for everything."""
        return self.lines.count("event: resync")

    @property
    def last_id(self) -> str:
        """The newest mark."""
        return [line[4:] for line in self.lines if line.startswith("id: ")][-1]

    def close(self) -> None:
        """Leave."""
        with contextlib.suppress(OSError, AttributeError):
            self.http.sock.shutdown(socket.SHUT_RDWR)
        self.http.close()
        self.thread.join(PATIENCE)


@pytest.fixture
def server(transactional_db, monkeypatch):
    """The real server; jobs are left to others, so that a test decides when events are told."""
    monkeypatch.setenv("ALONGSIDE_JOBS", "separate")
    serving = Serving().start()
    yield serving
    serving.stop()


@pytest.fixture
def cookie(client):
    """A function that signs a member in and returns the Cookie header of their browser."""

    def sign_in(member) -> str:
        client.force_login(member)
        return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

    return sign_in
