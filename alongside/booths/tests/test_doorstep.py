"""Where a link leads: who invites, why it does not open, and coming in; the token is never in an address."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.booths import joining
from alongside.booths.models import VIEW, Booth, BoothLink, Participant
from alongside.booths.tests.conftest import Browser
from alongside.keys.models import Key

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(booth, lena):
    return BoothLink.make(booth, by=lena.person)


@pytest.fixture
def stranger():
    """Somebody's browser, which nobody knows."""
    return Browser()


def test_the_page_itself_is_the_same_for_everyone(stranger, client):
    page = stranger.get("/join")
    assert page.status_code == 200 and b"look/built/join" in page.content and "no-store" in page["Cache-Control"]
    assert b"?next=/booths/abc" in stranger.get("/join?to=/booths/abc").content
    assert b"evil" not in stranger.get("/join?to=//evil.example/booths/").content


def test_a_link_says_who_invites_to_what(stranger, booth, link, lena, ryan):
    answer = stranger.tell("/join/look", token=link[1])
    assert answer.data == {"by": "Lena", "house": "", "goal": booth.goal, "role": "edit", "ended": False,
                           "page": f"/booths/{booth.code}"}
    assert "Ryan" not in answer.content.decode()


def test_a_link_for_looking_and_a_booth_that_ended_say_so(stranger, booth, lena):
    _link, token = BoothLink.make(booth, by=lena.person, role=VIEW)
    booth.end(by=lena.person)
    told = stranger.tell("/join/look", token=token).data
    assert told["role"] == VIEW and told["ended"]
    assert stranger.tell("/join/in", token=token, name="Austin").status_code == 200


def test_coming_in_gives_a_seat_that_only_this_booth_is_told_of(stranger, booth, link):
    answer = stranger.tell("/join/in", token=link[1], name="Ryan ✓")
    assert answer.data == {"page": f"/booths/{booth.code}"}
    cookie = stranger.cookies["alongside_booth"]
    assert cookie["path"] == f"/booths/{booth.code}" and cookie["httponly"] and cookie["samesite"] == "Lax"
    assert cookie.value not in (link[1], "") and not Key.objects.filter(data__icontains=cookie.value).exists()
    assert stranger.read(f"/booths/{booth.code}/table").data["you"]["name"] == "Ryan"


def test_a_doorstep_knows_who_has_a_seat_and_no_seat_is_no_failure(stranger, member, booth, link, lena):
    asked = f"/booths/{booth.code}/seated"
    assert stranger.read(asked).data == stranger.read("/booths/nowhere/seated").data == {"seated": False}
    assert member.read(asked).data == {"seated": True}
    stranger.tell("/join/in", token=link[1], name="Ryan")
    assert stranger.read(asked).data == {"seated": True}
    link[0].revoke(by=lena.person)
    answer = stranger.read(asked)
    assert answer.status_code == 200 and answer.data == {"seated": False}


@pytest.mark.parametrize(("spoil", "why"), [
    (lambda link, by: link.revoke(by=by), "taken_back"),
    (lambda link, by: Key.objects.filter(pk=link.key_id).update(expires_at=timezone.now()), "over"),
    (lambda link, by: Key.objects.filter(pk=link.key_id).update(uses_left=0), "used_up"),
])
def test_a_link_that_does_not_open_says_why(stranger, link, lena, spoil, why):
    spoil(link[0], lena.person)
    for path, more in (("/join/look", {}), ("/join/in", {"name": "Ryan"})):
        answer = stranger.tell(path, token=link[1], **more)
        assert answer.status_code == 404 and answer.data["why"] == why and answer.data["detail"]
    assert not Participant.objects.exists()


def test_a_token_of_something_else_opens_nothing(stranger, lena):
    for purpose in ("sign_in", "booth_session", "my_page"):
        _key, token = Key.issue(purpose, subject=lena.person)
        assert stranger.tell("/join/look", token=token).data["why"] == "unknown"
    assert stranger.tell("/join/look", token="n" * 43).status_code == 404


