"""Bodies are taken in whole, within bounds, before anyone is bothered with them."""

import asyncio

import pytest

from alongside.lib.plainly import answer
from alongside.lib.spool import Bounds, Gone, Refused, Spool

LIMIT = 1000


def scope(address="10.0.0.1", **headers):
    pairs = [(name.replace("_", "-").encode(), str(value).encode()) for name, value in headers.items()]
    return {"type": "http", "method": "POST", "path": "/x", "client": (address, 1), "headers": pairs}


def arriving(*pieces, then=None):
    """A client that sends `pieces` and then, if it is not done, waits for ever or leaves."""
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    if then is None and waiting:
        waiting[-1]["more_body"] = False

    async def receive():
        if waiting:
            return waiting.pop(0)
        if then == "leaves":
            return {"type": "http.disconnect"}
        await asyncio.sleep(3600)

    return receive


async def taken(spool, about, receive, limit=LIMIT) -> bytes:
    async with spool.body(about, receive, limit) as body:
        return body.read()


def refusal(spool, about, receive) -> Refused:
    with pytest.raises(Refused) as refused:
        asyncio.run(taken(spool, about, receive))
    return refused.value


@pytest.mark.parametrize("pieces", [[b"hello"], [b"hel", b"lo"], [b"", b"hello", b""]])
@pytest.mark.parametrize("memory", [1, 100])
def test_a_body_is_taken_in_whole(pieces, memory):
    spool = Spool(Bounds(memory=memory))
    assert asyncio.run(taken(spool, scope(content_length=5), arriving(*pieces))) == b"hello"
    assert not spool.under_way


def test_a_request_without_a_body_is_not_waited_for():
    assert asyncio.run(taken(Spool(), scope(), arriving(then="waits"))) == b""


def test_a_body_of_unknown_length_is_taken_in():
    about = scope(transfer_encoding="chunked")
    assert asyncio.run(taken(Spool(), about, arriving(b"a", b"b"))) == b"ab"


def test_a_body_that_says_it_is_too_large_is_not_begun():
    assert refusal(Spool(), scope(content_length=LIMIT + 1), arriving(then="waits")).status == 413


@pytest.mark.parametrize("pieces", [[b"x" * (LIMIT + 1)], [b"x" * LIMIT, b"x"]])
def test_a_body_that_grows_too_large_is_refused(pieces):
    assert refusal(Spool(), scope(transfer_encoding="chunked"), arriving(*pieces)).status == 413


def test_a_length_that_is_no_number_is_refused():
    assert refusal(Spool(), scope(content_length="many"), arriving(b"x")).status == 400


def test_a_body_that_stops_is_given_up():
    spool = Spool(Bounds(silence=0.01))
    assert refusal(spool, scope(content_length=10), arriving(b"half", then="waits")).status == 408
    assert not spool.under_way


def test_a_body_that_trickles_is_given_up():
    spool = Spool(Bounds(grace=0.0, slowest=10**9))
    assert refusal(spool, scope(content_length=10), arriving(b"a", b"b", b"c", then="waits")).status == 408


def test_a_client_that_leaves_is_forgotten():
    spool = Spool()
    with pytest.raises(Gone):
        asyncio.run(taken(spool, scope(content_length=10), arriving(b"half", then="leaves")))
    assert not spool.under_way


def test_one_address_cannot_take_all_places():
    spool = Spool(Bounds(at_once=2))

    async def story():
        half = [taken(spool, scope(content_length=10), arriving(b"a", then="waits")) for _ in range(2)]
        stalled = [asyncio.ensure_future(one) for one in half]
        await asyncio.sleep(0)
        with pytest.raises(Refused) as refused:
            await taken(spool, scope(content_length=1), arriving(b"a"))
        other = await taken(spool, scope("10.0.0.2", content_length=1), arriving(b"a"))
        for task in stalled:
            task.cancel()
        await asyncio.gather(*stalled, return_exceptions=True)
        again = await taken(spool, scope(content_length=1), arriving(b"b"))
        return refused.value.status, other, again

    assert asyncio.run(story()) == (429, b"a", b"b")
    assert not spool.under_way


def test_a_refusal_says_what_to_do_to_reader_and_program():
    no = refusal(Spool(), scope(content_length=LIMIT + 1), arriving(then="waits"))
    headers, page = answer(scope(accept="text/html"), no.status, no.words)
    assert "at most 1 megabyte" in page.decode()
    assert (b"content-type", b"text/html; charset=utf-8") in headers
    headers, problem = answer(scope(accept="application/json"), no.status, no.words)
    assert (b"content-type", b"application/problem+json") in headers
    assert b"at most 1 megabyte" in problem
