"""Small fixed pools of threads for work that waits on the database; each thread keeps its connection."""

import asyncio
import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections, connections


class Threads:
    """At most `size` threads; each keeps its database connection from call to call, closed at the end."""

    def __init__(self, name: str, size: int):
        self.name, self.size = name, size
        self._executor: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()

    def start(self, function, *args):
        """Run `function(*args)` in a thread; returns its `concurrent.futures.Future`."""
        with self._lock:
            if self._executor is None:
                self._executor = ThreadPoolExecutor(self.size, thread_name_prefix=self.name)
            return self._executor.submit(function, *args)

    @property
    def waiting(self) -> int:
        """How many calls wait for a thread."""
        with self._lock:
            return self._executor._work_queue.qsize() if self._executor else 0

    async def run(self, function, *args):
        """Run `function(*args)` in a thread, as it stands, and return what it returns."""
        return await asyncio.wrap_future(self.start(function, *args))

    async def query(self, function, *args):
        """Like `run`, with Django's connection of the thread checked before and tidied after."""
        return await self.run(with_connection, function, *args)

    def close(self) -> None:
        """Let what runs finish, close every thread's connection, and end the threads."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is None:
            return
        everyone = threading.Barrier(len(executor._threads) + 1, timeout=10)

        def part():
            connections.close_all()
            with contextlib.suppress(threading.BrokenBarrierError):
                everyone.wait()

        for _ in range(everyone.parties - 1):
            executor.submit(part)
        with contextlib.suppress(threading.BrokenBarrierError):
            everyone.wait()
        executor.shutdown()


def with_connection(function, *args):
    """Call `function(*args)` as Django calls a view: a dead connection is replaced, a failed one closed."""
    close_old_connections()
    try:
        return function(*args)
    finally:
        close_old_connections()


# Short questions beside the pages: who listens, one piece of a file. Two, so that they crowd out no page.
ASIDE = Threads("aside", 2)
# Asking servers of others, which may take their time: pictures in letters.
OUTWARD = Threads("outward", 8)