def test_a_link_for_one_lets_in_one(stranger, booth, lena):
    _link, token = BoothLink.make(booth, by=lena.person, uses=1)
    assert stranger.tell("/join/in", token=token, name=" ✓\u202e ").status_code == 400
    assert stranger.tell("/join/in", token=token, name="Ryan").status_code == 200
    assert Browser().tell("/join/in", token=token, name="Austin").data["why"] == "used_up"
    assert Participant.objects.get().name == "Ryan"


def test_there_are_only_so_many_seats(stranger, link, monkeypatch):
    monkeypatch.setattr(joining, "MOST_GUESTS", 1)
    assert stranger.tell("/join/in", token=link[1], name="Ryan").status_code == 200
    assert Browser().tell("/join/in", token=link[1], name="Austin").data["why"] == "full"


@pytest.mark.parametrize("body", ["", "[]", "{", '{"token": 5}', '{"token": "x", "more": 1}', '{"token": "\\ud800"}',
                                  '{"token": "a\\u0000b"}', "[" * 100_000, '{"token": null}'])
def test_what_cannot_be_meant_is_refused_in_words(stranger, body):
    answer = stranger.send("/join/look", body)
    assert answer.status_code == 400 and answer.data["detail"]


def test_who_tries_all_the_time_waits(stranger, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "booth_door": "2/m/ip"}
    assert [stranger.tell("/join/look", token="x").status_code for _each in range(3)] == [404, 404, 429]


def test_nobody_is_let_in_from_another_page(link):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/join/in", {"token": link[1], "name": "Ryan"}, content_type="application/json")
    assert answer.status_code == 403 and not Participant.objects.exists()


def test_an_address_of_a_booth_leads_who_has_no_seat_to_the_doorstep(stranger, booth, at):
    assert stranger.get(at())["Location"] == f"/join?to=/booths/{booth.code}"
    assert stranger.get("/booths/nowhere")["Location"] == "/join?to=/booths/nowhere"
    for path in (at("table"), "/booths/nowhere/table"):
        assert stranger.read(path).status_code == 401
    by_script = stranger.get(at(), headers={"Turbo-Frame": "table"})
    assert (by_script.status_code, by_script["X-Sign-In"]) == (401, f"/join?to=/booths/{booth.code}")


def test_a_seat_ends_with_its_link_its_time_and_when_one_is_asked_out(come_in, at, lena):
    ways = (
        lambda browser: browser.link.revoke(by=lena.person),
        lambda browser: browser.guest.remove(by=lena.person),
        lambda browser: Key.objects.filter(pk=browser.link.key_id).update(expires_at=timezone.now()),
        lambda browser: Key.objects.filter(pk=browser.guest.session_id).update(
            expires_at=timezone.now() - timedelta(seconds=1)),
    )
    for end in ways:
        browser = come_in()
        assert browser.read(at("table")).status_code == 200
        end(browser)
        assert browser.read(at("table")).status_code == 401 and browser.get(at()).status_code == 302


def test_a_guest_of_one_booth_finds_no_other(guest, lena, joe):
    other = Booth.open(by=lena.person, person=joe)
    for path in (f"/booths/{other.code}", f"/booths/{other.code}/table", "/booths/nowhere"):
        assert guest.get(path).status_code == 404


def test_a_guest_is_nobody_anywhere_else(guest, ryan):
    for path in ("/booths", "/inbox", f"/people/{ryan.id}", "/settings"):
        assert guest.get(path)["Location"].startswith("/accounts/login")
    assert guest.get("/my").status_code == 200 and b"Ryan" not in guest.get("/my").content
    assert guest.get("/live?topics=booths:all").status_code == 404


def test_a_member_with_a_guests_cookie_stays_a_member(guest, at, lena):
    guest.force_login(lena)
    assert guest.read(at("table")).data["you"] == {
        "id": Participant.objects.get(member=lena).id, "name": "Lena", "side": "ours", "may_edit": True,
        "is_member": True}
