"""Responses whose body is made in the event loop, after the thread that answered was given back."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from django.http import StreamingHttpResponse

Send = Callable[[bytes], Awaitable[None]]


class Afterwards(StreamingHttpResponse):
    """A view's answer whose body is sent by `stream(send, gone)` in the event loop of our own server.

    `send(bytes)` waits while the client is slow, and raises TimeoutError when it does not read at all; `gone` is
    set when the client has left. Any other server, and Django's test client, sends `plain` instead.
    """

    def __init__(self, stream: Callable[[Send, asyncio.Event], Awaitable[None]], plain: Iterable[bytes] = (), **more):
        super().__init__(plain, **more)
        self.stream = stream
