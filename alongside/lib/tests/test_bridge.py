"""Django behind the event loop: requests arrive unchanged, answers leave unchanged, and slow clients hold nothing."""

import asyncio
import threading

import pytest
from django.db import OperationalError
from django.http import HttpResponse

from alongside.lib.afterwards import Afterwards, later
from alongside.lib.bridge import IN_MEMORY, Bridge
from alongside.lib.spool import Spool
from alongside.lib.threads import Threads


class Client:
    """An ASGI client: what it sends, and what it got."""

    def __init__(self, method="GET", path="/", body=b"", headers=(), leaves=None):
        self.scope = {
            "type": "http", "method": method, "path": path, "query_string": b"a=1", "http_version": "1.1",
            "scheme": "https", "server": ("house.example", 443), "client": ("10.0.0.9", 999), "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers],
        }  # fmt: skip
        if body:
            self.scope["headers"].append((b"content-length", str(len(body)).encode()))
        self.waiting = [{"type": "http.request", "body": body, "more_body": False}] if body else []
        self.leaves = leaves
        self.messages: list[dict] = []

    async def receive(self):
        if self.waiting:
            return self.waiting.pop(0)
        if self.leaves:
            await self.leaves.wait()
            return {"type": "http.disconnect"}
        await asyncio.sleep(3600)

    async def send(self, message):
        self.messages.append(message)

    @property
    def status(self):
        return self.messages[0]["status"]

    @property
    def headers(self):
        return {name.decode(): value.decode() for name, value in self.messages[0]["headers"]}

    @property
    def body(self):
        return b"".join(message["body"] for message in self.messages[1:])


@pytest.fixture
def bridge_to():
    """A function that makes a bridge to a WSGI app, with two threads."""
    threads = Threads("test", 2)
    yield lambda wsgi, **more: Bridge(wsgi, threads, Spool(), lambda scope: 10_000, **more)
    threads.close()


def ask(bridge, client) -> Client:
    asyncio.run(bridge(client.scope, client.receive, client.send))
    return client


def echo(environ, start_response):
    start_response("201 Created", [("X-Path", environ["PATH_INFO"]), ("X-Query", environ["QUERY_STRING"])])
    return [environ["wsgi.input"].read(), b"!"]


def test_request_and_answer_arrive_unchanged(bridge_to):
    client = ask(bridge_to(echo), Client("POST", "/people", b"hello"))
    assert (client.status, client.body) == (201, b"hello!")
    assert (client.headers["x-path"], client.headers["x-query"]) == ("/people", "a=1")
    assert client.headers["content-length"] == "6"


def test_the_environ_tells_where_the_request_came_from(bridge_to):
    seen = {}

    def look(environ, start_response):
        seen.update(environ)
        return echo(environ, start_response)

    headers = [("cookie", "a=1"), ("cookie", "b=2"), ("x-forwarded-for", "1.1.1.1"), ("x_forwarded_for", "6.6.6.6")]
    ask(bridge_to(look), Client(headers=headers))
    assert seen["REMOTE_ADDR"] == "10.0.0.9"
    assert seen["wsgi.url_scheme"] == "https"
    assert seen["HTTP_COOKIE"] == "a=1; b=2"
    assert seen["HTTP_X_FORWARDED_FOR"] == "1.1.1.1"
    assert seen["asgi.scope"]["path"] == "/"


