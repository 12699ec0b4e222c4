"""Django behind an event loop: a thread is held only while Django thinks, never while a client sends or reads."""

import asyncio
import logging
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from io import BytesIO

from django.core.signals import got_request_exception
from django.utils.translation import gettext_lazy as _

from alongside.lib.afterwards import Afterwards, Later
from alongside.lib.away import is_away, is_full
from alongside.lib.plainly import say, wants_json
from alongside.lib.spool import Gone, Refused, Spool
from alongside.lib.threads import Threads

log = logging.getLogger("alongside.bridge")

PIECE = 64 * 1024
IN_MEMORY = 1024 * 1024  # bytes of an answer kept in memory; more goes to disk until the client has read it
AWAY_SECONDS = 5  # after which it is worth asking again
SILENCE = 60.0  # seconds a client may leave a piece unread
AWAY = _(
    "We cannot reach our records just now. This mends itself in a moment. "
    "If you were sending something, go back and send it again then: it may not have been kept."
)
FULL = _(
    "The disk that holds our records is full, so nothing new can be kept. "
    "Whoever runs this server has to make room; please try again later."
)
BUSY = _("Very many people ask at once just now. Please try again in a few seconds.")
BROKEN = _("Something went wrong on our side. It has been written down; please try again.")


@dataclass
class Answer:
    """What Django said: `pieces` in memory, or a `file`, or a `stream` or all of it (`later`) still to be made."""

    status: int = 500
    headers: list = field(default_factory=list)
    pieces: list = field(default_factory=list)
    file: object = None
    stream: object = None
    later: Later | None = None


class Bridge:
    """An ASGI app that runs a WSGI app in `threads`; `limit_of(scope)` says how many bytes a body may have."""

    def __init__(self, wsgi, threads: Threads, spool: Spool, limit_of, queue: int = 256):
        self.wsgi, self.threads, self.spool = wsgi, threads, spool
        self.limit_of, self.queue = limit_of, queue
        self.inside = 0
        self._trouble = threading.local()
        got_request_exception.connect(self._notice)

    async def __call__(self, scope, receive, send) -> None:
        """Collect the request, have it answered in a thread, and send the answer."""
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
            return
        try:
            async with self.spool.body(scope, receive, self.limit_of(scope)) as body:
                answer = await self._ask(environ_of(scope, body))
            if answer.later is not None:
                await _settle(answer, receive)
        except Refused as no:
            await say(scope, send, no.status, no.words, no.retry_after)
        except Gone:
            return
        else:
            await Sending(answer, scope, receive, send).all()

    async def _ask(self, environ: dict) -> Answer:
        if self.inside >= self.queue:
            raise Refused(503, BUSY, retry_after=5)
        self.inside += 1
        try:
            return await self.threads.run(self._call, environ)
        finally:
            self.inside -= 1

    def _call(self, environ: dict) -> Answer:
        """In a thread: one WSGI call, its answer collected whole. Raises Refused when Django could not work."""
        self._trouble.seen = None
        answer = Answer()
        try:
            _collect(self.wsgi, environ, answer)
        except Exception as error:
            self._trouble.seen = error
            answer.status = 500
            log.error("No answer to %s", environ["PATH_INFO"], exc_info=error)
            answer.pieces = None
        trouble, self._trouble.seen = self._trouble.seen, None
        if trouble is not None and answer.status in (500, 503):
            self._explain(trouble, answer, environ["asgi.scope"])
        if answer.pieces is None:
            raise Refused(500, BROKEN)
        return answer

    def _explain(self, trouble: Exception, answer: Answer, scope) -> None:
        """Say what ails the database, unless Django's own page does; raises Refused."""
        if is_full(trouble):
            raise Refused(507, FULL)
        if answer.status == 500 and not is_away(trouble):
            return
        if answer.status == 500 or not answer.pieces or wants_json(scope):
            raise Refused(503, AWAY, AWAY_SECONDS)
        answer.headers.append((b"retry-after", str(AWAY_SECONDS).encode()))

    def _notice(self, **kwargs) -> None:
        """Django's signal: remember in this thread what a view died of."""
        self._trouble.seen = sys.exc_info()[1]


