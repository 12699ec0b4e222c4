"""Data folders for databases that a test may start, kill and break."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from alongside.lib import engine
from alongside.lib.engine import processes, server
from alongside.lib.engine.pattern import digest
from alongside.lib.home import CHECKOUT

QUICK = ("fsync=off",)  # the machine does not crash in these tests, only programs do


@pytest.fixture(autouse=True)
def _embedded(monkeypatch):
    """These tests are about the embedded database, wherever the others run."""
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture(scope="module")
def folder():
    """A folder that the server's account may pass through; a path short enough for a socket."""
    path = Path(tempfile.mkdtemp(prefix="al-", dir="/tmp"))
    path.chmod(0o711 if os.geteuid() == 0 else 0o700)
    yield path
    end_all_below(path)
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def home(folder):
    """A data folder of one test, with no database yet."""
    path = Path(tempfile.mkdtemp(dir=folder)) / "data"
    path.parent.chmod(folder.stat().st_mode & 0o777)
    yield path
    end_all_below(path.parent)


def left_behind(folder: Path) -> list[str]:
    """The command lines of living processes that work in `folder` or name it."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid() or not processes.alive(int(entry.name)):
            continue
        try:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            place = os.readlink(entry / "cwd")
        except OSError:
            continue
        if str(folder) in words or place.startswith(str(folder)):
            found.append(f"{entry.name} {words}")
    return found


def end_all_below(folder: Path) -> None:
    """Whatever a failed test left running does not outlive it."""
    for line in left_behind(folder):
        try:
            os.kill(int(line.split()[0]), signal.SIGQUIT)
        except ProcessLookupError:
            continue


def connect(place, **more):
    """A connection to the database of `place`."""
    return psycopg.connect(**place.connection() | more)


def pid_of(place) -> int:
    """The process id of the living server of `place`."""
    return server.status(place.data)[0]


def program(home: Path, code: str) -> subprocess.Popen:
    """A Python program beside us that has `engine`, `home` and says a line when it is where it should be."""
    start = f"import sys, time; sys.path.insert(0, {str(CHECKOUT)!r})\nfrom pathlib import Path\n"
    start += f"from alongside.lib import engine\nhome = Path({str(home)!r})\n"
    pipes = {"stdout": subprocess.PIPE, "stdin": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", start + code], **pipes)


HOLDS = f"with engine.running(home, options={QUICK!r}):\n    print('in', flush=True)\n    sys.stdin.read()\n"


def alongside(home: Path, *words: str, **more) -> subprocess.CompletedProcess:
    """Run the `alongside` command on the data folder `home`."""
    return subprocess.run(
        [sys.executable, "-m", "alongside.cli", *words],
        cwd=CHECKOUT,
        env=environment(home) | more,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=300,
    )


def environment(home: Path) -> dict[str, str]:
    """Our environment without what belongs to the test run, for a program on the data folder `home`."""
    ours = ("ALONGSIDE_", "DATABASE_URL", "DJANGO_", "SECRET_KEY", "PYTEST_", "PORT", "HOST", "PUBLIC_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"ALONGSIDE_HOME": str(home)}


def settle(home: Path) -> Path:
    """Make `home` a data folder whose tables are there, with a copy of one that was made for all tests."""
    made = CHECKOUT / "build" / f"settled-{digest()}"
    with (CHECKOUT / "build" / "settled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for older in made.parent.glob("settled-*"):
                shutil.rmtree(older)
            making = made.with_name("settled-making")
            done = alongside(making, "migrate")
            assert done.returncode == 0, done.stderr
            (making / "secret_key").unlink()
            making.rename(made)
    subprocess.run(["cp", "-Rp", made, home], check=True)  # with its owners and rights, which shutil leaves behind
    return home


@pytest.fixture
def place(home):
    """A running database that stays until the test ends."""
    with engine.running(home, options=QUICK) as place:
        yield place
