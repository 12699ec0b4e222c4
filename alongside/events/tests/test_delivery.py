"""Listeners hear what happened: at least once, in order for one subject, again after a failure, then parked."""

import asyncio
import threading
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from alongside.events import delivery, models
from alongside.events.delivery import (
    Deliverer,
    NobodyListens,
    candidates,
    deliver_all,
    deliver_line,
    parked,
    retry_parked,
)
from alongside.events.models import Delivery, Event, listen, record
from alongside.lib.listening import Listening, connection_parameters
from alongside.lib.tests.serving import eventually


class Someone:
    """A subject: anything with an id."""

    def __init__(self, id):
        self.id = id


JOE, RYAN = Someone(1), Someone(2)


@pytest.fixture
def heard(monkeypatch):
    """One listener to "test.happened", alone in the house; the events that it heard."""
    monkeypatch.setattr(models, "_listeners", models.defaultdict(list))
    monkeypatch.setattr(models, "_functions", {})
    events: list[Event] = []

    @listen("test.happened")
    def hear(event):
        if event.data.get("fails"):
            raise RuntimeError("not today")
        events.append(event)

    return events


def happened(subject=None, **data) -> Event:
    return record("test.happened", subject=subject, data=data)


def make_due() -> None:
    Delivery.objects.filter(parked_at=None).update(due_at=timezone.now() - timedelta(seconds=1))


@contextmanager
def deliverer_at_work():
    """The real deliverer in a thread, until the block ends."""

    async def work(stopped: threading.Event) -> None:
        stop, listening = asyncio.Event(), Listening()
        working = asyncio.gather(Deliverer(listening).run(stop), listening.run(stop))
        while not stopped.is_set():
            await asyncio.sleep(0.01)
        stop.set()
        await working

    stopped = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(work(stopped)))
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(20)
        assert not thread.is_alive()


@pytest.mark.django_db
class TestTelling:
    def test_a_listener_hears_each_event_once(self, heard):
        events = [happened(JOE), happened(), happened(RYAN)]
        assert deliver_all() == 3
        assert heard == events
        assert deliver_all() == 0
        assert not Delivery.objects.exists()

    def test_one_subject_is_told_in_order(self, heard):
        first, second, third = happened(JOE, n=1), happened(JOE, n=2), happened(JOE, n=3)
        assert list(candidates().values()) == [list(Delivery.objects.order_by("id").values_list("id", flat=True))]
        deliver_all()
        assert heard == [first, second, third]

    def test_what_a_listener_causes_is_told_too(self, heard):
        @listen("test.happened")
        def echo(event):
            if event.data.get("n"):
                happened(JOE, n=event.data["n"] - 1)

        happened(JOE, n=3)
        deliver_all()
        assert [event.data["n"] for event in heard] == [3, 2, 1, 0]

    def test_who_hears_the_newest_alone_hears_once_of_several_about_one(self, heard):
        newest = []

        @listen("test.happened", newest=True)
        def looks(event):
            newest.append(event)

        happened(JOE)
        ryans, last = happened(RYAN), happened(JOE)
        deliver_all()
        assert len(heard) == 3, "Who hears of each hears of each."
        assert sorted(newest, key=lambda event: event.id) == [ryans, last]
        assert not Delivery.objects.exists()

    def test_deliver_all_raises_what_a_listener_raises(self, heard):
        happened(JOE, fails=True)
        with pytest.raises(RuntimeError, match="not today"):
            deliver_all()

    def test_events_that_never_end_are_noticed(self, heard):
        listen("test.happened")(lambda event: happened(JOE))
        happened(JOE)
        with pytest.raises(RuntimeError, match="still lead"):
            deliver_all(rounds=5)


