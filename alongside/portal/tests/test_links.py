"""The link to one's own page: who is sent one, what opens it, and what does not."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alongside.keys.models import Key
from alongside.people.merging import merge
from alongside.people.models import Identity, Person
from alongside.people.reaching import stop_reaching
from alongside.portal import jobs, links, sessions
from alongside.portal.tests.conftest import path_in


@pytest.fixture
def asked(monkeypatch):
    """The addresses for which a letter was ordered from the door."""
    ordered = []
    monkeypatch.setattr(jobs.send_links, "defer", lambda **told: ordered.append(told["address"]))
    return ordered


def test_the_door_says_the_same_whatever_is_typed(client, joe, asked):
    answers = [client.post("/my", {"email": address}) for address in ("joe@hallam.example", "nobody@else.example")]
    assert [answer.status_code for answer in answers] == [200, 200]
    bodies = [b"\n".join(line for line in answer.content.splitlines() if b"csrf" not in line and b"nonce" not in line)
              for answer in answers]
    assert bodies[0] == bodies[1] and b"on its way" in bodies[0]
    assert asked == ["joe@hallam.example", "nobody@else.example"] and not mail.outbox


def test_what_is_no_address_is_told_so(client, asked):
    assert client.post("/my", {"email": "joe"}).status_code == 422
    assert not asked


def test_an_address_is_asked_for_only_so_often_known_or_not(client, joe, asked):
    for address in ("joe@hallam.example", "nobody@else.example"):
        statuses = [client.post("/my", {"email": address}).status_code for _ in range(6)]
        assert statuses == [200] * 5 + [429]
    assert len(asked) == 10


def test_the_letter_goes_only_to_an_address_we_know(joe):
    assert links.ask("nobody@else.example") == 0 and links.ask("JOE@hallam.example") == 1
    assert [letter.to for letter in mail.outbox] == [["joe@hallam.example"]]
    assert "Joe" in mail.outbox[0].body


def test_looking_spends_nothing_the_button_does_once(client, link_to, joe):
    path = link_to("joe@hallam.example")
    for _ in range(3):  # a mail scanner, a preview, then Joe
        assert Client().get(path).status_code == 200 and Client().head(path).status_code == 200
    assert not Identity.objects.get(person=joe).verified_at
    assert client.post(path).status_code == 302
    assert "Joe, this page is yours." in client.get("/my").content.decode()
    assert Identity.objects.get(person=joe).provenance == "verified"
    assert Client().post(path).status_code == 404 and Client().get(path).status_code == 404


def test_a_link_ends_with_its_hour(client, link_to, joe):
    path = link_to("joe@hallam.example")
    Key.objects.filter(purpose="my_page").update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path).status_code == 404 and client.post(path).status_code == 404
    assert b"this page is yours" not in client.get("/my").content


@pytest.mark.parametrize("purpose", ["sign_in", "my_session", "api"])
def test_a_key_of_another_purpose_is_no_link(client, joe, purpose):
    _key, token = Key.issue(purpose, subject=joe, data={"identity": joe.identities.get().id})
    assert client.post(f"/my/link/{token}").status_code == 404


def test_a_link_is_no_visit(client, link_to, joe):
    client.cookies[sessions.COOKIE] = link_to("joe@hallam.example").rpartition("/")[2]
    assert b"this page is yours" not in client.get("/my").content


def test_a_link_dies_with_its_address(client, link_to, joe):
    path = link_to("joe@hallam.example")
    stop_reaching(joe.identities.get(), by=joe)
    assert client.get(path).status_code == 404 and client.post(path).status_code == 404


def test_who_share_an_address_are_written_to_only_where_they_proved_it(joe, austin):
    austin.reach_at("email", "joe@hallam.example", provenance="told")
    assert links.ask("joe@hallam.example") == 0
    Identity.objects.filter(person=austin).update(verified_at=timezone.now(), provenance="verified")
    assert links.ask("joe@hallam.example") == 1
    assert "Austin" in mail.outbox[-1].body and "Joe" not in mail.outbox[-1].body
    Identity.objects.filter(person=joe).update(verified_at=timezone.now(), provenance="verified")
    mail.outbox.clear()
    assert links.ask("joe@hallam.example") == 2
    assert sorted(letter.body.split()[1] for letter in mail.outbox) == ["Austin,", "Joe,"]


def test_a_guessed_address_opens_nothing(joe):
    Identity.objects.update(provenance="guessed")
    assert links.ask("joe@hallam.example") == 0


def test_whoever_was_merged_comes_to_the_one_page(client, link_to, joe, stranger):
    path = link_to("stranger@elsewhere.example")
    merge(joe, stranger, by=joe)
    client.post(path)
    assert "Joe, this page is yours." in client.get("/my").content.decode()


def test_a_visit_ends_by_its_button_and_by_time(at_home, joe):
    browser, second = at_home(joe), at_home(joe)
    token = browser.cookies[sessions.COOKIE].value
    browser.post("/my/leave")
    browser.cookies[sessions.COOKIE] = token
    assert b"this page is yours" not in browser.get("/my").content
    assert b"this page is yours" in second.get("/my").content
    Key.objects.filter(purpose="my_session").update(expires_at=timezone.now())
    assert b"this page is yours" not in second.get("/my").content


def test_the_cookie_is_for_these_pages_and_for_no_script(client, link_to, joe):
    cookie = client.post(link_to("joe@hallam.example")).cookies[sessions.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/my", True, "Lax")


def test_a_member_at_the_same_browser_stays_signed_in_and_is_nobody_there(signed_in, lena, joe, link_to):
    browser = signed_in(lena)
    assert b"this page is yours" not in browser.get("/my").content
    browser.post(link_to("joe@hallam.example"))
    assert "Joe, this page is yours." in browser.get("/my").content.decode()
    assert browser.get("/settings/you").status_code == 200
    browser.post("/my/leave")
    assert browser.get("/settings/you").status_code == 200


def test_a_visit_opens_no_page_of_members(at_home, joe):
    assert at_home(joe).get(f"/people/{joe.id}").status_code == 302


def test_a_member_sends_the_link_from_the_card(signed_in, lena, joe, ryan):
    browser, address = signed_in(lena), joe.identities.get()
    assert "joe@hallam.example" in browser.get(f"/people/{joe.id}/their-page").content.decode()
    assert browser.post(f"/people/{joe.id}/their-page", {"address": ryan.identities.get().id}).status_code == 422
    assert browser.post(f"/people/{joe.id}/their-page", {"address": address.id}).status_code == 302
    assert [letter.to for letter in mail.outbox] == [["joe@hallam.example"]]
    assert Client().post(path_in(mail.outbox[0])).status_code == 302


def test_the_letter_and_the_page_speak_the_language_of_their_person(at_home, db):
    marie = Person.meet(called="Marie", email="marie@lyon.example", language="fr")
    page = at_home(marie).get("/my")
    assert page["Content-Language"] == "fr" and b'lang="fr"' in page.content
