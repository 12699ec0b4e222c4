"""The process's one LISTEN connection: tells rooms what NOTIFY carries, and when some of it may be lost."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

import psycopg
from django.db import connections
from psycopg import sql

from alongside.lib.away import Outage

log = logging.getLogger("alongside.listening")

ALIVE_SECONDS = 15  # how often a silent connection is asked whether it still lives
ALIVE_TIMEOUT = 5
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0  # between tries to reach a database that is away


def connection_parameters() -> dict:
    """What `psycopg.AsyncConnection.connect` needs to reach Django's database."""
    parameters = dict(connections["default"].get_connection_params())
    for name in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(name, None)
    parameters.setdefault("connect_timeout", 5)
    return parameters


class Listening:
    """Connects, listens on the channels asked for, and reconnects for as long as it takes."""

    def __init__(self):
        self.heard: dict[str, list[Callable[[str], None]]] = {}
        self.lost: list[Callable[[], None]] = []
        self.ready = asyncio.Event()
        self._outage = Outage(log, "The database, for listening,")

    def on(self, channel: str, heard: Callable[[str], None], lost: Callable[[], None] | None = None) -> None:
        """Before `run`: have `heard(payload)` called for every notification on `channel`, in the event loop.

        `lost()` is called each time a connection begins: whatever was said before it was not heard.
        """
        self.heard.setdefault(channel, []).append(heard)
        if lost:
            self.lost.append(lost)

    async def run(self, stop: asyncio.Event) -> None:
        """Listen until `stop`."""
        stopping = asyncio.ensure_future(stop.wait())
        pause = FIRST_PAUSE
        try:
            while not stop.is_set():
                work = asyncio.ensure_future(self._listen())
                await asyncio.wait([work, stopping], return_when=asyncio.FIRST_COMPLETED)
                pause = FIRST_PAUSE if self.ready.is_set() else min(pause * 2, LONGEST_PAUSE)
                self.ready.clear()
                await self._end(work)
                if not stop.is_set():
                    await asyncio.wait([stopping], timeout=pause)
        finally:
            stopping.cancel()

    async def _end(self, work: asyncio.Task) -> None:
        work.cancel()
        try:
            await work
        except asyncio.CancelledError:
            pass
        except (psycopg.Error, OSError, TimeoutError) as away:
            self._outage.begins(away)

    async def _listen(self) -> None:
        connection = await psycopg.AsyncConnection.connect(
            **{**connection_parameters(), "autocommit": True, "application_name": "alongside listening"}
        )
        try:
            for channel in self.heard:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            self.ready.set()
            self._outage.ends()
            for lost in self.lost:
                lost()
            while True:
                async for notification in connection.notifies(timeout=ALIVE_SECONDS):
                    self._tell(notification.channel, notification.payload)
                await asyncio.wait_for(connection.execute("SELECT 1"), ALIVE_TIMEOUT)
        finally:
            with contextlib.suppress(psycopg.Error, OSError):
                await connection.close()

    def _tell(self, channel: str, payload: str) -> None:
        for heard in self.heard.get(channel, ()):
            try:
                heard(payload)
            except Exception:
                log.exception("A notification on %s could not be used", channel)