def _collect(wsgi, environ: dict, answer: Answer) -> None:
    def start_response(status: str, headers: list, exc_info=None):
        answer.status = int(status[:3])
        answer.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]

    result = wsgi(environ, start_response)
    try:
        if isinstance(result, Later):
            answer.later = result
            return
        if isinstance(result, Afterwards):
            answer.stream = result.stream
            return
        size = 0
        for piece in result:
            size += len(piece)
            if answer.file is None and size > IN_MEMORY:
                answer.file = tempfile.TemporaryFile(prefix="alongside-")  # noqa: SIM115 closed once it is sent
                answer.file.writelines(answer.pieces)
                answer.pieces.clear()
            if answer.file is not None:
                answer.file.write(piece)
            elif piece:
                answer.pieces.append(piece)
        if not any(name == b"content-length" for name, _value in answer.headers) and answer.status not in (204, 304):
            answer.headers.append((b"content-length", str(size).encode()))
        if answer.file is not None:
            answer.file.seek(0)
    finally:
        close = getattr(result, "close", None)
        if close:
            close()


async def _settle(answer: Answer, receive) -> None:
    """Wait for what is made later. Raises Gone when the client leaves before that, Refused when it cannot be made."""
    made = asyncio.ensure_future(answer.later.made())
    leaving = asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait({made, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not made.done():
            raise Gone
        response = made.result()
    except Gone:
        raise
    except Exception as error:
        log.error("No answer was made later", exc_info=error)
        raise Refused(500, BROKEN) from error
    finally:
        leaving.cancel()
        made.cancel()
    own = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.items()]
    replaced = {name for name, _value in own} | {b"content-length"}
    answer.headers = [header for header in answer.headers if header[0] not in replaced] + own
    if not response.has_header("Content-Length"):
        answer.headers.append((b"content-length", str(len(response.content)).encode()))
    answer.status, answer.pieces = response.status_code, [response.content]


async def _left(receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class Sending:
    """Sends one answer at the client's pace."""

    def __init__(self, answer: Answer, scope, receive, send):
        self.answer, self.scope, self.receive, self.send = answer, scope, receive, send

    async def all(self) -> None:
        """Send everything; give up on a client that reads nothing for SILENCE seconds."""
        try:
            await self._say(
                {"type": "http.response.start", "status": self.answer.status, "headers": self.answer.headers}
            )
            if self.answer.stream and self.scope["method"] != "HEAD":
                await self._stream()
            elif self.answer.file is not None:
                await self._file()
            else:
                body = b"".join(self.answer.pieces)
                for at in range(0, len(body), PIECE):
                    await self.piece(body[at : at + PIECE])
            await self._say({"type": "http.response.body", "body": b""})
        except TimeoutError:
            log.info("A client stopped reading %s", self.scope["path"])
            raise
        finally:
            if self.answer.file is not None:
                self.answer.file.close()

    async def piece(self, body: bytes) -> None:
        """Send one piece, with more to come. Raises TimeoutError when the client does not read."""
        await self._say({"type": "http.response.body", "body": body, "more_body": True})

    async def _say(self, message: dict) -> None:
        async with asyncio.timeout(SILENCE):
            await self.send(message)

    async def _file(self) -> None:
        while piece := self.answer.file.read(PIECE):
            await self.piece(piece)

    async def _stream(self) -> None:
        gone = asyncio.Event()
        watch = asyncio.ensure_future(self._watch(gone))
        try:
            await self.answer.stream(self.piece, gone)
        finally:
            watch.cancel()

    async def _watch(self, gone: asyncio.Event) -> None:
        await _left(self.receive)
        gone.set()


def environ_of(scope, body) -> dict:
    """The WSGI environ of an ASGI scope. `alongside.asked_at` is when the request began, in Unix seconds.

    A header with an underscore is left out: it could pass for another one written with a hyphen.
    """
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    root = scope.get("root_path", "")
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": root.encode().decode("latin-1"),
        "PATH_INFO": scope["path"].removeprefix(root).encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
        "asgi.scope": scope,
        "alongside.asked_at": time.time(),
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_LENGTH", "CONTENT_TYPE"):
            key = f"HTTP_{key}"
        if key in environ:
            value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
        environ[key] = value
    if "HTTP_TRANSFER_ENCODING" in environ:
        environ["CONTENT_LENGTH"] = str(_size(body))
    return environ


def _size(body) -> int:
    if isinstance(body, BytesIO):
        return len(body.getbuffer())
    at = body.tell()
    size = body.seek(0, 2)
    body.seek(at)
    return size
