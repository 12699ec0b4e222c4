"""The long work on imports: by one at a time, in short pieces, stopped and gone on with."""

from threading import Thread

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.importers import bringing_in
from alongside.importers.jobs import bring_in, go_on
from alongside.importers.models import DONE
from alongside.importers.tests.bringing import upload
from alongside.people.models import Person

pytestmark = pytest.mark.django_db

PEOPLE = "Name,E-Mail\n" + "".join(f"Nova Number{n},nova{n}@nova.example\n" for n in range(7))


def beside(work) -> list[BaseException]:
    """Do `work` in a thread with a connection of its own; returns what it raised."""
    raised = []

    def run():
        try:
            work()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
    return raised


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at", [1, 4])
def test_two_at_once_bring_each_row_in_once_and_neither_fails(desk, monkeypatch, at):
    monkeypatch.setattr(bringing_in, "BATCH", 2)
    bringing = upload(desk, PEOPLE)
    desk.post(f"/settings/imports/{bringing.id}/carrying-out")
    taken, take = [], bringing_in.take

    def meanwhile(*args):
        taken.append(args)
        if len(taken) == at:
            assert beside(bring_in) == []
        return take(*args)

    monkeypatch.setattr(bringing_in, "take", meanwhile)
    bring_in()
    bringing.refresh_from_db()
    assert bringing.state == DONE and bringing.counts() == {"created": 7}
    assert Person.objects.filter(full_name__startswith="Nova").count() == 7


@pytest.mark.django_db(transaction=True)
def test_whoever_comes_between_two_pieces_takes_what_is_left_and_the_first_leaves_quietly(desk, monkeypatch):
    monkeypatch.setattr(bringing_in, "BATCH", 2)
    bringing = upload(desk, PEOPLE)
    desk.post(f"/settings/imports/{bringing.id}/carrying-out")
    once, pieces = bringing_in.once, []

    def between():
        pieces.append(1)
        if len(pieces) == 4:  # each row is one, too: after the first piece
            assert beside(bring_in) == []
        return once()

    monkeypatch.setattr(bringing_in, "once", between)
    bring_in()
    bringing.refresh_from_db()
    assert bringing.state == DONE and bringing.counts() == {"created": 7}


def test_the_job_that_goes_on_after_a_crash_waits_for_the_one_that_works(desk):
    bring_in.defer()
    go_on.defer(timestamp=0)
    locks = ProcrastinateJob.objects.filter(task_name__startswith="importers.").values_list("lock", flat=True)
    assert len(locks) == 2 and len(set(locks)) == 1 and locks[0]
