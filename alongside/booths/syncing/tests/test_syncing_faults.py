"""What goes wrong on our side: killed servers, several of them, a database that is away or full. Nothing is lost."""

import signal
import time

import pytest
from django.db import connection
from pycrdt import Doc, Text

from alongside.booths.models import Participant, Update
from alongside.booths.syncing.protocol import changing
from alongside.booths.syncing.words import AWAY, DISK_FULL, NOT_READ, RESTARTING, TRY_AGAIN, UNREADABLE
from alongside.lib.tests.process import process
from alongside.lib.tests.serving import eventually

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_server_that_is_killed_twice_loses_nothing(devices, booth, guest):
    with process() as serving:
        ours = devices.device(serving.port, booth.code, guest().session).open()
        theirs = devices.device(serving.port, booth.code, guest().session).open()
        for round in range(2):
            for number in range(50):
                ours.write(f"[a{round}.{number}]")
                theirs.write(f"[b{round}.{number}]")
                if number == 25:
                    kept = Update.objects.count()
                    serving.end(signal.SIGKILL)
                    assert Update.objects.count() >= kept
            serving.again()
            ours.open()
            theirs.open()
            eventually(lambda: ours.goal == theirs.goal)
        late = devices.device(serving.port, booth.code, guest().session).open()
        assert late.goal == ours.goal == theirs.goal
    written = [f"[{who}{round}.{number}]" for who in "ab" for round in range(2) for number in range(50)]
    assert sorted(late.goal.replace("][", "]\n[").split("\n")) == sorted(written)


def test_two_servers_of_one_database_show_the_same(server, devices, booth, guest):
    with process() as other:
        here = devices.device(server.port, booth.code, guest("Lena").session).open()
        there = devices.device(other.port, booth.code, guest("Ryan").session).open()
        here.write("from here ")
        eventually(lambda: there.goal == "from here ")
        there.write("from there ")
        eventually(lambda: here.goal == "from here from there ")
        for number in range(100):
            here.write(str(number % 10), at=0)
            there.write("abcdefghij"[number % 10])
        eventually(lambda: here.goal == there.goal and len(here.goal) == 221)
        there.be({"cursor": 5})
        here.be({"cursor": 6})
        eventually(lambda: (here.sees(there) or {}).get("cursor") == 5 and (there.sees(here) or {}).get("cursor") == 6)
        assert here.sees(there)["user"]["name"] == "Ryan"
        there.leave()
        eventually(lambda: here.sees(there) is None)


def test_a_server_that_stops_closes_its_sockets_at_once_and_keeps_what_it_took(devices, booth, guest):
    with process() as serving:
        device = devices.device(serving.port, booth.code, guest().session).open()
        device.write("in time")
        eventually(lambda: Update.objects.exists())
        began = time.monotonic()
        serving.end(signal.SIGTERM)
        assert device.closed() == RESTARTING
        assert time.monotonic() - began < 10


def test_a_listening_line_that_was_cut_loses_nothing(server, devices, booth, guest):
    with process() as other:
        here = devices.device(server.port, booth.code, guest().session, query="rows=1").open()
        there = devices.device(other.port, booth.code, guest().session).open()
        for round in range(3):
            _cut("alongside listening")
            for number in range(20):
                here.write(f"{round}.{number} ")
                there.write(f"{round}:{number} ")
            eventually(lambda: here.goal == there.goal and here.goal.count(" ") == 40 * (round + 1))  # noqa: B023
        eventually(lambda: "lines" in here.client.rows)  # anything may have changed


def _cut(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s "
                       "AND datname = current_database()", [name])


def refuse_with(code: str) -> None:
    """Have the database refuse changes of documents with this SQLSTATE."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            CREATE OR REPLACE FUNCTION test_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'as a test wants it' USING ERRCODE = '{code}'; END $$;
            CREATE OR REPLACE TRIGGER test_refuse BEFORE INSERT ON booths_update EXECUTE FUNCTION test_refuse()""")


def refuse_no_more() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION IF EXISTS test_refuse CASCADE")


@pytest.fixture
def trouble():
    """Ends what `refuse_with` began."""
    yield refuse_with
    refuse_no_more()


