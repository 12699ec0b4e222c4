"""Starts, takes over and stops the server of an embedded database."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from alongside.lib.engine import binaries, cluster, processes
from alongside.lib.engine.errors import EngineError
from alongside.lib.engine.places import Aside, Place

START_SECONDS = 900.0  # recovery after a crash replays what was written since the last checkpoint
STOP_SECONDS = 60.0
LOG_LIMIT = 10 * 1024 * 1024
_children: dict[int, subprocess.Popen] = {}


def status(data: Path) -> tuple[int, str] | None:
    """The process id and the state ("starting", "ready", "stopping") of the living server of `data`, or None."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid = int(lines[0])
    except (FileNotFoundError, IndexError, ValueError, NotADirectoryError):
        return None
    if pid in _children:
        _children[pid].poll()
    if not processes.serves(pid, data):
        return None
    return pid, (lines[7].strip() if len(lines) > 7 else "starting")


def ensure(place: Place, options: tuple[str, ...] = ()) -> None:
    """Take over the living server of `place`, or start one. The caller holds the transition lock."""
    found = status(place.data) if place.exists else None
    if found:
        if cluster.write_settings(place):
            os.kill(found[0], signal.SIGHUP)
        found = _settle(place, found)
    if not found:
        cluster.prepare(place)
        _launch(place, options)


def _settle(place: Place, found: tuple[int, str]):
    """Wait until a living server is ready or gone; its status then."""
    until = time.monotonic() + START_SECONDS
    while found and found[1] not in ("ready", "standby"):
        if time.monotonic() > until:
            raise EngineError(f"The database in {place.root} has been {found[1]} for too long; see {place.log}.")
        time.sleep(0.01)
        found = status(place.data)
    return found


@contextmanager
def aside(place: Place, data: Path, programs: Path | None = None):
    """A server of the folder `data` on the socket of `place`, for an upgrade. The caller holds the transition lock."""
    other = Aside(place.home, place.root, place.account, programs, data)
    stop(other)
    _launch(other, ())
    try:
        yield
    finally:
        stop(other)


def _launch(place: Place, options: tuple[str, ...]) -> None:
    """Start the server and wait until it answers, clearing away what a crash left."""
    programs = binaries.for_server(place)
    _end_orphans(place.data)
    _forget_stale_pid(place.data)
    for _ in range(100):
        size = _shorten(place.log)
        process = _spawn(place, programs, options)
        try:
            if _wait_ready(place, process):
                return
        except BaseException:  # whatever cut the wait short, a signal too: no server stays behind
            process.send_signal(signal.SIGINT)
            process.wait(STOP_SECONDS)
            raise
        said = _tail(place.log, size)
        stale = place.socket / ".s.PGSQL.5432.lock"
        if str(stale) in said:  # the folder's own lock was free, so this is of a dead server whose id another bears now
            stale.unlink(missing_ok=True)
        elif "pre-existing shared memory block" not in said:
            raise EngineError(_why(place, said))
        time.sleep(0.1)
    raise EngineError(f"Processes of an earlier database still work in {place.data}. End them, then start again.")


def _spawn(place: Place, programs: Path, options: tuple[str, ...]) -> subprocess.Popen:
    """The server as a process of a session of its own: a Ctrl-C meant for us must not reach it before we are done."""
    set_to = {
        "config_file": place.settings / "postgresql.conf",
        "hba_file": place.settings / "pg_hba.conf",
        "ident_file": place.settings / "pg_ident.conf",
        "listen_addresses": "",
        "unix_socket_directories": place.socket,
        "unix_socket_permissions": "0700",
        "port": 5432,
    }
    settings = [f"{name}={value}" for name, value in set_to.items()] + list(options)
    command = [programs / "postgres", "-D", place.data, *(part for setting in settings for part in ("-c", setting))]
    with open(os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600), "ab") as log:
        process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True, cwd=place.root, **cluster.as_account(place),
        )
    _children[process.pid] = process
    return process


def _wait_ready(place: Place, process: subprocess.Popen) -> bool:
    """True when the server answers, False when it ended."""
    began, told = time.monotonic(), False
    while process.poll() is None:
        found = status(place.data)
        if found and found[0] == process.pid and found[1] in ("ready", "standby"):
            return True
        waited = time.monotonic() - began
        if waited > 5 and not told:
            told = True
            print("The database is recovering after a crash; this can take some minutes.", file=sys.stderr)
        if waited > START_SECONDS:
            raise EngineError(f"The database in {place.root} did not come up; see {place.log}.")
        time.sleep(0.01)
    _children.pop(process.pid, None)
    return False


def _why(place: Place, said: str) -> str:
    """An error's text for a server that did not start, from what it said."""
    if "No space left on device" in said:
        return f"The disk of {place.root} is full, so the database cannot start. Make room, then start again."
    lines = [line.partition("] ")[2] or line for line in said.splitlines() if line.strip()]
    return f"The database in {place.root} did not start. It said:\n  " + "\n  ".join(lines[-6:] or ["(nothing)"])


def _end_orphans(data: Path) -> None:
    """End what a killed server left behind in `data`; nothing committed hangs on them."""
    for pid in processes.orphans(data):
        try:
            os.kill(pid, signal.SIGQUIT)
        except ProcessLookupError:
            continue


def _forget_stale_pid(data: Path) -> None:
    """Remove a `postmaster.pid` whose process id now belongs to a stranger: PostgreSQL would wait for it for ever."""
    path = data / "postmaster.pid"
    try:
        pid = int(path.read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    if processes.alive(pid) and not processes.serves(pid, data) and not processes.orphans(data):
        path.unlink()


def stop(place: Place) -> bool:
    """Stop the server of `place`: sessions are cut, everything committed is kept. True when there was one."""
    found = status(place.data) if place.exists else None
    if not found:
        return False
    pid = found[0]
    for number, patience in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0)):
        os.kill(pid, number)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if pid in _children and _children[pid].poll() is not None:
                _children.pop(pid)
            if not processes.alive(pid):
                return True
            time.sleep(0.01)
    raise EngineError(f"The database's process {pid} does not end.")


def let_stay(place: Place) -> None:
    """Mark the living server as one that was started to stay, so that the last user to leave does not stop it."""
    (place.root / "postgres.stays").write_text(_birth(place))


def stays(place: Place) -> bool:
    """True when the living server is the one that was started to stay."""
    try:
        return (place.root / "postgres.stays").read_text() == _birth(place) != ""
    except FileNotFoundError:
        return False


def _birth(place: Place) -> str:
    """The process id and the start time of the server, which together mean one server only; empty without one."""
    try:
        lines = (place.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return ""
    return " ".join([lines[0], lines[2]]) if len(lines) > 2 else ""


def _shorten(log: Path) -> int:
    """Keep the log within bounds: beyond the limit it becomes `.old`. Returns its size."""
    try:
        size = log.stat().st_size
    except FileNotFoundError:
        return 0
    if size > LOG_LIMIT:
        log.rename(log.with_name(log.name + ".old"))
        return 0
    return size


def _tail(log: Path, start: int) -> str:
    with log.open("rb") as file:
        file.seek(start)
        return file.read().decode(errors="replace")[-4000:]
