"""The long work on imports: by one at a time, in short pieces, stopped and gone on with."""

from threading import Thread

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.conversations.models import Conversation
from alongside.files.models import File
from alongside.importers import bringing_in, jobs, taking_out
from alongside.importers.jobs import bring_in, go_on
from alongside.importers.models import DONE, LEFT, UNDOING, UNDONE
from alongside.importers.reading import rows
from alongside.importers.tests.bringing import carried_out, shown, taken_back, upload
from alongside.people import belongings
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

    def between(**how):
        pieces.append(1)
        if len(pieces) == 4:  # each row is one, too: after the first piece
            assert beside(bring_in) == []
        return once(**how)

    monkeypatch.setattr(bringing_in, "once", between)
    bring_in()
    bringing.refresh_from_db()
    assert bringing.state == DONE and bringing.counts() == {"created": 7}


def test_the_job_that_goes_on_after_a_crash_waits_for_the_one_that_works(desk):
    bring_in.defer()
    go_on.defer(timestamp=0)
    locks = ProcrastinateJob.objects.filter(task_name__startswith="importers.").values_list("lock", flat=True)
    assert len(locks) == 2 and len(set(locks)) == 1 and locks[0]


@pytest.fixture
def small(monkeypatch):
    """Pieces of two rows, one in each job."""
    monkeypatch.setattr(bringing_in, "BATCH", 2)
    monkeypatch.setattr(taking_out, "BATCH", 2)
    clock = iter(range(1_000_000))
    for module in (jobs, bringing_in, taking_out):
        monkeypatch.setattr(module, "monotonic", lambda: next(clock))
    monkeypatch.setattr(jobs, "STRETCH_SECONDS", 0.5)


def waiting() -> int:
    return ProcrastinateJob.objects.filter(task_name="importers.carry_out", status="todo").count()


def test_taking_back_is_a_job_in_pieces_that_shows_how_far_it_is_and_goes_on_by_itself(desk, small):
    bringing = upload(desk, PEOPLE)
    desk.post(f"/settings/imports/{bringing.id}/carrying-out")
    for _each in range(5):
        bring_in()
    ProcrastinateJob.objects.all().delete()
    desk.post(f"/settings/imports/{bringing.id}/undoing")
    assert Person.objects.filter(full_name__startswith="Nova").count() == 7 and waiting() == 1
    assert "0 of 7" in shown(desk, bringing)
    ProcrastinateJob.objects.all().delete()
    bring_in()
    page = shown(desk, bringing)
    assert "2 of 7" in page and "data-live-topic-value" in page and "Take it back" not in page
    assert Person.objects.filter(full_name__startswith="Nova").count() == 5 and waiting() == 1
    for _each in range(3):
        bring_in()
    bringing.refresh_from_db()
    assert bringing.state == UNDONE and not Person.objects.filter(full_name__startswith="Nova").exists()


def test_what_is_being_taken_back_is_neither_begun_nor_taken_back_again(desk):
    bringing = carried_out(desk, PEOPLE)
    desk.post(f"/settings/imports/{bringing.id}/undoing")
    for act in ("carrying-out", "undoing"):
        desk.post(f"/settings/imports/{bringing.id}/{act}")
        bringing.refresh_from_db()
        assert bringing.state == UNDOING
    bring_in()
    for act in ("carrying-out", "undoing"):
        desk.post(f"/settings/imports/{bringing.id}/{act}")
        bringing.refresh_from_db()
        assert bringing.state == UNDONE


@pytest.mark.django_db(transaction=True)
def test_two_who_take_back_at_once_do_not_hinder_each_other(desk, monkeypatch):
    bringing = carried_out(desk, PEOPLE)
    take, raised = taking_out._take_all_out, []

    def meanwhile(batch):
        raised.extend(beside(bring_in))
        take(batch)

    monkeypatch.setattr(taking_out, "_take_all_out", meanwhile)
    taken_back(desk, bringing)
    assert raised == [] and not Person.objects.filter(full_name__startswith="Nova").exists()


