"""Answers a balancer: can this process reach the database right now? Holds no thread."""

import asyncio
import contextlib
import json
import time

import psycopg
from django.utils.translation import gettext_lazy as _

from alongside.lib.listening import connection_parameters
from alongside.lib.plainly import HEADERS, say

FRESH_SECONDS = 1.0  # an answer is used again for this long
PATIENCE = 2.0
WORDS = _("The database does not answer. Pages come back by themselves once it does.")


class Health:
    """An ASGI app: 200 while the database answers quickly, else 503 with words. Keeps one idle connection."""

    def __init__(self):
        self._connection: psycopg.AsyncConnection | None = None
        self._asking: asyncio.Future | None = None
        self._well = False
        self._asked_at = float("-inf")

    async def __call__(self, scope, receive, send) -> None:
        """Answer with what is known, asking the database at most once a second however many want to know."""
        if scope["method"] not in ("GET", "HEAD"):
            await say(scope, send, 405, _("This address can only be read."))
        elif await self.well():
            body = json.dumps({"status": "well"}).encode()
            kind = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
            await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS, *kind]})
            await send({"type": "http.response.body", "body": body})
        else:
            await say(scope, send, 503, WORDS, retry_after=2)

    async def well(self) -> bool:
        """Whether the database answered within PATIENCE, at most FRESH_SECONDS ago."""
        if self._asking is None and time.monotonic() - self._asked_at > FRESH_SECONDS:
            self._asking = asyncio.ensure_future(self._ask())
        if self._asking is not None:
            await asyncio.shield(self._asking)
        return self._well

    async def _ask(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                self._well = await self._answers()
        except (psycopg.Error, OSError):
            self._well = False
            await self.close()
        finally:
            self._asked_at = time.monotonic()
            self._asking = None

    async def _answers(self) -> bool:
        for fresh in (False, True):
            if self._connection is None or fresh:
                await self.close()
                self._connection = await psycopg.AsyncConnection.connect(
                    **{**connection_parameters(), "autocommit": True, "application_name": "alongside health"}
                )
            try:
                await self._connection.execute("SELECT 1")
                return True
            except psycopg.OperationalError:
                if fresh:
                    raise
        return False

    async def close(self) -> None:
        """Close the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(psycopg.Error, OSError):
                await connection.close()
