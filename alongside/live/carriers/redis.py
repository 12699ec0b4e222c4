"""Hints through Redis (`LIVE_URL=redis://…`): they are only hints, so one that is lost costs a look, not truth."""

import asyncio
import logging
import threading

from django.conf import settings

try:
    import redis
    import redis.asyncio
except ImportError as missing:
    raise ImportError(
        "LIVE_URL names a Redis server, but its client is not installed. Run: .venv/bin/pip install redis"
    ) from missing

from alongside.lib.away import Outage
from alongside.live.carriers import CHANNEL

log = logging.getLogger("alongside.live")

PATIENCE = 2
ALIVE_SECONDS = 15
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0

_thread = threading.local()


def publish(payload: str) -> None:
    """Hand one hint to Redis. A Redis that is away is logged: readers ask again when it is back."""
    client = getattr(_thread, "client", None)
    if client is None or _thread.url != settings.LIVE_URL:
        client = redis.Redis.from_url(settings.LIVE_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        _thread.client, _thread.url = client, settings.LIVE_URL
    try:
        client.publish(CHANNEL, payload)
    except redis.RedisError as away:
        log.warning("Redis does not take hints just now: %s", away)


async def run(stop: asyncio.Event, heard, lost) -> None:
    """Until `stop`: call `heard(payload)` for each hint, and `lost()` each time a connection begins."""
    stopping = asyncio.ensure_future(stop.wait())
    pause = FIRST_PAUSE
    outage = Outage(log, "Redis")
    while not stop.is_set():
        begun = asyncio.Event()
        work = asyncio.ensure_future(_subscribe(begun, outage, heard, lost))
        await asyncio.wait([work, stopping], return_when=asyncio.FIRST_COMPLETED)
        pause = FIRST_PAUSE if begun.is_set() else min(pause * 2, LONGEST_PAUSE)
        work.cancel()
        try:
            await work
        except asyncio.CancelledError:
            pass
        except (redis.RedisError, OSError) as away:
            outage.begins(away)
        if not stop.is_set():
            await asyncio.wait([stopping], timeout=pause)
    stopping.cancel()


async def _subscribe(begun: asyncio.Event, outage: Outage, heard, lost) -> None:
    client = redis.asyncio.Redis.from_url(settings.LIVE_URL, socket_connect_timeout=PATIENCE)
    try:
        async with client.pubsub() as channel:
            await channel.subscribe(CHANNEL)
            begun.set()
            outage.ends()
            lost()
            while True:
                message = await channel.get_message(ignore_subscribe_messages=True, timeout=ALIVE_SECONDS)
                if message is None:
                    await channel.ping()
                elif message["type"] == "message":
                    heard(message["data"].decode())
    finally:
        await client.aclose()
