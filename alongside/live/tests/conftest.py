"""The real server, for the tests of this room."""

import pytest

from alongside.lib.tests.serving import cookie, server
from alongside.live import streams

__all__ = ["cookie", "server"]


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch):
    """A server within the test looks more often who may still listen: nobody waits for the clock."""
    monkeypatch.setattr(streams, "RECHECK_SECONDS", 0.3)
