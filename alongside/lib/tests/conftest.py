"""The real server, and one of somebody else's, for the tests of this room."""

from alongside.lib.tests.remote import remote
from alongside.lib.tests.serving import cookie, server

__all__ = ["cookie", "remote", "server"]
