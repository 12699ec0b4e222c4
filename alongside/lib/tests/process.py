"""The whole server as a process of its own, on the test's database: for signals, memory and what jobs do there."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import quote, urlencode

from alongside.booths.syncing.limits import MOST_FRAME
from alongside.lib.home import CHECKOUT
from alongside.lib.listening import connection_parameters
from alongside.lib.tests.serving import Serving, eventually


class Process(Serving):
    """A server in a process of its own, with its jobs unless they are `separate`."""

    def __init__(self, jobs: str = "separate", log=subprocess.DEVNULL):
        super().__init__()
        self.jobs, self.log = jobs, log
        self.process = self._begin()

    def _begin(self) -> subprocess.Popen:
        environment = {**os.environ, "DATABASE_URL": database_url(), "ALONGSIDE_JOBS": self.jobs}
        return subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "config.asgi:application", "--fd", str(self.listening.fileno()),
             "--http", "httptools", "--ws", "websockets-sansio", "--ws-max-size", str(MOST_FRAME),
             "--no-access-log", "--timeout-graceful-shutdown", "60"],
            cwd=CHECKOUT, env=environment, pass_fds=[self.listening.fileno()], stdout=self.log, stderr=self.log,
        )  # fmt: skip

    def again(self) -> "Process":
        """Begin anew on the same port, after an end."""
        self.process = self._begin()
        return self.start()

    def start(self) -> "Process":
        """Wait until it answers."""
        eventually(self._answers, 60)
        return self

    def _answers(self) -> bool:
        assert self.process.poll() is None, "the server ended"
        try:
            return self.get("/health", timeout=2).status == 200
        except OSError:
            return False

    def end(self, number: int = signal.SIGTERM, seconds: float = 20) -> int:
        """Send a signal and wait for the end. Returns the exit code."""
        self.process.send_signal(number)
        return self.process.wait(seconds)

    def stop(self) -> None:
        """Go down, however it stands."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.listening.close()


def database_url() -> str:
    """The test's database, as DATABASE_URL."""
    given = connection_parameters()
    options = {name: given[name] for name in ("host", "port") if given.get(name)}
    user = quote(given.get("user", ""), safe="")
    secret = f":{quote(given['password'], safe='')}" if given.get("password") else ""
    return f"postgresql://{user}{secret}@/{quote(given['dbname'], safe='')}?{urlencode(options)}"


@contextmanager
def process(**more):
    """A running server process, ended at the end of the block."""
    serving = Process(**more)
    try:
        yield serving.start()
    finally:
        serving.stop()
