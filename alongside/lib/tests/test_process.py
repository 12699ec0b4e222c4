"""The server as a process: it tells events, does jobs, and stops at once when asked, open streams or not."""

import signal

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.events.models import Delivery, Event
from alongside.lib.tests.process import process
from alongside.lib.tests.serving import eventually
from alongside.live.models import Presence


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_at_once_though_streams_are_open(cookie, lena, number):
    with process() as serving:
        streams = [serving.stream(f"/live?topics=member:{lena.id}", Cookie=cookie(lena)) for _ in range(3)]
        assert [stream.status for stream in streams] == [200] * 3
        eventually(lambda: all(stream.ready for stream in streams))
        serving.end(number)  # it would wait a minute for streams that do not end by themselves
        eventually(lambda: all(stream.ended for stream in streams))


@pytest.mark.django_db(transaction=True)
def test_one_process_tells_events_does_jobs_and_forgets_who_went():
    event = Event.objects.create(kind="test.unknown")
    Delivery.objects.create(event=event, listener="nobody.hears")
    Presence.objects.create(topic="conversation:1", person_id=1, tab="", state="looking")
    Presence.objects.update(seen_at="2020-01-01T00:00Z")
    from alongside.files.jobs import sweep

    number = sweep.defer(timestamp=0)
    with process(jobs="here"):
        eventually(lambda: Delivery.objects.filter(attempts__gte=1, error__contains="nobody.hears").exists(), 30)
        eventually(lambda: not ProcrastinateJob.objects.filter(id=number).exists(), 30)
        eventually(lambda: not Presence.objects.exists(), 30)
