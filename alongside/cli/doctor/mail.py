"""Asks the mail room how it is."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from alongside.cli.doctor.findings import Finding

ROOM = "alongside.channels.email.doctor"


def check() -> Iterator[Finding]:
    """What the mail room finds: `check()` there yields (level, subject, meaning, advice)."""
    try:
        there = find_spec(ROOM)
    except ModuleNotFoundError:
        there = None
    if there:
        for found in import_module(ROOM).check():
            yield Finding(*found)
