"""Whole houses for the journeys: the product as its users start it, on a data folder of its own.

A house is made once in a run, with the demo and without, by the first that needs it; the others begin with a copy of
its folder.
"""

import contextlib
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
HOUSES = CHECKOUT / "build" / "houses"
SCREENS = CHECKOUT / "build" / "screens"
AXE = CHECKOUT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
UNDO_SECONDS = 3


@dataclass
class House:
    """A running house: where it is, what it printed, and a command line into it."""

    url: str
    folder: str
    process: subprocess.Popen
    printed: list[str] = field(default_factory=list)
    seats: dict[str, list] = field(default_factory=dict)  # the cookies of members who came in, by address

    @property
    def port(self) -> str:
        """Where it listens."""
        return self.url.rpartition(":")[2]

    def crash(self) -> None:
        """End it at once, as when the power goes (kill -9)."""
        self.process.kill()
        self.process.wait(30)

    def open_again(self) -> None:
        """Start it once more where it was."""
        again = _settled(_started(self.folder, self.port), self.folder)
        self.process, self.printed = again.process, again.printed

    def way_in(self) -> str:
        """The owner's one-time link, as printed at the start."""
        found = re.search(r"https?://\S+", next(line for line in self.printed if line.startswith("Come in")))
        return found[0]

    def link_for(self, email: str) -> str:
        """A one-time link for a member, from the command line."""
        return re.search(r"https?://\S+", self.command("sign-in", email))[0]

    def command(self, *words: str) -> str:
        """Run `alongside …` on this house; returns what it printed."""
        answer = subprocess.run(
            [sys.executable, "-m", "alongside.cli", *words],
            cwd=CHECKOUT,
            env=environment(self.folder, self.port),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout


def environment(folder: str, port: str, **more: str) -> dict[str, str]:
    """The environment of a house of its own, whatever the tests' own database is."""
    ours = ("DATABASE_URL", "ALONGSIDE_TEST_DATABASE", "PUBLIC_URL")
    mine = {name: value for name, value in os.environ.items() if name not in ours}
    return mine | {"ALONGSIDE_HOME": folder, "PORT": port, "UNDO_SECONDS": str(UNDO_SECONDS), **more}


@contextmanager
def house(*words: str, **more: str):
    """Start a house with `alongside serve *words` and stop it in order afterwards."""
    with tempfile.TemporaryDirectory(prefix="alongside-house-") as folder:
        Path(folder).chmod(0o755)  # as root the database runs as another account, which must reach its folder
        # With its owners and rights, which shutil leaves behind.
        subprocess.run(["cp", "-Rp", f"{_made(words)}/.", folder], check=True)
        with _open(folder, *words, **more) as running:
            yield running


@contextmanager
def _open(folder: str, *words: str, **more: str):
    process = _started(folder, "0", *words, **more)
    running = None
    try:
        running = _settled(process, folder)
        yield running
    finally:
        process = running.process if running else process
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
        process.kill()


def _started(folder: str, port: str, *words: str, **more: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "alongside.cli", "serve", "--port", port, *words],
        cwd=CHECKOUT,
        env=environment(folder, port, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _made(words: tuple[str, ...]) -> Path:
    """The folder of a house that was opened with these words in this run, by whichever worker came first."""
    run = HOUSES / (os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid()))
    folder = run / ("-".join(words).strip("-") or "empty")
    HOUSES.mkdir(parents=True, exist_ok=True)
    with (HOUSES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for older in HOUSES.iterdir():
                if older.is_dir() and older != run:
                    shutil.rmtree(older)
            making = run / "making"
            making.mkdir(mode=0o755, parents=True)
            with _open(str(making), *words):
                pass
            making.rename(folder)
    return folder


def _settled(process: subprocess.Popen, folder: str) -> House:
    """Wait until the house says where it is."""
    printed: list[str] = []
    threading.Thread(target=lambda: printed.extend(iter(process.stdout.readline, "")), daemon=True).start()
    began = time.monotonic()
    while time.monotonic() - began < 120:
        if any("Stop it with Ctrl-C" in line for line in printed):
            address = next(re.search(r"http://\S+", line)[0] for line in printed if "Alongside is at" in line)
            return House(address, folder, process, printed)
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError("the house did not open:\n" + "".join(printed))
