"""Who uses an embedded database right now: locks that the kernel lets go of when a process dies, however it dies."""

import fcntl
import os
import time
from contextlib import contextmanager
from pathlib import Path

from alongside.lib.engine.errors import AlreadyOwned, EngineError
from alongside.lib.engine.places import Place

PATIENCE = 120.0  # seconds that one start or stop may keep the others waiting


class Lock:
    """A lock on a file. Kept by this process until `release`, or until it dies."""

    def __init__(self, path: Path):
        self.path = path
        self.handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)

    def take(self, *, shared: bool = False, patience: float = 0.0) -> bool:
        """Take the lock, waiting up to `patience` seconds. False when others keep it."""
        mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self.handle, mode | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if time.monotonic() >= until:
                    return False
                time.sleep(0.02)

    def release(self) -> None:
        """Let go."""
        os.close(self.handle)

    def sign(self) -> None:
        """Leave our process id in the file, for the words of a refusal."""
        os.ftruncate(self.handle, 0)
        os.pwrite(self.handle, f"{os.getpid()}\n".encode(), 0)

    def signature(self) -> str:
        """The process id that the holder left."""
        return os.pread(self.handle, 32, 0).decode(errors="replace").strip()


@contextmanager
def transition(place: Place):
    """Only one process at a time starts or stops the server of `place`."""
    lock = Lock(place.root / "engine.lock")
    try:
        if not lock.take(patience=PATIENCE):
            raise EngineError(f"Another process has been starting or stopping the database in {place.root} too long.")
        yield
    finally:
        lock.release()


def use(place: Place) -> Lock:
    """Count us among the users of the server. The last one to leave stops it."""
    lock = Lock(place.root / "engine.users")
    if not lock.take(shared=True, patience=PATIENCE):
        lock.release()
        raise EngineError(f"Another process keeps the database in {place.root} to itself (a restore or an upgrade).")
    return lock


def own(place: Place) -> Lock:
    """Become the one `alongside serve` of this data folder. Raises AlreadyOwned with the other's process id."""
    lock = Lock(place.root / "alongside.lock")
    if lock.take(patience=3.0):
        lock.sign()
        return lock
    other = lock.signature()
    lock.release()
    raise AlreadyOwned(
        f"Alongside already runs on the data folder {place.home} (process {other}). Stop that one first, or set "
        "ALONGSIDE_HOME to another folder."
    )
