"""Whoever is forgotten: their words are nowhere in the document, whoever has the page open, and others' words stay."""

import pytest
from django.db import transaction

from alongside.booths.models import Booth, Hand, Snapshot, Update
from alongside.booths.models.update import KEPT
from alongside.booths.syncing import reading, store, versions
from alongside.booths.syncing.document import opened
from alongside.booths.syncing.rooms import ROOMS
from alongside.booths.syncing.words import NO_SEAT
from alongside.lib.tests.process import process
from alongside.lib.tests.serving import eventually
from alongside.people import belongings
from alongside.people.belongings import DELETE

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "umbrella"


def forget(person) -> None:
    """As whoever forgets a person does it."""
    belongings.named("booth_seats").erase([person.id], DELETE)


def rows_with(words: str) -> list[str]:
    """The tables of the document in which these words stand."""
    rows = [(model.__name__, bytes(data)) for model in (Update, Snapshot)
            for data in model.objects.values_list("data", flat=True)]
    assert rows
    return sorted({name for name, data in rows if words.encode() in data})


@pytest.fixture
def joe_sits(guest, joe, lena):
    """Joe, of whom a member said who he is, on the page of Ryan's booth."""
    sits = guest("Joe")
    sits.participant.is_known_as(joe, by=lena.person)
    return sits


def write_all(device) -> None:
    """A word in every part of the document."""
    device.write(f"My {SECRET}. ")
    device.note(f"the {SECRET}")
    device.draw("1", {"kind": "text", "words": SECRET})
    device.mark(f"https://{SECRET}.example")


def test_what_they_wrote_and_drew_is_gone_from_rows_versions_and_open_pages(open_device, guest, booth, joe, joe_sits):
    theirs, ours = open_device(joe_sits), open_device(guest("Lena"))
    ours.note("linked")
    eventually(lambda: "linked" in theirs.notes)
    write_all(theirs)
    eventually(lambda: "1" in ours.sketch and SECRET in ours.goal and "href" in ours.notes)
    kept = versions.keep(booth)
    ours.write("Our plan.")
    ours.draw("2", {"kind": "text", "words": "plan"})
    eventually(lambda: SECRET in Booth.objects.get(id=booth.id).goal and "2" in theirs.sketch)
    theirs.write(f"Again the {SECRET}. ")
    eventually(lambda: "Again" in ours.goal)
    assert rows_with(SECRET) == ["Snapshot", "Update"]
    forget(joe)
    assert rows_with(SECRET) == []
    assert theirs.closed() == NO_SEAT
    eventually(lambda: ours.goal == "Our plan." and list(ours.sketch) == ["2"])
    assert SECRET not in ours.notes and "linked" in ours.notes
    held = ROOMS.by_id[booth.id].held
    eventually(lambda: held.page.goal() == "Our plan." and not held.known)
    assert SECRET.encode() not in held.page.whole()
    assert Booth.objects.get(id=booth.id).goal == "Our plan."
    assert "linked" in str(reading.read(booth, version=kept.id)) and kept.why == KEPT
    ours.write(" And on.")
    eventually(lambda: open_device().goal == "Our plan. And on.")


def test_whoever_slept_meanwhile_brings_their_own_words_and_none_of_theirs(open_device, guest, booth, joe, joe_sits):
    theirs, ours = open_device(joe_sits), open_device(guest("Lena"))
    write_all(theirs)
    eventually(lambda: "1" in ours.sketch and "href" in ours.notes and SECRET in ours.goal)
    before = opened(store.whole(booth.id).parts).page.whole()
    ours.leave()
    ours.write("typed in the train", at=5)
    forget(joe)
    ours.open()
    eventually(lambda: ours.goal == "typed in the train" and not ours.sketch and SECRET not in ours.notes)
    late = open_device()
    late.loop.call(lambda: late.client.change(before))  # a copy that somebody kept: nothing in it is news
    eventually(lambda: late.goal == "typed in the train")
    assert rows_with(SECRET) == []


def test_a_page_that_another_process_holds_lets_go_too(server, devices, booth, guest, joe, joe_sits):
    with process() as other:
        here = devices.device(server.port, booth.code, guest("Lena").session).open()
        there = devices.device(other.port, booth.code, guest("Ryan").session).open()
        theirs = devices.device(other.port, booth.code, joe_sits.session).open()
        write_all(theirs)
        eventually(lambda: SECRET in here.goal and SECRET in there.goal and "1" in here.sketch)
        forget(joe)
        for device in (here, there):
            eventually(lambda device=device: not device.goal and not device.sketch and SECRET not in device.notes)
        late = devices.device(other.port, booth.code, guest("Late").session).open()
        assert not late.goal and SECRET not in late.notes
        there.write("on")
        eventually(lambda: here.goal == late.goal == Booth.objects.get(id=booth.id).goal == "on")
    assert rows_with(SECRET) == []


def test_what_they_type_in_that_very_moment_is_not_kept(open_device, guest, booth, joe, joe_sits):
    theirs, ours = open_device(joe_sits), open_device(guest("Lena"))
    theirs.write("before. ")
    eventually(lambda: ours.goal == "before. ")
    with transaction.atomic():
        forget(joe)
        theirs.write(f"an {SECRET}")
        eventually(lambda: theirs.client.close_code is not None or not ROOMS.by_id[booth.id].waiting)
    theirs.write(f"another {SECRET}")
    theirs.closed()
    eventually(lambda: ours.goal == "")
    ours.write("!")
    eventually(lambda: Update.objects.filter(booth=booth).exists())
    assert rows_with(SECRET) == [] and ours.goal == "!"


def test_forgetting_that_failed_half_way_took_nothing_out(open_device, guest, booth, joe, joe_sits):
    theirs = open_device(joe_sits)
    write_all(theirs)
    eventually(lambda: Update.objects.filter(booth=booth).exists() and "1" in open_device().sketch)
    with pytest.raises(RuntimeError), transaction.atomic():
        forget(joe)
        raise RuntimeError
    assert SECRET in open_device().goal and SECRET in theirs.goal and theirs.is_connected
    assert SECRET in reading.read(booth).goal and Hand.objects.filter(by=joe_sits.participant).exists()


def test_a_version_that_nobody_can_read_goes(open_device, guest, booth, joe, joe_sits):
    Snapshot.objects.create(booth=booth, data=b"broken", why=KEPT)
    good = Snapshot.objects.create(booth=booth, data=b"\x00\x00", why=KEPT)
    theirs = open_device(joe_sits)
    theirs.write(SECRET)
    eventually(lambda: Update.objects.filter(booth=booth).exists())
    forget(joe)
    assert rows_with(SECRET) == [] and not Snapshot.objects.filter(data=b"broken").exists()
    assert Snapshot.objects.filter(id=good.id).exists()
