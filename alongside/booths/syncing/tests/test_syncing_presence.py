"""Who is here, as the server tells it: nobody is who they say they are, and whoever leaves is gone."""

import time

from alongside.booths.models import Participant
from alongside.booths.syncing import protocol
from alongside.lib.tests.serving import eventually


def test_others_see_where_one_looks_and_who_one_is(open_device, guest, booth, lena):
    ryan = guest("Ryan")
    ours, theirs = open_device(guest("Lena")), open_device(ryan)
    theirs.be({"pointer": {"pane": "notes", "x": 3, "y": 4}})
    eventually(lambda: ours.sees(theirs))
    assert ours.sees(theirs) == {
        "pointer": {"pane": "notes", "x": 3, "y": 4},
        "user": {"id": ryan.participant.id, "name": "Ryan", "side": "yours"},
    }
    assert theirs.sees(theirs) is None  # what one did since is not undone by an echo


def test_a_forged_name_is_replaced_by_the_true_one(open_device, guest):
    ours, theirs = open_device(), open_device(guest("Mallory"))
    theirs.be({"user": {"id": 1, "name": "Staff ✓", "side": "ours"}})
    eventually(lambda: ours.sees(theirs))
    assert ours.sees(theirs)["user"]["name"] == "Mallory"
    assert ours.sees(theirs)["user"]["side"] == "yours"


def test_a_member_is_told_apart_from_a_guest(server, devices, booth, open_device, cookie, lena):
    member = devices.device(server.port, booth.code, Cookie=cookie(lena), Origin=f"http://127.0.0.1:{server.port}").open()
    theirs = open_device()
    member.be({"cursor": 1})
    eventually(lambda: theirs.sees(member))
    assert theirs.sees(member)["user"] == {
        "id": Participant.objects.get(member=lena).id, "name": "Lena", "side": "ours"}


def test_nobody_speaks_for_another_or_sends_them_away(open_device, guest):
    ours, theirs, forger = open_device(guest("Lena")), open_device(guest("Ryan")), open_device(guest("Mallory"))
    theirs.be({"cursor": 1})
    eventually(lambda: ours.sees(theirs) and forger.sees(theirs))
    forger.be({"cursor": 666}, clock=10**9, client=theirs.id)
    forger.be(None, clock=10**9, client=theirs.id)
    forger.be({"cursor": 2})
    eventually(lambda: ours.sees(forger))
    assert ours.sees(theirs)["cursor"] == 1


def test_one_who_speaks_for_many_is_heard_for_a_few(open_device, guest):
    ours, theirs = open_device(), open_device(guest("Crowd"))
    for number in range(20):
        theirs.be({"cursor": number}, client=1000 + number)
    theirs.write("done")
    eventually(lambda: ours.goal == "done")
    time.sleep(0.2)
    assert len([client for client in ours.client.devices if client >= 1000]) == 5


def test_whoever_leaves_or_is_cut_off_is_gone(open_device):
    ours, polite, lost = open_device(), open_device(), open_device()
    polite.be({"cursor": 1})
    lost.be({"cursor": 2})
    eventually(lambda: ours.sees(polite) and ours.sees(lost))
    polite.leave()
    lost.cut()
    eventually(lambda: ours.sees(polite) is None and ours.sees(lost) is None)


def test_whoever_comes_back_is_seen_at_once(open_device):
    ours, theirs = open_device(), open_device()
    theirs.be({"cursor": 1}, clock=7)
    eventually(lambda: ours.sees(theirs))
    theirs.leave()
    eventually(lambda: ours.sees(theirs) is None)
    theirs.open()
    theirs.be({"cursor": 1}, clock=7)
    eventually(lambda: (ours.sees(theirs) or {}).get("cursor") == 1)


def test_a_line_that_died_silently_does_not_hold_the_place_of_the_new_one(open_device, guest, devices, server, booth):
    ryan = guest("Ryan")
    ours, dead = open_device(), open_device(ryan)
    dead.be({"cursor": 1}, clock=3)
    eventually(lambda: ours.sees(dead))
    again = open_device(ryan)
    again.be({"cursor": 2}, clock=4, client=dead.id)
    eventually(lambda: (ours.sees(dead) or {}).get("cursor") == 2)
    dead.cut()
    time.sleep(0.3)
    assert ours.sees(dead)["cursor"] == 2


def test_whoever_comes_later_is_told_who_is_here_and_whoever_asks_again(open_device):
    first = open_device()
    first.be({"cursor": 1})
    later = open_device()
    eventually(lambda: later.sees(first))
    later.client.devices.clear()
    later.send(bytes([protocol.WHO_IS_HERE]))
    eventually(lambda: later.sees(first))


def test_a_new_name_is_seen(open_device, guest):
    ryan = guest("Rian")
    ours, theirs = open_device(), open_device(ryan)
    theirs.be({"cursor": 1})
    eventually(lambda: ours.sees(theirs))
    ryan.participant.be_called("Ryan")
    eventually(lambda: ours.sees(theirs)["user"]["name"] == "Ryan", 5)
    assert ours.sees(theirs)["cursor"] == 1


def test_much_moving_is_told_a_few_times_a_second(open_device):
    ours, theirs = open_device(), open_device()
    frames, hear = [], ours.client._hear
    ours.client._hear = lambda frame: (frames.append(frame), hear(frame))
    for number in range(90):
        theirs.be({"cursor": number}, clock=number + 1)
    eventually(lambda: (ours.sees(theirs) or {}).get("cursor") == 89)
    assert len(frames) < 45


def test_a_page_that_asks_hears_which_part_of_the_table_changed(open_device, guest, booth, lena):
    from alongside.booths.models import ChatLine

    asks, does_not = open_device(query="rows=1"), open_device()
    ChatLine.say(booth, "Hello", by=guest().participant)
    eventually(lambda: "lines" in asks.client.rows)
    booth.end(by=lena.person)
    eventually(lambda: "booth" in asks.client.rows)
    assert does_not.client.rows == []
