"""Hints through a real Redis, for installations of many processes."""

import asyncio
import shutil
import socket
import subprocess

import pytest
from django.db import transaction

from alongside.lib.tests.serving import eventually
from alongside.live.carriers import redis as carrier
from alongside.live.hub import HUB
from alongside.live.models import allow, changed, topics

needs_redis = pytest.mark.skipif(
    shutil.which("redis-server") is None, reason="redis-server is missing. Install it: apt-get install redis-server"
)
pytestmark = [needs_redis, pytest.mark.real]


class Redis:
    """A Redis of our own on a free port."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder, self.url, self.process = folder, f"redis://127.0.0.1:{self.port}/0", None

    def start(self) -> "Redis":
        """Come up, and wait until it takes connections."""
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )
        eventually(self._up)
        return self

    def _up(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """Go away."""
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def redis(tmp_path, settings):
    """A running Redis that LIVE_URL names."""
    server = Redis(tmp_path).start()
    settings.LIVE_URL = server.url
    yield server
    server.stop()


def test_a_change_is_heard_through_redis_at_commit(redis, server, cookie, lena, monkeypatch):
    monkeypatch.setattr(topics, "_rules", {})
    allow("conversation", lambda principal, id: principal.serves)
    eventually(lambda: HUB.complete_since < float("inf"))
    stream = server.stream("/live?topics=conversation:12", Cookie=cookie(lena))
    eventually(lambda: stream.ready)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        changed("conversation:12", message=1)
        _ = 1 / 0
    with transaction.atomic():
        changed("conversation:12", message=2)
        changed("conversation:12", message=2)
    changed("conversation:12", message=3)
    eventually(lambda: len(stream.hints) == 2)
    assert stream.hints == [{"topic": "conversation:12", "message": n} for n in (2, 3)]
    stream.close()


def test_redis_may_go_away_and_come_back(redis):
    heard, lost = [], []

    async def story():
        stop = asyncio.Event()
        running = asyncio.ensure_future(carrier.run(stop, heard.append, lambda: lost.append(True)))
        await reached(lambda: lost)
        await asyncio.to_thread(redis.stop)
        await asyncio.to_thread(carrier.publish, "while it is away")
        await asyncio.to_thread(redis.start)
        await reached(lambda: len(lost) == 2)
        await asyncio.to_thread(carrier.publish, "when it is back")
        await reached(lambda: heard)
        stop.set()
        await running

    asyncio.run(story())
    assert heard == ["when it is back"]


async def reached(happened) -> None:
    async with asyncio.timeout(20):
        while not happened():
            await asyncio.sleep(0.02)
