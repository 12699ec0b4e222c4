"""Running a function in a child process that may be killed: bounded in memory, time, input and output.

For whatever takes more than 50 ms of CPU or reads what a stranger sent. The child is an interpreter of its own
(no fork, no Django, none of our secrets in its environment) and lives on from call to call; one that runs over
a limit is killed and the next call starts another.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from alongside.lib import frames

MEGABYTE = 1024 * 1024
PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])
CHUNK = 256 * 1024
START_SECONDS = 20.0


class ChildError(Exception):
    """A call into a child that gave no answer."""


class TooLong(ChildError):
    """The call used more CPU or wall time than it may."""


class TooBig(ChildError):
    """The call's input or its output is larger than it may be, or it wanted more memory."""


class Crashed(ChildError):
    """The child ended in the middle of the call."""


class Failed(ChildError):
    """The function raised; `kind` is the exception's class name."""

    def __init__(self, kind: str, text: str):
        super().__init__(f"{kind}: {text}")
        self.kind = kind


@dataclass(frozen=True)
class Limits:
    """What one call may use: seconds of CPU and of wall time, bytes of input, of output and of memory."""

    seconds: float = 5.0
    wall: float | None = None
    input: int = 64 * MEGABYTE
    output: int = 64 * MEGABYTE
    memory: int = 768 * MEGABYTE

    @property
    def wall_seconds(self) -> float:
        """Wall time: as given, else three times the CPU time, since a busy machine is not the call's fault."""
        return self.wall if self.wall is not None else self.seconds * 3 + 1


DEFAULT = Limits()


class Child:
    """One long-lived interpreter, spoken to over two pipes, one call at a time."""

    def __init__(self, memory: int):
        self.memory = memory
        self.used_at = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "alongside.lib.child_main", str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_bare_environment(),
            cwd="/",
            bufsize=0,
            close_fds=True,
            start_new_session=True,
        )
        os.set_blocking(self.process.stdin.fileno(), False)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.process.stdout, selectors.EVENT_READ)
        self.fresh = True

    def call(self, path: str, args: tuple, kwargs: dict, limits: Limits):
        """Ask the child for `path(*args, **kwargs)`; one that breaks a limit is ended."""
        question = frames.encode(
            {"call": path, "args": list(args), "kwargs": kwargs, "seconds": limits.seconds, "output": limits.output}
        )
        if len(question) > limits.input:
            raise TooBig(f"{len(question)} bytes of input; {limits.input} may be given")
        deadline = time.monotonic() + limits.wall_seconds + (START_SECONDS if self.fresh else 0)
        try:
            self._write(question, deadline)
            answer = self._read(deadline, limits)
        except BaseException:
            self.kill()
            raise
        self.fresh = False
        self.used_at = time.monotonic()
        return _unwrap(answer)

    def _write(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        pipe = self.process.stdin
        while view:
            try:
                sent = os.write(pipe.fileno(), view[:CHUNK])
                view = view[sent:]
            except BlockingIOError:
                self._wait_until_writable(pipe, deadline)
            except (BrokenPipeError, ConnectionResetError) as error:
                raise self._ending() from error

    def _wait_until_writable(self, pipe, deadline: float) -> None:
        with selectors.DefaultSelector() as waiting:
            waiting.register(pipe, selectors.EVENT_WRITE)
            if not waiting.select(max(0.0, deadline - time.monotonic())) and time.monotonic() >= deadline:
                raise TooLong("the child did not take its input in time")

    def _read(self, deadline: float, limits: Limits):
        head = self._read_exactly(frames.HEAD, deadline)
        length = frames.length_of(head)
        if length > limits.output:
            raise TooBig(f"{length} bytes of output; {limits.output} are taken")
        return frames.decode(self._read_exactly(length, deadline))

    def _read_exactly(self, wanted: int, deadline: float) -> bytes:
        buffer = bytearray()
        while len(buffer) < wanted:
            left = deadline - time.monotonic()
            if left <= 0 or not self.selector.select(left):
                raise TooLong("no answer in time")
            try:
                piece = os.read(self.process.stdout.fileno(), min(CHUNK, wanted - len(buffer)))
            except BlockingIOError:
                continue
            if not piece:
                raise self._ending()
            buffer += piece
        return bytes(buffer)

    def _ending(self) -> ChildError:
        """The error that fits how the child ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        if self.process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            return TooLong("the child used up its CPU time")
        return Crashed(f"the child ended with {self.process.returncode}")

    def alive(self) -> bool:
        """Whether the child still runs."""
        return self.process.poll() is None

    def kill(self) -> None:
        """End the child now and reap it."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        self.selector.close()
        self.process.stdin.close()
        self.process.stdout.close()


@dataclass
class Pool:
    """At most `size` children; idle ones are stopped after `idle_seconds`."""

    size: int = 2
    idle_seconds: float = 60.0
    _idle: list[Child] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _reaper: threading.Timer | None = None

    def __post_init__(self):
        self._places = threading.BoundedSemaphore(self.size)

    def call(self, path: str, *args, limits: Limits = DEFAULT, **kwargs):
        """Run the function at dotted `path` in a child and return what it returns.

        Arguments and result are what JSON knows, and bytes. Raises TooLong, TooBig, Crashed or Failed.
        """
        with self._places:
            child = self._take(limits.memory)
            try:
                return child.call(path, args, kwargs, limits)
            finally:
                self._give_back(child)

    def _take(self, memory: int) -> Child:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.memory == memory and child.alive():
                    return child
                child.kill()
        return Child(memory)

    def _give_back(self, child: Child) -> None:
        with self._lock:
            if child.process.returncode is None and child.alive():
                self._idle.append(child)
                self._wake_reaper()

    def _wake_reaper(self) -> None:
        if self._reaper is None:
            self._reaper = threading.Timer(self.idle_seconds, self._reap)
            self._reaper.daemon = True
            self._reaper.start()

    def _reap(self) -> None:
        with self._lock:
            self._reaper = None
            limit = time.monotonic() - self.idle_seconds
            for child in [child for child in self._idle if child.used_at <= limit]:
                self._idle.remove(child)
                child.kill()
            if self._idle:
                self._wake_reaper()

    def idle(self) -> int:
        """How many children wait for work."""
        with self._lock:
            return len(self._idle)

    def close(self) -> None:
        """Stop every waiting child."""
        with self._lock:
            while self._idle:
                self._idle.pop().kill()
            if self._reaper:
                self._reaper.cancel()
                self._reaper = None


def _bare_environment() -> dict[str, str]:
    """What the child may know of ours: where programs and our package are, and no secret."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": PACKAGE_PARENT,
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def _unwrap(answer: dict):
    if "value" in answer:
        return answer["value"]
    kind, text = str(answer.get("error", "")), str(answer.get("text", ""))
    if kind == "TooBig":
        raise TooBig(text)
    if kind == "MemoryError":
        raise TooBig("the call wanted more memory than it may have")
    raise Failed(kind, text)


_pool = Pool(size=int(os.environ.get("ALONGSIDE_CHILDREN", "2")))
os.register_at_fork(after_in_child=lambda: globals().update(_pool=Pool(size=_pool.size)))


def call(path: str, *args, limits: Limits = DEFAULT, **kwargs):
    """Run the function at dotted `path` in one of this process's children (see Pool.call)."""
    return _pool.call(path, *args, limits=limits, **kwargs)


def close() -> None:
    """Stop this process's idle children."""
    _pool.close()
