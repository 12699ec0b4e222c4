"""The protocols of our server: a client that opens a line and does not finish its headers is not waited for, nor is one
that reads no more of a socket that is over."""

from struct import Struct

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

LAST_SECONDS = 5.0  # for what a socket was still sent to go out, once it is over
AT_ONCE = "alongside.at_once"  # of a socket's scope["extensions"]: a function, see `send_at_once`
HEAD_SECONDS = 20.0  # from the first byte, or from the line itself where none comes, to the end of the headers

_BINARY = 0x82  # a whole message in one frame
_SHORT, _LONG = Struct("!BBH"), Struct("!BBQ")


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's protocol with a limit for the headers; bodies have theirs in `lib.spool`.

    Named to uvicorn as `http="alongside.lib.patience:PatientProtocol"`.
    """

    _limit = None

    def connection_made(self, transport) -> None:
        """A line was opened: the headers may take so long from now."""
        super().connection_made(transport)
        self._wait()

    def on_message_begin(self) -> None:
        """A request begins, perhaps not the first on this line."""
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        """The headers are whole."""
        self._forget()
        super().on_headers_complete()

    def connection_lost(self, exc) -> None:
        """The line is closed."""
        self._forget()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._limit is None:
            self._limit = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _forget(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None

    def _give_up(self) -> None:
        self._limit = None
        if not self.transport.is_closing():
            self.transport.close()


class PatientSocket(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket protocol, in which whoever stopped reading holds nothing of ours once the socket is over.

    Named to uvicorn as `ws="alongside.lib.patience:PatientSocket"`.
    """

    def handle_connect(self, event) -> None:
        """A client knocks; the application is offered the short way."""
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["extensions"][AT_ONCE] = self.send_at_once

    def send_at_once(self, data: bytes) -> bool:
        """Send a binary message if the line takes it just now; returns whether it did.

        For what goes to many at once: `send` needs a task for each, and frames the same bytes again and again.
        """
        if not self.handshake_complete or self.close_sent or not self.writable.is_set() or self.transport.is_closing():
            return False
        size = len(data)
        if size < 126:
            head = bytes((_BINARY, size))
        elif size < 65_536:
            head = _SHORT.pack(_BINARY, 126, size)
        else:
            head = _LONG.pack(_BINARY, 127, size)
        self.transport.write(head + data)
        return True

    def on_task_complete(self, task) -> None:
        """The application is done with this socket."""
        super().on_task_complete(task)
        self.loop.call_later(LAST_SECONDS, self.transport.abort)
