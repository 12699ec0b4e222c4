"""The server: health, static files, and Django's pages behind the bridge; and what runs beside them."""

import asyncio
import gc
import os
import re
import signal
from contextlib import asynccontextmanager, suppress

from django.conf import settings
from starlette.routing import Mount, Route, Router, WebSocketRoute

from config.wsgi import application as pages  # first of ours: it sets Django up

from alongside.booths.syncing.rooms import ROOMS  # isort: skip
from alongside.booths.syncing.socket import Sync  # isort: skip
from alongside.lib.bridge import Bridge  # isort: skip
from alongside.lib.health import Health  # isort: skip
from alongside.lib.listening import Listening  # isort: skip
from alongside.lib.spool import KILOBYTE, Spool  # isort: skip
from alongside.lib.static import Static  # isort: skip
from alongside.lib.threads import ASIDE, OUTWARD, Threads  # isort: skip
from alongside.live.hub import HUB  # isort: skip
from alongside.live.streams import watch  # isort: skip

UPLOADS = re.compile(r"/uploads|/api/v1/files|/booths/[^/]+/files")
STOPPING_SECONDS = 15

PAGES = Threads("pages", int(os.environ.get("ALONGSIDE_THREADS", "8")))
health = Health()


def body_limit(scope) -> int:
    """How many bytes the body of a request may have."""
    return settings.UPLOAD_LIMIT + 64 * KILOBYTE if UPLOADS.fullmatch(scope["path"]) else settings.FORM_LIMIT


class House:
    """Everything that runs beside the pages, from start to stop."""

    def __init__(self):
        self.stop = asyncio.Event()
        self.listening = Listening()
        self.tasks: list[asyncio.Task] = []

    def open(self) -> None:
        """Begin to listen, to watch over the streams, and to work unless others do."""
        from config.schedule import run_worker, works_here

        HUB.open()
        ROOMS.open()
        if settings.LIVE_URL:
            from alongside.live.carriers import redis

            self._begin(redis.run(self.stop, HUB.heard, HUB.lost))
        else:
            HUB.attach(self.listening)
        if works_here():
            self._begin(run_worker(self.stop, self.listening))
        self._begin(watch(self.stop))
        self._begin(self._listen())

    async def _listen(self) -> None:
        await asyncio.sleep(0)  # every other task has said by now what it wants to hear
        if self.listening.heard:
            await self.listening.run(self.stop)

    def _begin(self, work) -> None:
        self.tasks.append(asyncio.ensure_future(work))

    async def close(self) -> None:
        """Stop in order: nothing that was begun is left, no connection stays open."""
        HUB.close()
        await ROOMS.close()
        self.stop.set()
        _, late = await asyncio.wait(self.tasks, timeout=STOPPING_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await health.close()
        for threads in (PAGES, ASIDE, OUTWARD):
            await asyncio.to_thread(threads.close)


@asynccontextmanager
async def lifespan(router):
    """Run the house while the server runs."""
    house = House()
    house.open()
    _end_streams_on_signals()
    gc.collect()
    gc.freeze()
    yield
    await house.close()


def _end_streams() -> None:
    HUB.close()
    ROOMS.end_sockets()


def _end_streams_on_signals() -> None:
    """Let streams and sockets end as soon as we are asked to stop, not when the server has waited for them in vain."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        before = signal.getsignal(number)
        if not callable(before):
            continue

        def ask_to_stop(number, frame, before=before):
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_end_streams)
            before(number, frame)

        with suppress(ValueError):  # not in the main thread: the server gets no signals either
            signal.signal(number, ask_to_stop)


application = Router(
    [
        Route("/health", health),
        WebSocketRoute("/booths/{code}/sync", Sync(ROOMS)),
        WebSocketRoute("/api/v1/booths/{code}/sync", Sync(ROOMS)),
        Mount(settings.STATIC_URL.rstrip("/"), Static()),
        Mount("/", Bridge(pages, PAGES, Spool(), body_limit)),
    ],
    lifespan=lifespan,
)
