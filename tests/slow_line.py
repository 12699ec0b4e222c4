"""A line between a client and a server that breaks, falls silent or passes on in one go what the server said in two."""

import contextlib
import select
import socket
import threading
import time

import pytest


class SlowLine:
    """Passes bytes on to `target_port`; after `limit` bytes to the client it hangs, or cuts the line.

    With `gathers` it lets what comes from the server come together for so many seconds before it passes it on.
    """

    def __init__(self, target_port: int):
        self.target_port = target_port
        self.limit: int | None = None
        self.cuts = False
        self.gathers = 0.0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self._lines: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.socket.accept()
                server = socket.create_connection(("127.0.0.1", self.target_port))
                self._lines += [client, server]
                threading.Thread(target=self._pass_on, args=(client, server, False), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(server, client, True), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                if counted and self.gathers:
                    time.sleep(self.gathers)
                    data += source.recv(4096, socket.MSG_DONTWAIT) if select.select([source], [], [], 0)[0] else b""
                if counted and self.limit is not None and passed + len(data) > self.limit:
                    target.sendall(data[: max(0, self.limit - passed)])
                    if self.cuts:
                        break
                    return
                target.sendall(data)
                passed += len(data)
        for line in (source, target):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """Close everything."""
        for line in [self.socket, *self._lines]:
            line.close()


@pytest.fixture
def slow_line():
    """A function that makes a line to a port."""
    lines = []

    def make(port: int) -> SlowLine:
        lines.append(SlowLine(port))
        return lines[-1]

    yield make
    for line in lines:
        line.stop()