@pytest.mark.parametrize("code, words", [("53100", DISK_FULL), ("57P01", AWAY), ("P0001", AWAY)])
def test_what_cannot_be_kept_is_not_told_and_comes_again(open_device, booth, trouble, code, words):
    ours, theirs = open_device(), open_device()
    ours.write("kept ")
    eventually(lambda: theirs.goal == "kept ")
    trouble(code)
    ours.write("for later ")
    assert ours.closed() == TRY_AGAIN
    assert ours.client.said == [str(words)]
    assert theirs.goal == "kept "
    refuse_no_more()
    theirs.open()
    ours.open()
    eventually(lambda: theirs.goal == "kept for later ")


def test_the_trouble_of_one_page_is_not_the_others(open_device, booth, lena, server, devices):
    from alongside.booths.models import Booth
    from alongside.booths.syncing.tests.conftest import Guest

    elsewhere = Booth.open(by=lena.person)
    ours = open_device()
    theirs = devices.device(server.port, elsewhere.code, Guest(elsewhere, lena.person, "Joe").session).open()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE booths_update ADD CONSTRAINT test_one CHECK (booth_id <> {booth.id})")
    try:
        ours.loop.call(lambda: [device.client.doc.get("goal", type=Text).insert(0, "x") for device in (ours, theirs)])
        assert ours.closed() == TRY_AGAIN
        eventually(lambda: Update.objects.filter(booth=elsewhere).exists())
        theirs.write("y")
        eventually(lambda: Update.objects.filter(booth=elsewhere).count() == 2)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE booths_update DROP CONSTRAINT test_one")


def test_a_database_connection_that_broke_is_made_anew(open_device, booth):
    device = open_device()
    device.write("one ")
    eventually(lambda: Update.objects.exists())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                       "AND pid <> pg_backend_pid() AND application_name <> 'alongside listening'")
    device.write("two ")
    eventually(lambda: open_device().goal == "one two ", 30)
    assert device.is_connected


# A text whose parent is a text: it is well formed, and the library takes half of it before it finds out.
HALF = b"\x01\x02\x05\x00\x04\x01\x04goal\x01x\x04\x00\x05\x00\x01x\x00"


def test_a_change_that_the_document_cannot_take_is_put_aside_and_the_page_lives(open_device, guest, booth):
    bad, good = open_device(guest("Mallory")), open_device(guest("Ryan"))
    good.write("before ")
    eventually(lambda: bad.goal == "before ")
    bad.send(changing(HALF))
    assert bad.closed() == UNREADABLE
    assert bad.client.said == [str(NOT_READ)]
    good.write("after")
    late = open_device()
    eventually(lambda: late.goal == "before after")
    assert [bytes(each.data) for each in Update.objects.filter(refused=True)] == [HALF]
    assert Update.objects.get(refused=True).by.name == "Mallory"


def test_a_page_that_holds_such_a_change_opens(open_device, booth, guest):
    doc = Doc()
    text = doc.get("goal", type=Text)
    text += "good"
    by = guest().participant
    Update.objects.create(booth=booth, by=by, data=HALF)
    Update.objects.create(booth=booth, by=by, data=doc.get_update())
    assert open_device().goal == "good"
    assert Update.objects.get(refused=True).booth == booth


def test_a_participant_who_is_just_being_deleted_stalls_nobody(open_device, guest, booth):
    from threading import Event, Thread

    from django.db import connections, transaction

    ryan = guest("Ryan")
    theirs, ours = open_device(ryan), open_device(guest("Lena"))
    held, over = Event(), Event()

    def delete():
        with transaction.atomic():
            Participant.objects.select_for_update().get(id=ryan.participant.id)
            held.set()
            over.wait(20)
        connections.close_all()

    thread = Thread(target=delete)
    thread.start()
    held.wait(10)
    theirs.write("waits ")
    ours.write("goes on ")
    eventually(lambda: Update.objects.filter(by__name="Lena").exists(), 5)
    over.set()
    thread.join(10)
    theirs.closed()
    theirs.open()
    eventually(lambda: "waits" in ours.goal and "goes on" in ours.goal)
