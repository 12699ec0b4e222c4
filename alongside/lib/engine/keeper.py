"""Watches over a running embedded server and starts it again when something killed it."""

import sys
import threading
import time
from contextlib import contextmanager

from alongside.lib.engine import locks, server
from alongside.lib.engine.errors import EngineError
from alongside.lib.engine.places import Place

LOOK_SECONDS = 0.5
LONGEST_PAUSE = 30.0


@contextmanager
def kept(place: Place):
    """While inside this block, a server that dies is started again; what it had committed is there."""
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(place, over), name="database keeper", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _watch(place: Place, over: threading.Event) -> None:
    pause = LOOK_SECONDS
    while not over.wait(pause):
        if server.status(place.data):
            pause = LOOK_SECONDS
            continue
        began = time.monotonic()
        try:
            with locks.transition(place):
                if over.is_set() or server.status(place.data):
                    continue
                print("The database died; starting it again.", file=sys.stderr, flush=True)
                server.ensure(place)
        except (EngineError, OSError) as failed:
            pause = min(LONGEST_PAUSE, pause * 2)
            print(f"{failed}\nTrying again in {pause:.0f} s.", file=sys.stderr, flush=True)
        else:
            print(f"The database is back after {time.monotonic() - began:.1f} s.", file=sys.stderr, flush=True)
