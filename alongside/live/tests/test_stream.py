"""The live stream through the real server: who may listen, what is heard, and when it ends."""

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction

from alongside.lib.tests.serving import eventually
from alongside.live.hub import HUB
from alongside.live.models import allow, changed, topics


@pytest.fixture(autouse=True)
def rules(monkeypatch):
    """Members may listen to conversations below 100; nobody to anything else."""
    monkeypatch.setattr(topics, "_rules", {})
    allow("conversation", lambda principal, id: principal.serves and id.isdigit() and int(id) < 100)


@pytest.fixture
def listen(server, cookie):
    """A function that opens a stream for a member (or nobody) and waits until it is there."""
    opened = []

    def open_stream(member, topics, **more):
        headers = {"Cookie": cookie(member)} if member else {}
        query = "&".join(f"{name}={value}" for name, value in {"topics": topics, **more.pop("query", {})}.items())
        stream = server.stream(f"/live?{query}", **headers, **more)
        opened.append(stream)
        if stream.status == 200:
            eventually(lambda: stream.ready)
        return stream

    yield open_stream
    for stream in opened:
        stream.close()


def test_a_change_is_heard_by_whoever_listens_to_it(listen, lena):
    stream = listen(lena, "conversation:12,conversation:13")
    changed("conversation:12", message=5)
    changed("conversation:14")
    changed("conversation:13")
    eventually(lambda: len(stream.hints) == 2)
    assert stream.hints == [{"topic": "conversation:12", "message": 5}, {"topic": "conversation:13"}]


def test_a_change_that_is_taken_back_is_not_heard(listen, lena):
    stream = listen(lena, "conversation:12")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        changed("conversation:12", message=1)
        _ = 1 / 0
    changed("conversation:12", message=2)
    eventually(lambda: stream.hints)
    assert stream.hints == [{"topic": "conversation:12", "message": 2}]


@pytest.mark.parametrize(
    "asked",
    [
        "conversation:100",
        "conversation:12,conversation:100",
        "inbox:1",
        "here:conversation:100",
        "conversation",
        "here:here:conversation:1",
        "conversation:1%27",
    ],
)
def test_one_topic_that_is_not_theirs_refuses_the_whole_stream(listen, lena, asked):
    assert listen(lena, asked).status == 404


def test_nobody_hears_nothing(listen):
    assert listen(None, "conversation:12").status == 404


def test_topics_have_to_be_named(server):
    assert server.get("/live").status == 400
    assert server.get("/live?topics=" + ",".join(f"conversation:{n}" for n in range(61))).status == 400


def test_the_stream_is_kept_by_nobody_on_the_way(listen, lena):
    stream = listen(lena, "conversation:12")
    headers = {name.lower(): value for name, value in stream.response.getheaders()}
    assert headers["content-type"] == "text/event-stream"
    assert headers["cache-control"] == "no-store"
    assert headers["x-accel-buffering"] == "no"


def test_signing_out_ends_the_stream(listen, lena):
    stream = listen(lena, "conversation:12")
    Session.objects.all().delete()
    eventually(lambda: stream.ended, 5)


def test_losing_the_membership_ends_the_stream(listen, lena):
    stream = listen(lena, "conversation:12")
    type(lena).objects.filter(id=lena.id).update(is_active=False)
    eventually(lambda: stream.ended, 5)


def test_other_readers_go_on_when_one_signs_out(listen, lena, dishwasher, client):
    hers = listen(lena, "conversation:12")
    client.logout()
    his = listen(dishwasher, "conversation:12")
    eventually(lambda: hers.ended, 5)
    changed("conversation:12")
    eventually(lambda: his.hints)
    assert not his.ended


def test_whoever_comes_back_hears_what_they_missed(listen, lena):
    first = listen(lena, "conversation:12,conversation:13")
    changed("conversation:12", message=1)
    eventually(lambda: first.hints)
    mark = first.last_id
    first.close()
    eventually(lambda: not HUB.streams)
    watching = listen(lena, "conversation:12,conversation:14")
    changed("conversation:12", message=2)
    changed("conversation:14", message=3)
    eventually(lambda: len(watching.hints) == 2)
    again = listen(lena, "conversation:12,conversation:13", Last_Event_ID=mark)
    eventually(lambda: {"topic": "conversation:12", "message": 2} in again.hints)
    assert {hint["topic"] for hint in again.hints} == {"conversation:12"}
    assert again.resyncs == 0


@pytest.mark.parametrize("mark", ["1000-elsewhere", "nonsense", "99999999999999999999-x"])
def test_whoever_was_away_for_too_long_is_told_to_ask_for_everything(listen, lena, mark):
    stream = listen(lena, "conversation:12", query={"since": mark})
    eventually(lambda: stream.resyncs)
    assert stream.resyncs == 1


def test_a_page_says_where_it_stands(server, listen, lena, cookie):
    answer = server.get("/accounts/login")
    assert answer.status == 200
    mark = answer.text.split('name="live-since" content="')[1].split('"')[0]
    changed("conversation:12", message=7)
    stream = listen(lena, "conversation:12", query={"since": mark})
    eventually(lambda: stream.hints)
    assert (stream.hints, stream.resyncs) == ([{"topic": "conversation:12", "message": 7}], 0)


def test_stopping_the_server_ends_open_streams(listen, lena, server):
    stream = listen(lena, "conversation:12")
    server.stop()
    eventually(lambda: stream.ended)


def test_a_stream_that_was_left_is_forgotten(listen, lena):
    stream = listen(lena, "conversation:12")
    assert len(HUB.streams) == 1
    stream.close()
    eventually(lambda: not HUB.streams)
    assert not HUB._by_topic
