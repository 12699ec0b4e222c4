"""A booth and a server for trying things: both are made for it, and nothing of them is left in the house."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

from alongside.booths.models import Booth, BoothLink, Participant
from alongside.booths.models.link import PURPOSE
from alongside.booths.models.participant import SESSION
from alongside.keys.models import Key, digest_of
from alongside.lib.commands import Failed
from alongside.lib.home import CHECKOUT

SERVE = "import sys; from alongside.cli import serve, setting_up; setting_up.django(); " \
        "serve.serve(serve.listen('127.0.0.1', int(sys.argv[1])))"
UP_SECONDS = 60.0


@contextlib.contextmanager
def booth(guests: int):
    """A booth with so many guests, for the length of the block; yields it and the tokens of their sessions.

    No verb is used: the ledger does not hear of it.
    """
    made = Booth.objects.create()
    link = BoothLink.objects.create(booth=made, key=_key(PURPOSE)[0])
    sessions = []
    for number in range(guests):
        session, token = _key(SESSION)
        Participant.objects.create(booth=made, name=f"Guest {number + 1}", link=link, session=session, is_guest=True)
        sessions.append(token)
    try:
        yield made, sessions
    finally:
        keys = [link.key_id, *made.participants.values_list("session", flat=True)]
        made.delete()
        Key.objects.filter(id__in=keys).delete()


def _key(purpose: str) -> tuple[Key, str]:
    token = secrets.token_urlsafe(32)
    return Key.objects.create(purpose=purpose, digest=digest_of(token), hint=token[-4:]), token


class Server:
    """One process of the product on a port of its own, on the present database; it may be killed and begun again."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._process: subprocess.Popen | None = None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *failure) -> None:
        self.end(signal.SIGTERM)

    def start(self) -> "Server":
        """Begin, and wait until it answers. Raises Failed when it does not."""
        address = f"http://127.0.0.1:{self.port}"
        environment = {**os.environ, "PORT": str(self.port), "PUBLIC_URL": address, "ALONGSIDE_JOBS": "separate"}
        self._process = subprocess.Popen([sys.executable, "-c", SERVE, str(self.port)], cwd=CHECKOUT, env=environment,
                                         stdout=subprocess.DEVNULL)
        until = time.monotonic() + UP_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            with contextlib.suppress(URLError, OSError), urlopen(f"{address}/health", timeout=5) as answer:
                if answer.status == 200:
                    return self
            time.sleep(0.05)
        self.end(signal.SIGKILL)
        raise Failed("The server did not come up; the lines above say why.")

    def end(self, number: int = signal.SIGKILL) -> None:
        """End it by a signal, and wait for that."""
        if self._process.poll() is None:
            self._process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(20)
            self._process.kill()
        self._process.wait()
