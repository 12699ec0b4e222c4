"""What a forgotten person leaves in the database's own files goes in the night after; samples of it go at once."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.members.models import Organisation
from alongside.people.models import Person
from alongside.portal import cli, erasing, jobs, wiping
from alongside.portal.models import Erasure

WORD = "zanzarqua"


@pytest.fixture(autouse=True)
def _quickly(settings, tmp_path, monkeypatch):
    settings.ALONGSIDE_HOME = tmp_path
    monkeypatch.setattr(wiping, "WAIT", "100ms")
    monkeypatch.setattr(wiping, "PAUSE", 0.01)


@pytest.fixture
def forgotten(transactional_db):
    """Somebody about whom the planner took samples, and who was forgotten since."""
    person = Person.meet(called=WORD, full_name=f"Ada {WORD}", email=f"{WORD}@hallam.example")
    Person.meet(called="Joe", full_name="Joe Hallam", email="joe@hallam.example")  # or the tables were empty
    wiping.sample_anew()
    assert sampled()
    erasing.erase(person, "delete", by=None)
    return Erasure.objects.get()


def sampled() -> bool:
    """Whether the planner's samples show the word."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_stats s WHERE s::text ILIKE %s)", [f"%{WORD}%"])
        return cursor.fetchone()[0]


def files_of(table) -> str:
    """The file in which a table lies: another one once it was written anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filepath(%s)", [table])
        return cursor.fetchone()[0]


def test_forgetting_has_the_samples_taken_anew(forgotten):
    assert ProcrastinateJob.objects.filter(task_name="portal.sample_anew").exists()
    jobs.sample_anew()
    assert not sampled()


def test_every_table_with_words_is_written_anew_and_the_erasing_is_marked(forgotten):
    before = files_of("people_person"), files_of("files_chunk"), files_of("events_event")
    done = wiping.wipe()
    assert not done.failed and not done.too_large and "conversations_message" in done.written
    after = files_of("people_person"), files_of("files_chunk"), files_of("events_event")
    assert before[0] != after[0] and before[1] != after[1] and before[2] == after[2]
    assert not sampled() and not wiping.is_due()
    forgotten.refresh_from_db()
    assert forgotten.wiped_at


def test_a_table_in_use_is_left_for_the_next_night(forgotten):
    asked = {name: value for name, value in connection.get_connection_params().items()
             if name in ("host", "port", "user", "password", "dbname")}
    with psycopg.connect(**asked) as elsewhere:
        elsewhere.execute("SELECT 1 FROM people_person")
        done = wiping.wipe()
        assert list(done.failed) == ["people_person"] and wiping.is_due()
    assert not wiping.wipe().failed and not wiping.is_due()


def test_a_large_table_waits_for_somebody_to_say_so(forgotten, capsys, monkeypatch):
    monkeypatch.setattr(wiping, "LARGEST", 0)
    done = wiping.wipe()
    assert "people_person" in done.too_large and "people_person" not in done.written
    assert "files_chunk" in done.written
    assert cli.wipe(["--all"]) == 0
    assert "tables were written anew" in capsys.readouterr().out


def test_the_command_says_when_there_is_nothing_to_do(transactional_db, capsys):
    assert cli.wipe([]) == 0
    assert "Nobody was forgotten" in capsys.readouterr().out


@pytest.mark.parametrize("zone, hour, night", [("UTC", 3, True), ("UTC", 12, False), ("America/New_York", 8, True),
                                               ("America/New_York", 3, False)])
def test_the_night_is_that_of_the_house(db, monkeypatch, zone, hour, night):
    house = Organisation.ours()
    house.zone = zone
    house.save()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 1, 15, hour, 47, tzinfo=UTC))
    assert wiping.is_night() is night


def test_by_day_and_when_nobody_was_forgotten_nothing_is_closed(db, monkeypatch):
    closed = []
    monkeypatch.setattr(wiping, "wipe", lambda: closed.append(1))
    for night, due in ((True, False), (False, True)):
        monkeypatch.setattr(wiping, "is_night", lambda night=night: night)
        monkeypatch.setattr(wiping, "is_due", lambda due=due: due)
        jobs.wipe(0)
    assert closed == []
    monkeypatch.setattr(wiping, "is_night", lambda: True)
    jobs.wipe(0)
    assert closed == [1]
