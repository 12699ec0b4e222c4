"""Several devices at one page: they see the same, whoever writes, comes late, goes offline or comes back."""

import time

from alongside.booths.models import Hand, Update
from alongside.lib.tests.serving import eventually


def test_two_devices_see_the_same(open_device, guest):
    ours, theirs = open_device(guest("Lena's phone")), open_device(guest("Ryan"))
    ours.write("A better ")
    eventually(lambda: theirs.goal == "A better ")
    theirs.write("Sunday ☕ für Österreich")
    eventually(lambda: ours.goal == "A better Sunday ☕ für Österreich")
    ours.note("Bring the 🥩")
    theirs.draw("1-1", {"kind": "stroke", "points": [1, 2, 50, 3, 4, 60]})
    eventually(lambda: "🥩" in theirs.notes and ours.sketch == theirs.sketch != {})


def test_words_of_any_length_come_whole_and_in_order(open_device):
    ours, theirs = open_device(), open_device()
    for length in (1, 90, 130, 60_000, 70_000, 200_000):
        ours.write("x" * length, at=0)
        ours.write(f"{length} ", at=0)
    eventually(lambda: theirs.goal == ours.goal)
    assert theirs.goal.startswith("200000 xxx")


def test_three_who_write_at_the_same_place_end_with_the_same(open_device):
    devices = [open_device() for _ in range(3)]
    for number in range(40):
        for place, device in enumerate(devices):
            device.write("abc"[place], at=0)
            if number % 10 == place:
                device.take_out(0, 1)
    eventually(lambda: len({device.goal for device in devices}) == 1)
    assert 120 - 12 <= len(devices[0].goal) < 120  # two may have taken out the same letter


def test_whoever_comes_later_sees_all(open_device, booth):
    first = open_device()
    for number in range(30):
        first.write(f"{number} ")
    eventually(lambda: Update.objects.filter(booth=booth).exists())
    eventually(lambda: open_device().goal == first.goal, 20)


def test_what_was_done_offline_on_both_sides_comes_together(open_device):
    ours, theirs = open_device(), open_device()
    ours.write("Hello ")
    eventually(lambda: theirs.goal == "Hello ")
    ours.leave()
    theirs.leave()
    ours.write("from us ")
    theirs.write("from them ")
    theirs.take_out(0, 5)
    ours.open()
    theirs.open()
    eventually(lambda: ours.goal == theirs.goal and "us" in ours.goal and "them" in ours.goal)
    assert "Hello" not in ours.goal


def test_a_device_that_brings_nothing_new_writes_nothing(open_device, booth):
    device = open_device()
    device.write("some words")
    device.take_out(0, 4)
    eventually(lambda: Update.objects.filter(booth=booth).count())
    time.sleep(0.2)
    number = Update.objects.filter(booth=booth).count()
    for _ in range(3):
        device.leave()
        device.open()
    device.write("!")
    eventually(lambda: Update.objects.filter(booth=booth).count() > number)
    assert Update.objects.filter(booth=booth).count() == number + 1


def test_what_comes_back_to_its_writer_is_kept(open_device, booth):
    device, heard = open_device(), []
    device.client.on_update = heard.append
    device.write("kept")
    eventually(lambda: heard)
    assert Update.objects.filter(booth=booth).count() == 1


def test_it_is_known_whose_device_wrote(open_device, guest, booth):
    ryan = guest("Ryan")
    device = open_device(ryan)
    device.write("mine")
    eventually(lambda: Hand.objects.filter(booth=booth).exists())
    hand = Hand.objects.get(booth=booth)
    assert (hand.client, hand.by) == (device.id, ryan.participant)
    assert Update.objects.get(booth=booth).by == ryan.participant


def test_many_changes_at_once_arrive_whole(open_device):
    ours, theirs = open_device(), open_device()
    for number in range(2000):
        ours.write(str(number % 10))
    eventually(lambda: len(theirs.goal) == 2000)
    assert theirs.goal == ours.goal


def test_a_frame_that_is_lost_is_asked_for_again(server, devices, booth, guest):
    lost = []

    def passes(frame):
        drop = frame[:2] == b"\x00\x02" and not lost and b"two" in frame
        lost.extend([frame] if drop else [])
        return not drop

    ours = devices.device(server.port, booth.code, guest().session, passes=passes).open()
    theirs = devices.device(server.port, booth.code, guest().session).open()
    for words in ("one ", "two ", "three "):
        ours.write(words)
    eventually(lambda: theirs.goal == "one two three ")
    assert lost


def test_a_page_of_ours_is_known_by_its_cookie(server, devices, booth, cookie, lena):
    origin = f"http://127.0.0.1:{server.port}"
    device = devices.device(server.port, booth.code, Cookie=cookie(lena), Origin=origin).open()
    device.write("by a member")
    eventually(lambda: Update.objects.filter(booth=booth).exists())
    assert Update.objects.get(booth=booth).by.member == lena


def test_the_address_below_the_api_is_the_same_page(open_device, server, devices, booth, guest):
    ours = open_device()
    theirs = devices.device(server.port, booth.code, guest().session, path="/api/v1/booths").open()
    theirs.write("by any client")
    eventually(lambda: ours.goal == "by any client")
