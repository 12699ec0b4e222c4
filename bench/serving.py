"""A real server on loopback for the length of a measurement, and a client that is signed in to it."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.measuring import cpu_seconds

ROOT = Path(__file__).resolve().parent.parent
COMMAND = """
import sys
from alongside.cli import serve, setting_up
setting_up.django()
serve.serve(serve.listen("127.0.0.1", int(sys.argv[1])))
"""


class Server:
    """One process of the product on a free port."""

    def __init__(self, process: subprocess.Popen, port: int):
        self.process, self.port = process, port

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self.process.pid

    def client(self, member=None) -> "Client":
        """A client with a connection of its own; signed in as `member` where one is given."""
        return Client(self.port, session_of(member) if member else "")


@contextmanager
def server(**environment: str):
    """Run the product on the present database until the block ends."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(port)],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}", **environment},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_up(port, process)
        yield Server(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(15)
        process.kill()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(
    port: int, process: subprocess.Popen | None = None, path: str = "/health", seconds: float = 60
) -> float:
    """Wait until `path` answers 200; returns the seconds it took. Raises TimeoutError, or RuntimeError when it died."""
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        if process and process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            if connection.getresponse().status in (200, 302):
                return time.perf_counter() - began
        time.sleep(0.02)
    raise TimeoutError(path)


def session_of(member) -> str:
    """The key of a fresh session in which `member` is signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(member.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = member.get_session_auth_hash()
    store.save()
    return store.session_key


class Client:
    """One browser: a connection that stays open, a session, and the token its forms need."""

    def __init__(self, port: int, session: str):
        from django.conf import settings

        self.port, self.connection, self.token = port, None, ""
        self.cookies = {settings.SESSION_COOKIE_NAME: session} if session else {}

    def get(self, path: str, *, headers: dict | None = None, expect: tuple[int, ...] = (200,)) -> bytes:
        """The body of a page. Raises AssertionError for another status."""
        return self._ask("GET", path, headers=headers, expect=expect)

    def post(self, path: str, fields, *, expect: tuple[int, ...] = (200, 201, 204, 302, 303)) -> bytes:
        """Submit a form as a browser does."""
        if not self.token:
            self.learn_token("/inbox/all")
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.token}
        return self._ask("POST", path, body=urlencode(fields, doseq=True), headers=headers, expect=expect)

    def learn_token(self, path: str) -> None:
        """Read the page's token, which every form sends back."""
        found = re.search(rb'name="csrf-token" content="([^"]+)"', self.get(path, expect=(200, 302)))
        self.token = found[1].decode() if found else ""

    def cookie_header(self) -> str:
        """The Cookie header's value."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _ask(self, method, path, *, body=None, headers=None, expect):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie_header(), "Origin": f"http://127.0.0.1:{self.port}", **(headers or {})}
        self.connection.request(method, path, body=body, headers=headers)
        try:
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:  # the line was idle for too long; what only reads is asked again
            if method != "GET":
                raise
            self.connection.request(method, path, body=body, headers=headers)
            answer = self.connection.getresponse()
        content = answer.read()
        for cookie in answer.msg.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status not in expect:
            raise AssertionError(f"{method} {path} answered {answer.status}: {content[:300]!r}")
        return content


class Share:
    """The processor share of the generator (this process) and of the server while a block runs."""

    def __init__(self, pid: int):
        self.pid = pid

    def __enter__(self):
        self.began, self.mine, self.theirs = time.perf_counter(), cpu_seconds(os.getpid()), cpu_seconds(self.pid)
        return self

    def __exit__(self, *failure):
        seconds = time.perf_counter() - self.began
        self.generator = round((cpu_seconds(os.getpid()) - self.mine) / seconds, 2)
        self.server = round((cpu_seconds(self.pid) - self.theirs) / seconds, 2)
