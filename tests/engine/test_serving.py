"""`./run`: comes up, says where it is, and stops with everything it started, however it is asked to."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from alongside.lib.home import CHECKOUT
from tests.engine.conftest import alongside, environment, left_behind, settle

PATIENCE = 240  # seconds, on a machine that is busy with other tests


@pytest.fixture(scope="module")
def settled(folder):
    """A data folder whose database is up to date."""
    return settle(folder / "house")


class Running:
    """A `./run` and what it says."""

    def __init__(self, home, *words):
        self.home = home
        self.process = subprocess.Popen(
            [CHECKOUT / "run", "--no-demo", *words],
            env=environment(home) | {"PORT": "0"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""

    def address(self) -> str:
        """Where it is, once it says so."""
        for line in self.process.stdout:
            self.said += line
            if found := re.search(r"Alongside is at (\S+)", line):
                return found.group(1)
        raise AssertionError(f"It did not come up:\n{self.said}")

    def end(self, number: int) -> int:
        """Ask it to end; its exit code."""
        self.process.send_signal(number)
        self.said += self.process.communicate(timeout=PATIENCE)[0]
        return self.process.returncode

    def family(self) -> list[int]:
        """Living processes of its session."""
        found = []
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/stat") as file:
                    words = file.read().rpartition(")")[2].split()
            except OSError:
                continue
            if int(words[3]) == self.process.pid and words[0] != "Z":
                found.append(int(name))
        return found


@pytest.fixture
def running(settled):
    """Starts `./run` on the settled folder; whatever is left of it is killed."""
    started = []

    def start(*words):
        started.append(Running(settled, *words))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            os.killpg(one.process.pid, signal.SIGKILL)
            one.process.communicate()


def answer(address: str) -> int:
    """The status of a page."""
    with urllib.request.urlopen(address, timeout=PATIENCE) as page:
        return page.status


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_it_stops_with_all_it_started(running, settled, number):
    one = running()
    address = one.address()
    assert answer(f"{address}/health") == 200
    assert left_behind(settled), "the database runs beside it"
    assert one.end(number) == 0, one.said
    assert one.family() == []
    assert left_behind(settled) == []
    assert "Traceback" not in one.said


def test_it_stops_also_while_it_starts(running, settled):
    one = running()
    until = time.monotonic() + PATIENCE
    while not any("/bin/postgres" in line for line in left_behind(settled)):
        assert time.monotonic() < until and one.process.poll() is None
    assert one.end(signal.SIGTERM) == 0
    assert "Alongside is at" not in one.said
    assert one.family() == []
    assert left_behind(settled) == []


def test_a_second_one_on_the_same_folder_is_refused_in_clear_words(running):
    first = running()
    first.address()
    second = running()
    said, _ = second.process.communicate(timeout=PATIENCE)
    assert second.process.returncode == 1
    assert "already runs on the data folder" in said
    assert first.end(signal.SIGTERM) == 0


def test_after_a_kill_the_next_start_serves_again(running, settled):
    first = running()
    first.address()
    first.process.kill()
    first.process.communicate()
    second = running()
    assert answer(f"{second.address()}/health") == 200
    assert second.end(signal.SIGTERM) == 0
    assert left_behind(settled) == []


def test_a_port_that_is_taken_is_said_before_anything_starts(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = alongside(home, "serve", PORT=port)
    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr
    assert not home.exists() or not list(home.glob("postgres*"))


def test_who_starts_it_twice_is_led_to_the_one_that_runs(running, settled, home):
    first = running()
    port = first.address().rpartition(":")[2]
    done = alongside(home, "serve", PORT=port)
    assert done.returncode == 1
    assert f"Alongside runs already: open http://localhost:{port}" in done.stderr
    assert not home.exists() or not list(home.glob("postgres*"))
    assert f"http://localhost:{port}:" in alongside(settled, "doctor").stdout
    assert first.end(signal.SIGTERM) == 0


def test_a_port_that_is_no_number_is_said(home):
    done = alongside(home, "serve", PORT="http")
    assert done.returncode == 1
    assert "PORT is 'http'" in done.stderr


def test_a_worker_beside_it_works_and_stops(running, settled):
    one = running()
    one.address()
    worker = subprocess.Popen([sys.executable, "-m", "alongside.cli", "worker"], cwd=CHECKOUT, env=environment(settled),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert "The worker works" in worker.stdout.readline()
        worker.send_signal(signal.SIGTERM)
        said, _ = worker.communicate(timeout=PATIENCE)
    finally:
        worker.kill()
    assert worker.returncode == 0, said
    assert one.process.poll() is None
    assert one.end(signal.SIGTERM) == 0
    assert left_behind(settled) == []
