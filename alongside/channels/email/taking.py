"""The loop that places stored mail: woken in this process by whoever stored some, and looking by itself otherwise."""

import asyncio
import contextlib
import logging

from django.db import Error as DatabaseError

from alongside.channels.email import intake
from alongside.lib.threads import Threads

log = logging.getLogger(__name__)
PAUSE_SECONDS = 2.0  # between looks for what another process has stored
AFTER_TROUBLE_SECONDS = 5.0

_wakers: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()


def wake() -> None:
    """Say from any thread that mail was stored, so that nobody waits for the next look."""
    for loop, event in list(_wakers):
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(event.set)


async def run(stop: asyncio.Event) -> None:
    """Place what is stored until `stop`."""
    threads, woken = Threads("taking mail in", 1), asyncio.Event()
    waker = (asyncio.get_running_loop(), woken)
    _wakers.add(waker)
    try:
        while not stop.is_set():
            pause = PAUSE_SECONDS
            woken.clear()
            try:
                pause = 0 if await threads.query(intake.take_stored) else pause
            except DatabaseError as away:
                log.warning("Mail waits to be taken in: %s", away)
                pause = AFTER_TROUBLE_SECONDS
            if pause:
                await _first_of(stop, woken, pause)
    finally:
        _wakers.discard(waker)
        await asyncio.to_thread(threads.close)


async def _first_of(stop: asyncio.Event, woken: asyncio.Event, seconds: float) -> None:
    """Wait until stopped, woken, or for so many seconds."""
    waits = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(woken.wait())]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
