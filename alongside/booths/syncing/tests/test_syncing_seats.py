"""Who may sit at the socket of a booth, for how long, and what those may do who only look."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from alongside.booths.models import Booth, BoothLink, Update
from alongside.booths.syncing.words import LOOKING_ONLY, NO_BOOTH, NO_SEAT
from alongside.keys.models import Key
from alongside.lib.tests.serving import eventually


@pytest.fixture
def knock(server, devices, booth):
    """A function that knocks without being sure to be let in; returns the code with which the socket is closed."""

    def knocked(code=None, session="", **headers):
        return devices.device(server.port, code or booth.code, session, **headers).connect().closed()

    return knocked


def ours(server) -> str:
    return f"http://127.0.0.1:{server.port}"


def test_nobody_comes_in_without_a_seat(knock, server):
    assert knock() == NO_SEAT
    assert knock(session="nonsense") == NO_SEAT
    assert knock(Origin=ours(server)) == NO_SEAT


def test_without_an_origin_a_cookie_opens_nothing(knock, cookie, lena, guest):
    assert knock(Cookie=cookie(lena)) == NO_SEAT
    assert knock(Cookie=f"alongside_booth={guest().session}") == NO_SEAT


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1", "http://127.0.0.1.evil.example"])
def test_a_page_of_others_opens_nothing(knock, cookie, lena, guest, origin):
    assert knock(Cookie=cookie(lena), Origin=origin) == NO_SEAT
    assert knock(session=guest().session, Origin=origin) == NO_SEAT


def test_a_host_that_is_not_ours_is_no_origin_of_ours(knock, cookie, lena):
    assert knock(Cookie=cookie(lena), Host="evil.example", Origin="http://evil.example") == NO_SEAT


def test_a_guest_is_known_by_their_cookie_on_our_page(server, devices, booth, guest):
    cookie = f"alongside_booth={guest().session}"
    device = devices.device(server.port, booth.code, Cookie=cookie, Origin=ours(server)).open()
    device.write("hello")
    eventually(lambda: Update.objects.filter(booth=booth).exists())


def test_a_session_of_another_booth_opens_nothing_nor_says_whether_there_is_one(knock, guest, lena):
    other = Booth.open(by=lena.person)
    session = guest().session
    assert knock(other.code, session) == NO_BOOTH
    assert knock("there-is-none", session) == NO_BOOTH


def test_a_member_finds_no_booth_that_is_not_there(knock, cookie, lena, server):
    assert knock("there-is-none", Cookie=cookie(lena), Origin=ours(server)) == NO_BOOTH


def test_a_link_that_was_taken_back_ends_at_once_whoever_came_by_it(open_device, guest, lena):
    ryan, austin = guest("Ryan"), guest("Austin")
    out, stays = open_device(ryan), open_device(austin)
    ryan.link.revoke(by=lena.person)
    assert out.closed(5) == NO_SEAT
    assert out.connect().closed() == NO_SEAT
    stays.write("still here")
    assert stays.is_connected


def test_a_link_that_was_taken_back_stays_so_when_the_clock_is_set_back(open_device, guest, lena):
    ryan = guest("Ryan")
    out = open_device(ryan)
    ryan.link.revoke(by=lena.person)
    Key.objects.filter(id=ryan.link.key_id).update(revoked_at=timezone.now() + timedelta(days=1))
    assert out.closed(5) == NO_SEAT
    assert out.connect().closed() == NO_SEAT


def test_whoever_was_asked_out_is_out(open_device, guest, lena):
    ryan = guest()
    device = open_device(ryan)
    ryan.participant.remove(by=lena.person)
    assert device.closed(5) == NO_SEAT


@pytest.mark.parametrize("which", ["link", "session"])
def test_a_time_that_is_over_ends_it_without_a_word_from_anyone(open_device, guest, which):
    ryan = guest()
    device = open_device(ryan)
    key = ryan.link.key if which == "link" else ryan.participant.session
    Key.objects.filter(id=key.id).update(expires_at=timezone.now())
    assert device.closed(5) == NO_SEAT


def test_signing_out_ends_it(server, devices, booth, cookie, lena):
    device = devices.device(server.port, booth.code, Cookie=cookie(lena), Origin=ours(server)).open()
    Session.objects.all().delete()
    assert device.closed(5) == NO_SEAT


def test_losing_the_membership_ends_it(server, devices, booth, cookie, lena):
    device = devices.device(server.port, booth.code, Cookie=cookie(lena), Origin=ours(server)).open()
    type(lena).objects.filter(id=lena.id).update(is_active=False)
    assert device.closed(5) == NO_SEAT


def test_a_booth_that_is_deleted_is_gone_for_everyone(open_device, booth):
    device = open_device()
    booth.delete()
    assert device.closed(5) in (NO_BOOTH, NO_SEAT)


def test_whoever_only_looks_sees_all_and_changes_nothing(open_device, guest, booth):
    worker, looker = open_device(guest("Lena")), open_device(guest("Ryan", "view"))
    worker.write("to be seen")
    eventually(lambda: looker.goal == "to be seen")
    looker.write("not to be")
    eventually(lambda: looker.client.said)
    assert looker.client.said == [str(LOOKING_ONLY)]
    worker.write("!")
    eventually(lambda: "!" in looker.goal)
    assert looker.is_connected and worker.goal == "to be seen!"
    assert looker.open().client.said[0] == str(LOOKING_ONLY)
    assert not Update.objects.filter(booth=booth, by__role="view").exists()


def test_whoever_only_looks_and_did_nothing_hears_no_reproach(open_device, guest):
    worker = open_device(guest("Lena"))
    worker.write("some words")
    worker.take_out(0, 3)
    looker = open_device(guest("Ryan", "view"))
    eventually(lambda: looker.goal == worker.goal)
    looker.leave()
    looker.open()
    worker.write("!")
    eventually(lambda: looker.goal == worker.goal)
    assert looker.client.said == []


def test_they_are_told_in_their_language(open_device, guest, settings, monkeypatch):
    from alongside.booths.syncing import words

    monkeypatch.setattr(words, "said", lambda said, language: f"{language}: {said}")
    monkeypatch.setattr("alongside.booths.syncing.connection.said", words.said)
    device = open_device(guest("Ryan", "view"), Accept_Language="de-AT,de;q=0.9")
    device.write("nein")
    eventually(lambda: device.client.said)
    assert device.client.said[0].startswith("de: ")


def test_after_the_end_it_can_be_read_and_not_written(open_device, guest, booth, lena):
    device = open_device()
    device.write("how it ended")
    eventually(lambda: Update.objects.filter(booth=booth).exists())
    booth.end(by=lena.person)
    device.write("too late")
    eventually(lambda: device.client.said)
    assert device.is_connected
    late = open_device()
    assert late.goal == "how it ended"
    kept = Update.objects.filter(booth=booth).count()
    booth.reopen(by=lena.person)

    def writes() -> bool:
        late.write(".")  # what comes before the server heard of the reopening is refused, and taken with the next
        return Update.objects.filter(booth=booth).count() > kept

    eventually(writes)


def test_one_link_used_up_still_holds_those_who_came_by_it(open_device, booth, lena, devices, server):
    from alongside.booths.models import Participant

    link, token = BoothLink.make(booth, by=lena.person, uses=1)
    _guest, session = Participant.join(link, "Ryan")
    Key.objects.spend(token, "booth")
    device = devices.device(server.port, booth.code, session).open()
    device.write("in")
    eventually(lambda: Update.objects.filter(booth=booth).exists())
    assert device.is_connected