def test_a_large_answer_is_whole(bridge_to):
    pieces = [bytes([n % 256]) * 70_000 for n in range(2 * IN_MEMORY // 70_000)]

    def large(environ, start_response):
        start_response("200 OK", [])
        yield from pieces

    client = ask(bridge_to(large), Client())
    assert client.body == b"".join(pieces)
    assert client.headers["content-length"] == str(len(client.body))


def test_the_thread_is_given_back_before_a_slow_client_reads(bridge_to):
    busy = []

    def page(environ, start_response):
        busy.append(threading.current_thread().name)
        start_response("200 OK", [])
        return [b"x"]

    bridge = bridge_to(page)

    async def story():
        stuck = asyncio.Event()
        slow = [Client() for _ in range(5)]

        async def never(message):
            await stuck.wait()

        readers = [asyncio.ensure_future(bridge(client.scope, client.receive, never)) for client in slow]
        while len(busy) < 5:
            await asyncio.sleep(0.001)
        quick = Client()
        await bridge(quick.scope, quick.receive, quick.send)
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)
        return quick.status

    assert asyncio.run(story()) == 200


def test_a_body_made_afterwards_is_streamed_until_its_reader_leaves(bridge_to, rf):
    async def story():
        leaves = asyncio.Event()
        ended = []

        async def stream(send, gone):
            await send(b"one")
            leaves.set()
            await gone.wait()
            ended.append(True)

        def view(environ, start_response):
            start_response("200 OK", [])
            return Afterwards(stream)

        client = Client(leaves=leaves)
        await bridge_to(view)(client.scope, client.receive, client.send)
        return client.body, ended

    assert asyncio.run(story()) == (b"one", [True])


@pytest.fixture
def others():
    """Threads beside the pages'."""
    threads = Threads("others", 1)
    yield threads
    threads.close()


def answers_later(make, threads):
    """A WSGI app whose answer `make` makes in other threads."""

    def app(environ, start_response):
        request = type("Request", (), {"environ": environ})
        start_response("200 OK", [("X-Frame-Options", "DENY"), ("Content-Type", "text/html"), ("Content-Length", "0")])
        return later(request, make, threads)

    return app


def test_an_answer_made_later_takes_the_place_of_the_first(bridge_to, others):
    def make():
        assert threading.current_thread().name.startswith("others")
        return HttpResponse(b"late", status=203, content_type="image/png")

    client = ask(bridge_to(answers_later(make, others)), Client())
    assert (client.status, client.body) == (203, b"late")
    assert client.headers == {"x-frame-options": "DENY", "content-type": "image/png", "content-length": "4"}


def test_what_is_made_later_holds_no_page_and_ends_with_its_reader(bridge_to, others):
    async def story():
        begun, go_on, made, leaves = threading.Event(), threading.Event(), [], asyncio.Event()

        def make(name):
            begun.set()
            go_on.wait(30)
            made.append(name)
            return HttpResponse(name)

        slow = bridge_to(answers_later(lambda: make("first"), others))
        skipped = bridge_to(answers_later(lambda: make("second"), others))
        clients = [Client(), Client(leaves=leaves)]
        first = asyncio.ensure_future(slow(clients[0].scope, clients[0].receive, clients[0].send))
        await asyncio.to_thread(begun.wait, 30)
        second = asyncio.ensure_future(skipped(clients[1].scope, clients[1].receive, clients[1].send))
        pages = [Client() for _ in range(3)]
        for page in pages:
            await bridge_to(echo)(page.scope, page.receive, page.send)
        while not others.waiting:
            await asyncio.sleep(0.01)
        leaves.set()
        await second
        go_on.set()
        await first
        return [page.status for page in pages], clients[0].body, clients[1].messages, made

    assert asyncio.run(story()) == ([201] * 3, b"first", [], ["first"])


def test_a_fault_in_what_is_made_later_is_said_in_words(bridge_to, others):
    client = ask(bridge_to(answers_later(lambda: 1 // 0, others)), Client())
    assert client.status == 500 and b"went wrong" in client.body


def test_too_many_waiting_requests_are_told_to_come_back(bridge_to):
    client = ask(bridge_to(echo, queue=0), Client(headers=[("accept", "text/html")]))
    assert client.status == 503
    assert client.headers["retry-after"] == "5"


def broken(error):
    def app(environ, start_response):
        raise error

    return app


def test_a_database_that_is_away_is_said_in_words(bridge_to):
    client = ask(bridge_to(broken(OperationalError("no"))), Client(headers=[("accept", "text/html")]))
    assert client.status == 503
    assert b"cannot reach our records" in client.body


def test_a_fault_of_ours_is_said_in_words(bridge_to):
    client = ask(bridge_to(broken(RuntimeError("secret"))), Client())
    assert client.status == 500
    assert b"secret" not in client.body
    assert b"went wrong" in client.body


def test_a_body_that_is_too_large_never_reaches_a_thread(bridge_to):
    called = []
    client = ask(bridge_to(lambda *anything: called.append(1)), Client("POST", body=b"x" * 20_000))
    assert client.status == 413
    assert not called


def test_websockets_are_closed(bridge_to):
    client = Client()
    client.scope["type"] = "websocket"
    ask(bridge_to(echo), client)
    assert client.messages == [{"type": "websocket.close", "code": 1000}]