@pytest.mark.django_db
class TestFailing:
    def test_a_failure_is_kept_and_tried_later(self, heard):
        happened(JOE, fails=True)
        (line,) = candidates().values()
        assert deliver_line(line) == 0
        waiting = Delivery.objects.get()
        assert (waiting.attempts, waiting.error) == (1, "RuntimeError: not today")
        assert waiting.due_at > timezone.now()
        assert candidates() == {}

    def test_what_one_who_hears_the_newest_could_not_take_waits_whole(self, heard):
        fails = True

        @listen("test.happened", newest=True)
        def looks(event):
            if fails:
                raise RuntimeError("not now")
            newest.append(event)

        newest = []
        happened(JOE)
        last = happened(JOE)
        for line in candidates().values():
            deliver_line(line)
        assert Delivery.objects.count() == 2 and candidates() == {}
        fails = False
        make_due()
        deliver_all()
        assert newest == [last] and not Delivery.objects.exists()

    def test_what_a_failing_listener_wrote_is_taken_back(self, heard):
        @listen("test.happened")
        def writes_and_fails(event):
            record("test.written", subject=JOE)
            raise RuntimeError("after all")

        happened(JOE)
        for line in candidates().values():
            deliver_line(line)
        assert not Event.objects.filter(kind="test.written").exists()
        assert Delivery.objects.get().error == "RuntimeError: after all"

    def test_later_events_of_that_subject_wait_and_others_do_not(self, heard):
        happened(JOE, fails=True)
        after, other = happened(JOE), happened(RYAN)
        for line in candidates().values():
            deliver_line(line)
        assert heard == [other]
        assert candidates() == {}
        Event.objects.filter(data__fails=True).update(data={})
        make_due()
        deliver_all()
        assert heard[-1] == after
        assert len(heard) == 3

    def test_after_many_tries_it_is_parked_and_the_others_go_on(self, heard):
        happened(JOE, fails=True)
        after = happened(JOE)
        for _ in range(len(delivery.WAITS) + 1):
            make_due()
            (line,) = candidates().values()
            deliver_line(line)
        assert [given_up.error for given_up in parked()] == ["RuntimeError: not today"]
        make_due()
        deliver_all()
        assert heard == [after]

    def test_what_was_parked_can_be_taken_up_again(self, heard):
        event = happened(JOE, fails=True)
        Delivery.objects.update(parked_at=timezone.now(), attempts=9, error="x")
        Event.objects.update(data={})
        assert retry_parked() == 1
        deliver_all()
        assert heard == [event]
        assert not parked().exists()

    def test_a_listener_whose_room_is_gone_is_an_error_that_can_be_seen(self, heard):
        happened(JOE)
        models._functions.clear()
        with pytest.raises(NobodyListens, match="hear"):
            deliver_all()
        (line,) = candidates().values()
        deliver_line(line)
        assert "hear" in Delivery.objects.get().error


@pytest.mark.django_db(transaction=True)
class TestWorkersSideBySide:
    def test_what_another_worker_has_is_left_to_it(self, heard):
        happened(JOE)
        happened(JOE)
        (line,) = candidates().values()
        with psycopg.connect(**connection_parameters()) as other:
            other.execute("DELETE FROM events_delivery WHERE id = %s", [line[0]])
            assert deliver_line(line) == 0
            other.rollback()
        assert deliver_line(line) == 2

    def test_nothing_is_told_before_it_is_committed(self, heard):
        with deliverer_at_work():
            with transaction.atomic():
                held = happened(JOE)
                other = threading.Thread(target=in_another_connection, args=(lambda: happened(RYAN),))
                other.start()
                other.join()
                eventually(lambda: heard)
                assert [event.subject_id for event in heard] == [RYAN.id]
            eventually(lambda: len(heard) == 2)
        assert heard[1] == held

    def test_many_are_told_each_once_and_in_order(self, heard):
        with transaction.atomic():
            for n in range(300):
                happened(Someone(n % 7), n=n)
        with deliverer_at_work():
            eventually(lambda: len(heard) == 300)
        assert sorted(event.data["n"] for event in heard) == list(range(300))
        for subject in range(7):
            told = [event.data["n"] for event in heard if event.subject_id == subject]
            assert told == sorted(told)

    def test_two_workers_tell_each_event_once(self, heard):
        with transaction.atomic():
            for n in range(200):
                happened(Someone(n % 5), n=n)
        with deliverer_at_work(), deliverer_at_work():
            eventually(lambda: not Delivery.objects.exists())
        assert sorted(event.data["n"] for event in heard) == list(range(200))

    def test_a_failed_one_is_told_when_its_time_comes(self, heard, monkeypatch):
        monkeypatch.setattr(delivery, "WAITS", (0.2,) * 9)
        happened(JOE, fails=True)
        after = happened(JOE)
        with deliverer_at_work():
            eventually(lambda: Delivery.objects.filter(attempts__gte=1).exists())
            Event.objects.filter(data__fails=True).update(data={})
            eventually(lambda: len(heard) == 2)
        assert heard[1] == after


def in_another_connection(function) -> None:
    try:
        function()
    finally:
        connection.close()
