"""Functions that the tests of `lib.child` run in a child."""

import os
import signal
import sys
import time


def echo(*args, **kwargs):
    """Give back what was given."""
    return {"args": list(args), "kwargs": kwargs}


def pid():
    """The child's process id."""
    return os.getpid()


def burn():
    """Use CPU for ever."""
    while True:
        pass


def sleep():
    """Wait for ever."""
    time.sleep(3600)


def swallow(megabytes):
    """Take memory."""
    return len(bytearray(megabytes * 1024 * 1024))


def much(size):
    """A large answer."""
    return b"x" * size


def die():
    """End the process as a fault in a C library would."""
    os.kill(os.getpid(), signal.SIGSEGV)


def fail():
    """Raise."""
    raise KeyError("no such cup")


def chatter():
    """Print, as careless libraries do, and read input that is not there."""
    print("noise" * 1000)
    return sys.stdin.read()


def environment():
    """The names of the environment's variables, and whether Django was imported."""
    return [sorted(os.environ), "django" in sys.modules]
