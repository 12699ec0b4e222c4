"""The live stream: server-sent events that name what changed, for as long as its reader may know."""

import asyncio
import contextlib
import logging

from django.conf import settings
from django.db import Error as DatabaseError
from django.utils.module_loading import import_string

from alongside.lib.threads import ASIDE
from alongside.live.hub import HUB, Stream
from alongside.live.models.presence import sweep
from alongside.live.models.topics import allow, allowed

__all__ = ["allow", "recheck", "run_stream", "watch"]

log = logging.getLogger("alongside.live")

COMMENT_SECONDS = 15
RETRY_MILLISECONDS = 2000
RECHECK_SECONDS = 3  # a signed-out reader's stream ends within this and the time of one look
TOPICS_EVERY = 10  # how many looks at the reader for one look at the topics
SWEEP_EVERY = 2  # and for one look at who fell silent
RESYNC = b"event: resync\ndata: {}\n"


async def run_stream(stream: Stream, since: str, send, gone: asyncio.Event) -> None:
    """Tell `stream` its hints through `send(bytes)` until it ends or its reader is `gone`."""
    watching = asyncio.ensure_future(_wake_when(gone, stream))
    HUB.join(stream, since)
    try:
        await send(b"retry: %d\n\n" % RETRY_MILLISECONDS + _written(*stream.take()))
        while not stream.ended:
            try:
                async with asyncio.timeout(COMMENT_SECONDS):
                    await stream.news.wait()
            except TimeoutError:
                await send(f": still here\nid: {HUB.now()}\n\n".encode())
                continue
            if not stream.ended:
                await send(_written(*stream.take()))
    except TimeoutError:
        log.info("A reader of the live stream does not read any more")
    finally:
        HUB.part(stream)
        watching.cancel()


async def _wake_when(gone: asyncio.Event, stream: Stream) -> None:
    await gone.wait()
    stream.end()


def _written(resync: bool, hints: list[str]) -> bytes:
    """Hints as server-sent events; the last one carries the mark of this moment."""
    parts = [RESYNC] if resync else []
    parts += [b"data: %s\n" % hint.encode() for hint in hints]
    return b"\n".join(parts) + b"id: %s\n\n" % HUB.now().encode()


async def watch(stop: asyncio.Event) -> None:
    """Until `stop`: every RECHECK_SECONDS end the streams of those who may listen no more; forget who went."""
    round = 0
    while not stop.is_set():
        try:
            async with asyncio.timeout(RECHECK_SECONDS):
                await stop.wait()
        except TimeoutError:
            round += 1
            await recheck(topics=round % TOPICS_EVERY == 0)
            if round % SWEEP_EVERY == 0:
                with contextlib.suppress(DatabaseError):
                    await ASIDE.query(sweep)


async def recheck(topics: bool = False) -> None:
    """End the streams whose reader is no longer who they were, or (with `topics`) may no longer listen."""
    streams = list(HUB.streams)
    if not streams:
        return
    try:
        refused = await ASIDE.query(_refused, streams, topics)
    except DatabaseError:
        return  # who is signed in cannot change while the database is away
    for stream in refused:
        stream.end()


def _refused(streams: list[Stream], topics: bool) -> list[Stream]:
    recognise = import_string(settings.ALONGSIDE_PRINCIPAL)
    known: dict[bytes, object] = {}
    refused = []
    for stream in streams:
        key = _credentials(stream.scope)
        if key not in known:
            known[key] = recognise(stream.scope)
        now = known[key]
        if _who(now) != _who(stream.principal) or topics and not all(allowed(now, topic) for topic in stream.topics):
            refused.append(stream)
    return refused


def _credentials(scope: dict) -> bytes:
    """Whatever in the request says who asks."""
    named = (b"cookie", b"authorization")
    return b"\n".join(name + b":" + value for name, value in scope["headers"] if name in named)


def _who(principal) -> tuple:
    return principal.kind, principal.person_id, principal.member_id
