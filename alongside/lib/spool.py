"""Takes a request's body in before any thread is taken: bounded in size, in time and in number per address."""

import asyncio
import tempfile
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE


class Refused(Exception):
    """The request is answered with `status` and `words` that say what to do, and goes no further."""

    def __init__(self, status: int, words, retry_after: int | None = None):
        super().__init__(status)
        self.status, self.words, self.retry_after = status, words, retry_after


class Gone(Exception):
    """The client left before its request was whole."""


@dataclass(frozen=True)
class Bounds:
    """What a body may take: bytes in memory before it goes to disk, seconds of silence, bytes a second on average
    once `grace` seconds have passed, and bodies under way at once from one address."""

    memory: int = 256 * KILOBYTE
    silence: float = 20.0
    grace: float = 30.0
    slowest: int = 1 * KILOBYTE
    at_once: int = 64


class Spool:
    """Collects bodies. One for each process, since it counts what each address has under way."""

    def __init__(self, bounds: Bounds | None = None):
        self.bounds = bounds or Bounds()
        self.under_way: Counter[str] = Counter()

    @asynccontextmanager
    async def body(self, scope, receive, limit: int):
        """The whole body of a request as a readable file, closed afterwards. Raises Refused or Gone."""
        expected = expected_length(scope)
        if expected == 0:
            yield BytesIO()
            return
        if expected is not None and expected > limit:
            raise too_large(limit)
        with self._place(scope):
            file = await self._collect(receive, limit)
        try:
            yield file
        finally:
            file.close()

    async def _collect(self, receive, limit: int):
        first = await self._next(receive, self.bounds.silence)
        if not first.get("more_body"):
            if len(first.get("body", b"")) > limit:
                raise too_large(limit)
            return BytesIO(first.get("body", b""))
        file = tempfile.SpooledTemporaryFile(self.bounds.memory, prefix="alongside-")  # noqa: SIM115 closed by body()
        try:
            await self._fill(file, first, receive, limit)
        except OSError as full:
            file.close()
            raise Refused(
                507,
                _(
                    "Our disk is full, so we could not take this in. "
                    "Whoever runs this server has to make room; please try again later."
                ),
            ) from full
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    async def _fill(self, file, message, receive, limit: int) -> None:
        clock = asyncio.get_running_loop().time
        began, size = clock(), 0
        while True:
            piece = message.get("body", b"")
            size += len(piece)
            if size > limit:
                raise too_large(limit)
            file.write(piece)
            if not message.get("more_body"):
                return
            spent = clock() - began
            if spent > self.bounds.grace and size < spent * self.bounds.slowest:
                raise too_slow()
            message = await self._next(receive, self.bounds.silence)

    async def _next(self, receive, seconds: float):
        try:
            async with asyncio.timeout(seconds):
                message = await receive()
        except TimeoutError as silence:
            raise too_slow() from silence
        if message["type"] == "http.disconnect":
            raise Gone
        return message

    def _place(self, scope):
        return _Place(self.under_way, (scope.get("client") or ("",))[0], self.bounds.at_once)


class _Place:
    """One body under way from an address, counted for as long as it takes."""

    def __init__(self, under_way: Counter, address: str, at_once: int):
        self.under_way, self.address, self.at_once = under_way, address, at_once

    def __enter__(self):
        if self.under_way[self.address] >= self.at_once:
            raise Refused(
                429,
                _(
                    "Too much is being sent from your address at once. "
                    "Please wait until some of it has arrived, and try again."
                ),
                retry_after=10,
            )
        self.under_way[self.address] += 1

    def __exit__(self, *error):
        self.under_way[self.address] -= 1
        if not self.under_way[self.address]:
            del self.under_way[self.address]


def expected_length(scope) -> int | None:
    """How many bytes the request says it has: 0 for none, None when it does not say how many (chunked)."""
    headers = dict(scope.get("headers", ()))
    if b"transfer-encoding" in headers:
        return None
    try:
        return int(headers.get(b"content-length", b"0"))
    except ValueError as strange:
        raise Refused(400, _("This request does not say properly how long it is.")) from strange


def too_large(limit: int) -> Refused:
    """The refusal of a body of more than `limit` bytes."""
    size = max(1, limit // MEGABYTE)

    def words() -> str:
        return ngettext(
            "This is too large: at most %(size)d megabyte can be sent here. Make it smaller, or send a link to it.",
            "This is too large: at most %(size)d megabytes can be sent here. Make it smaller, or send a link to it.",
            size,
        ) % {"size": size}

    return Refused(413, words)


def too_slow() -> Refused:
    """The refusal of a body that stopped on its way."""
    return Refused(408, _("What you sent stopped on its way to us. Check your connection and send it again."))
