"""Bad input at the socket: refused in words or closed, the others go on, and nothing stays that breaks the page."""

import time

import pytest
from pycrdt import Doc, Text

from alongside.booths.models import Update
from alongside.booths.syncing import limits, socket, taking
from alongside.booths.syncing.protocol import answering, asking, changing, number
from alongside.booths.syncing.words import NOT_READ, PAGE_FULL, TOO_LONG, TOO_MUCH, UNREADABLE
from alongside.lib.tests.serving import eventually


def struct(content: bytes, info: int, client: int = 5, clock: int = 0) -> bytes:
    """An update with one item in the goal."""
    return b"\x01\x01" + number(client) + number(clock) + bytes([info]) + b"\x01\x04goal" + content + b"\x00"


def words(client: int, clock: int = 0, text: bytes = b"x") -> bytes:
    """An update by which `client` writes at `clock`."""
    return struct(number(len(text)) + text, 4, client, clock)


# It is read by the library and crashes it, or is read by the library and not by browsers, or by neither.
UNREADABLE_UPDATES = {
    "nothing": b"",
    "cut off": b"\x01\x01\x05",
    "a number without an end": b"\xff" * 40,
    "half a letter": struct(b"\x02\xff\xfe", 4),
    "lists in lists": struct(b"\x01" + b"\x75\x01" * 400_000 + b"\x7e", 8),
    "a list of a thousand million": struct(b"\x01\x75" + number(2**30), 8),
    "an object that is a prototype": struct(b"\x01\x76\x01\x09__proto__\x7e", 8),
    "a number that JSON does not know": struct(b"\x01\x7a" + bytes(8), 8),
    "a document in the document": struct(b"\x01g\x76\x00", 9),
    "a kind that nobody knows": struct(b"\x00" * 5, 11),
    "a text of no length": struct(b"\x00", 4),
    "more than there is": b"\x01" + number(2**40) + b"\x05\x00",
    "a deletion beyond all": b"\x00\x01\x05\x01" + number(2**32) + number(2**32),
    "something behind it": b"\x00\x00\x00",
}


@pytest.mark.parametrize("update", UNREADABLE_UPDATES.values(), ids=UNREADABLE_UPDATES)
def test_an_update_that_cannot_be_read_is_put_aside(open_device, booth, update):
    bad, good = open_device(), open_device()
    bad.send(changing(update))
    assert bad.closed() == UNREADABLE
    assert bad.client.said == [str(NOT_READ)]
    good.write("goes on")
    eventually(lambda: open_device().goal == "goes on")
    aside = Update.objects.filter(booth=booth, refused=True)
    assert [bytes(each.data) for each in aside] == ([update] if len(update) < socket.LARGE else [])


FRAMES = [b"", b"\x00", b"\x00\x09", b"\x00\x02\xff", b"\xff" * 30, b"\x01\xff\xff", b"\x00\x00\x01\x05",
          b"\x01\x05\x01\x05\x01\x09{"]


@pytest.mark.parametrize("frame", FRAMES, ids=bytes.hex)
def test_frames_that_mean_nothing_close_the_line_of_whoever_sends_them(open_device, frame):
    bad, good = open_device(), open_device()
    bad.send(frame)
    assert bad.closed() == UNREADABLE
    good.write("goes on")
    eventually(lambda: open_device().goal == "goes on")


def test_text_closes_the_line_and_unknown_kinds_do_not(open_device):
    device = open_device()
    device.send(b"\x4d\x01\x02")
    device.send(b"\x02\x00")
    device.write("goes on")
    eventually(lambda: open_device().goal == "goes on")
    device.send("text")
    assert device.closed() == UNREADABLE


def test_a_frame_of_a_hundred_megabytes_is_not_read(open_device):
    bad, good = open_device(), open_device()
    bad.send(changing(bytes(100 * 1024 * 1024)))
    assert bad.closed() == 1009
    good.write("goes on")
    eventually(lambda: open_device().goal == "goes on")


def test_a_change_of_more_than_a_megabyte_is_refused_in_words(open_device, booth):
    device = open_device()
    device.write("a" * (limits.MOST_UPDATE + 1))
    assert device.closed() == TOO_MUCH
    assert device.client.said == [str(TOO_LONG)]
    assert not Update.objects.filter(booth=booth).exists()


def test_a_page_that_is_full_takes_things_out_and_nothing_in(open_device, booth, monkeypatch):
    monkeypatch.setattr(taking, "MOST_DOCUMENT", 3_000)
    device, other = open_device(), open_device()
    device.write("a" * 2_500)
    eventually(lambda: len(other.goal) == 2_500)
    device.write("b" * 1_000)
    assert device.closed() == TOO_MUCH
    assert device.client.said == [str(PAGE_FULL)]
    other.take_out(0, 2_000)
    eventually(lambda: len(open_device().goal) == 500)