def test_whoever_stays_is_told_on_the_page_and_the_others_go(desk, cafe):
    bringing = carried_out(desk, PEOPLE)
    nova = Person.objects.get(full_name="Nova Number3")
    Conversation.objects.create(inbox=cafe, person=nova, subject="Hello", newest_id=0)
    taken_back(desk, bringing)
    assert Person.objects.filter(full_name__startswith="Nova").get() == nova
    assert bringing.rows.get(person=nova).outcome == LEFT
    assert "1 person stays, because something happened with them since." in shown(desk, bringing)


def test_whoever_came_early_and_lived_before_the_last_came_stays(desk, small, owner):
    bringing = upload(desk, PEOPLE)
    desk.post(f"/settings/imports/{bringing.id}/carrying-out")
    bring_in()
    early = bringing.rows.order_by("line").first().person
    early.reach_at("phone", "0161 777", by=owner.person)
    for _each in range(5):
        bring_in()
    bringing.refresh_from_db()
    desk.post(f"/settings/imports/{bringing.id}/undoing")
    for _each in range(5):
        bring_in()
    assert Person.objects.filter(full_name__startswith="Nova").get() == early


def test_the_page_says_how_many_of_how_many_are_in(desk, small):
    bringing = upload(desk, "Name,E-Mail\n" + "".join(f"Nova N{n},nova{n}@nova.example\n" for n in range(1200)))
    desk.post(f"/settings/imports/{bringing.id}/carrying-out")
    bring_in()
    assert "2 of 1,200" in shown(desk, bringing)


def test_an_import_that_runs_can_be_stopped_and_gone_on_with(desk, small):
    bringing = upload(desk, PEOPLE)
    desk.post(f"/settings/imports/{bringing.id}/carrying-out")
    bring_in()
    assert "Stop it" in shown(desk, bringing)
    desk.post(f"/settings/imports/{bringing.id}/stopping")
    bring_in()
    page = shown(desk, bringing)
    assert "2 of 7" in page and "Go on" in page and "Take it back" in page and "Stop it" not in page
    assert Person.objects.filter(full_name__startswith="Nova").count() == 2
    desk.post(f"/settings/imports/{bringing.id}/carrying-out")
    for _each in range(4):
        bring_in()
    bringing.refresh_from_db()
    assert bringing.state == DONE and bringing.counts() == {"created": 7} and bringing.file is None


def test_an_import_that_was_stopped_can_be_taken_back_and_its_file_goes(desk, small):
    bringing = upload(desk, PEOPLE)
    desk.post(f"/settings/imports/{bringing.id}/carrying-out")
    bring_in()
    desk.post(f"/settings/imports/{bringing.id}/stopping")
    desk.post(f"/settings/imports/{bringing.id}/undoing")
    for _each in range(2):
        bring_in()
    bringing.refresh_from_db()
    assert bringing.state == UNDONE and not Person.objects.filter(full_name__startswith="Nova").exists()
    assert not File.objects.exists()


def test_the_file_of_a_stopped_import_goes_when_somebody_is_forgotten(desk, small):
    bringing = upload(desk, PEOPLE)
    desk.post(f"/settings/imports/{bringing.id}/carrying-out")
    bring_in()
    desk.post(f"/settings/imports/{bringing.id}/stopping")
    belongings.named("imports").erase([bringing.rows.order_by("line").first().person_id], belongings.DELETE)
    desk.post(f"/settings/imports/{bringing.id}/carrying-out")
    bringing.refresh_from_db()
    assert bringing.state == DONE and not File.objects.exists()


def test_what_a_row_costs(desk, django_assert_max_num_queries):
    bringing = carried_out(desk, PEOPLE)
    more = upload(desk, "Name,E-Mail,Phone,Ort\n" + "".join(
        f"Vera N{n},vera{n}@vera.example,0161 {n:04},Leeds\n" for n in range(25)))
    more.begin()
    more.refresh_from_db()
    every = list(rows(more, more.file.read()))
    with django_assert_max_num_queries(28 * len(every) + 10):
        bringing_in._take_all(more, every)
    assert more.counts() == {"created": 25} and bringing.counts() == {"created": 7}
