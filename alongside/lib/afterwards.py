"""Responses that are made after the page's thread was given back: in the event loop, or in other threads."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from django.http import HttpResponse, StreamingHttpResponse

from alongside.lib.threads import Threads

Send = Callable[[bytes], Awaitable[None]]


class Afterwards(StreamingHttpResponse):
    """A view's answer whose body is sent by `stream(send, gone)` in the event loop of our own server.

    `send(bytes)` waits while the client is slow, and raises TimeoutError when it does not read at all; `gone` is
    set when the client has left. Any other server, and Django's test client, sends `plain` instead.
    """

    def __init__(self, stream: Callable[[Send, asyncio.Event], Awaitable[None]], plain: Iterable[bytes] = (), **more):
        super().__init__(plain, **more)
        self.stream = stream


class Later(HttpResponse):
    """A view's answer that `make()` gives in a thread of `threads`; it takes the place of this one, headers and all."""

    def __init__(self, make: Callable[[], HttpResponse], threads: Threads):
        super().__init__()
        self.make, self.threads = make, threads

    async def made(self) -> HttpResponse:
        """The answer itself."""
        return await self.threads.run(self.make)


def later(request, make: Callable[[], HttpResponse], threads: Threads) -> HttpResponse:
    """What `make()` answers: under our own server without holding the page's thread meanwhile, else at once."""
    return Later(make, threads) if "asgi.scope" in request.environ else make()