def test_parts_in_parts_have_an_end(open_device, monkeypatch):
    monkeypatch.setattr(taking, "MOST_PARTS", 20)
    device = open_device()
    for _ in range(12):
        device.note("a paragraph")
    assert device.closed() == TOO_MUCH


def test_a_million_small_changes_do_not_hold_up_the_others(open_device, booth):
    flood, ours, theirs = open_device(), open_device(), open_device()
    doc, frames = Doc(), []
    doc.observe(lambda event: frames.append(changing(event.update)))
    text = doc.get("goal", type=Text)
    for _ in range(1_000):
        text.insert(0, "x")
    flood.send_all(frames * 30)  # 30,000 frames, nearly all of which say nothing new
    waited = []
    for round in range(20):
        began = time.monotonic()
        ours.write("o")
        eventually(lambda: theirs.goal.count("o") == round + 1)  # noqa: B023 called at once
        waited.append(time.monotonic() - began)
    assert sorted(waited)[10] < 1
    eventually(lambda: theirs.goal.count("x") == 1_000)
    flood.cut()


def test_a_flood_of_questions_waits_in_its_own_line(open_device):
    flood, ours, theirs = open_device(), open_device(), open_device()
    flood.send_all([asking(b"\x00")] * 5_000)
    ours.write("prompt")
    eventually(lambda: theirs.goal == "prompt", 5)
    flood.cut()


def test_nobody_writes_in_the_name_of_somebody_who_is_here(open_device, guest, booth):
    victim, forger = open_device(guest("Ryan")), open_device(guest("Staff ✓"))
    victim.write("mine")
    eventually(lambda: forger.goal == "mine")
    forger.send(changing(words(victim.id, clock=4, text=b" is a lie")))
    forger.write("!")
    victim.write(" own")
    eventually(lambda: "own" in forger.goal and "!" in victim.goal)
    assert "lie" not in victim.goal
    assert not Update.objects.filter(booth=booth, data__contains=b"lie").exists()


def test_the_number_of_whoever_is_here_is_theirs_before_they_write(open_device, guest):
    victim, forger = open_device(guest("Ryan")), open_device(guest("Mallory"))
    victim.be({"cursor": 1})
    eventually(lambda: forger.sees(victim))
    forger.send(changing(words(victim.id, text=b"a lie")))
    victim.write("true")
    eventually(lambda: forger.goal == "true")


def test_what_somebody_brings_who_came_back_as_another_guest_is_taken(open_device, guest):
    before = open_device(guest("Ryan"))
    before.write("before ")
    other = open_device(guest("Lena"))
    eventually(lambda: other.goal == "before ")
    before.leave()
    before.write("offline ")
    again = open_device(guest("Ryan again"))
    again.send(answering(before.loop.call(before.client.doc.get_update)))
    eventually(lambda: other.goal == "before offline ")


def test_words_of_the_house_are_nobodys(open_device, server, devices, lena, guest):
    from alongside.booths.models import Booth
    from alongside.booths.syncing.tests.conftest import Guest

    booth = Booth.open(by=lena.person, goal="As it was agreed")
    device = devices.device(server.port, booth.code, Guest(booth, lena.person, "Ryan").session).open()
    device.send(changing(words(1, clock=16, text=b" not")))
    device.write("!")
    eventually(lambda: Update.objects.filter(booth=booth).count() == 2)
    again = devices.device(server.port, booth.code, Guest(booth, lena.person, "Austin").session).open()
    assert again.goal == "As it was agreed!"


def test_a_state_that_counts_to_no_end_is_not_answered(open_device):
    device = open_device()
    device.send(asking(number(2**40)))
    assert device.closed() == UNREADABLE


def test_a_page_takes_so_many_tabs_of_one_and_no_more(open_device, guest, monkeypatch):
    from alongside.booths.syncing import room

    monkeypatch.setattr(room, "MOST_TABS", 2)
    ryan = guest()
    tabs = [open_device(ryan), open_device(ryan)]
    third = tabs[0].loop.device(tabs[0].port, tabs[0].code, ryan.session).connect()
    assert third.closed() == TOO_MUCH
    assert all(tab.is_connected for tab in tabs)


def test_a_reader_who_does_not_read_is_let_go(open_device, guest, monkeypatch, server):
    from alongside.booths.syncing import connection

    monkeypatch.setattr(connection, "UNREAD_BYTES", 3_000_000)
    ours = open_device()
    lazy = open_device(guest("asleep"))
    lazy.stop_reading()
    for _ in range(120):
        ours.write("a" * 100_000)
    eventually(lambda: _connected(server) == 1, 30)
    assert ours.is_connected
    lazy.cut()


def _connected(server) -> int:
    from alongside.booths.syncing.rooms import ROOMS

    return sum(len(room.connections) for room in ROOMS.by_id.values())
