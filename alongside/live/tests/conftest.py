"""The real server, for the tests of this room."""

from alongside.lib.tests.serving import cookie, server

__all__ = ["cookie", "server"]
