"""What commands stand on: the database running, Django ready, signals that end in order."""

import os
import signal
import sys
import threading
from contextlib import contextmanager

from alongside.lib import engine


def django() -> None:
    """Make Django ready. Starts nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django as framework

    framework.setup()


@contextmanager
def database(*, alone: bool = False):
    """The database runs inside this block: ours is started or joined, another's is left as it is. Yields its Place."""
    if not engine.embedded():
        yield None
        return
    with engine.running(alone=alone) as place:
        if place.moved:
            print(
                f"{place.home} is closed to the account {place.account.name}, and PostgreSQL refuses to run as root: "
                f"the database lives in {place.root}.",
                file=sys.stderr,
            )
        yield place


ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def ignore_signals() -> None:
    """From here on, nothing that asks us to end cuts our ending short."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)


class Stopped(BaseException):
    """A signal asked us to end."""


@contextmanager
def ending_in_order():
    """Inside this block SIGINT, SIGTERM and SIGHUP end the work once, in order; further ones cannot cut that short."""
    before = {number: signal.getsignal(number) for number in ENDING}

    def stop(number, frame):
        ignore_signals()
        raise Stopped

    for number in ENDING:
        signal.signal(number, stop)
    try:
        yield
    except Stopped:
        return
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def leave_soon(seconds: float = 5.0) -> None:
    """Make sure that this process ends within `seconds`, whatever its threads still wait for. Call it last of all."""

    def leave():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)

    timer = threading.Timer(seconds, leave)
    timer.daemon = True
    timer.start()
