"""The database goes away and comes back: pages say so in words, the balancer is told, and all recovers by itself."""

import asyncio
import socket
from contextlib import contextmanager

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection

from alongside.lib.away import is_away, is_full
from alongside.lib.listening import Listening, connection_parameters
from alongside.lib.tests.serving import eventually
from alongside.live.hub import HUB


@contextmanager
def database_away():
    """Nobody gets a connection to the test's database, and those there are are cut, until the block ends."""
    name = connection.settings_dict["NAME"]
    connection.close()
    keeper = connection_parameters() | {"dbname": "postgres", "autocommit": True}
    with psycopg.connect(**keeper) as other:
        other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            yield
        finally:
            other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def test_pages_say_it_in_words_and_come_back(server, client, lena, cookie):
    page = "/accounts/login"
    browser = {"Accept": "text/html", "Cookie": cookie(lena)}
    assert server.get(page, **browser).status < 400
    assert server.get("/health").json == {"status": "well"}
    with database_away():
        away = server.get(page, **browser)
        assert away.status == 503
        assert "cannot reach" in away.text
        assert away.headers["retry-after"] == "5"
        sent = server.ask("POST", page, b"a=1", Accept="text/html", Cookie=browser["Cookie"])
        assert sent.status in (403, 503)
        program = server.get("/live?topics=conversation:1", Cookie=browser["Cookie"])
        assert program.status == 503
        assert program.json["status"] == 503
        health = eventually(lambda: (answer := server.get("/health")).status == 503 and answer)
        assert "database does not answer" in health.json["detail"]
    eventually(lambda: server.get("/health").status == 200)
    assert server.get(page, **browser).status < 400



def test_listening_goes_on_by_itself_and_says_that_something_may_be_lost(server):
    def tell(topic):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('alongside_live', %s)", [f'{{"topic":"{topic}"}}'])
        return was_heard(topic)

    def was_heard(topic):
        return any(heard == topic for _, heard, _ in list(HUB.past))

    eventually(lambda: tell("conversation:1"))  # this server listens by now, and not only the one before it
    before = HUB.complete_since
    with database_away():
        pass
    eventually(lambda: HUB.complete_since > before)
    tell("conversation:2")
    eventually(lambda: was_heard("conversation:2"))


def test_health_can_only_be_read(server):
    assert server.ask("POST", "/health", b"").status == 405


@pytest.mark.django_db(transaction=True)
def test_a_notification_that_cannot_be_used_does_not_end_the_listening():
    heard = []

    def hear(payload):
        heard.append(payload)
        raise ValueError(payload)

    async def story():
        stop, listening = asyncio.Event(), Listening()
        listening.on("test_channel", hear)
        running = asyncio.ensure_future(listening.run(stop))
        await listening.ready.wait()
        async with await psycopg.AsyncConnection.connect(**connection_parameters(), autocommit=True) as other:
            for word in ("one", "two"):
                await other.execute("SELECT pg_notify('test_channel', %s)", [word])
        async with asyncio.timeout(10):
            while len(heard) < 2:
                await asyncio.sleep(0.01)
        stop.set()
        await running

    asyncio.run(story())
    assert heard == ["one", "two"]


def test_a_client_that_stalls_keeps_nobody_waiting(server):
    """More stalled uploads than there are threads; a page is answered all the same."""
    stalled: list[socket.socket] = []
    for _ in range(12):
        line = server.line()
        line.sendall(b"POST /accounts/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf")
        stalled.append(line)
    assert server.get("/accounts/login").status == 200
    for line in stalled:
        line.close()


def wrapped(code: str | None) -> psycopg.Error:
    """An error of PostgreSQL with a given code."""
    return type("Wrapped", (psycopg.OperationalError,), {"sqlstate": code})("x")


def raised(error, cause) -> Exception:
    try:
        raise error from cause
    except Exception as caught:
        return caught


@pytest.mark.parametrize("code", [None, "08006", "57P01", "57P03", "53300"])
def test_a_lost_connection_is_told_apart(code):
    assert is_away(raised(OperationalError("x"), wrapped(code)))
    assert is_away(raised(RuntimeError("in a template"), raised(OperationalError("x"), wrapped(code))))


@pytest.mark.parametrize("code", ["40P01", "55P03", "57014", "53100"])
def test_other_troubles_of_the_database_are_not_its_absence(code):
    assert not is_away(raised(OperationalError("x"), wrapped(code)))


def test_a_closed_connection_and_a_full_disk_are_told_apart():
    assert is_away(InterfaceError("connection already closed"))
    assert is_full(raised(OperationalError("x"), wrapped("53100")))
    assert not is_full(OperationalError("x"))
    assert not is_away(ValueError("x"))
