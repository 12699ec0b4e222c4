"""Signing in and out by mail and password: happy path, throttling, silence about who is known, fixation."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from alongside.members.tests.conftest import PASSWORD


def knock(browser, email, password="not the password"):
    return browser.post("/accounts/login", {"login": email, "password": password})


def test_a_member_comes_in_and_goes_out(lena, sign_in, is_in):
    browser = sign_in(lena)
    assert is_in(browser)
    assert browser.post("/accounts/logout")["Location"] == "/accounts/login"
    assert not is_in(browser)


def test_the_address_may_be_written_in_capitals(lena):
    assert knock(Client(), "LENA@cafe.example", PASSWORD).status_code == 302


def test_asking_for_a_page_leads_back_to_it_after_signing_in(lena, client):
    asked = client.get("/settings/notifications")
    assert asked["Location"] == "/accounts/login?next=/settings/notifications"
    answered = client.post(
        asked["Location"], {"login": lena.email, "password": PASSWORD, "next": "/settings/notifications"}
    )
    assert answered["Location"] == "/settings/notifications"


def test_the_way_back_never_leads_to_another_house(lena, client):
    answered = client.post(
        "/accounts/login", {"login": lena.email, "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert answered["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_read_the_same(lena, client):
    known, unknown = knock(client, lena.email), knock(client, "nobody@cafe.example")
    assert known.status_code == unknown.status_code == 200
    same = known.content.decode().replace(lena.email, "…")
    assert _without_tokens(same) == _without_tokens(unknown.content.decode().replace("nobody@cafe.example", "…"))
    assert "do not belong together" in same


def _without_tokens(page):
    import re

    return re.sub(r'(nonce|content|value)="[^"]*"', r'\1=""', page)


def test_guessing_one_members_password_is_stopped_even_when_the_right_one_comes_at_last(lena):
    for number in range(5):
        knock(Client(REMOTE_ADDR=f"10.0.0.{number}"), lena.email, f"guess {number}")
    answered = knock(Client(REMOTE_ADDR="10.0.0.99"), lena.email, PASSWORD)
    assert answered.status_code == 200
    assert "Too many tries" in answered.content.decode()


def test_an_unknown_address_is_throttled_as_a_known_one_is(db):
    for _ in range(5):
        knock(Client(), "nobody@cafe.example")
    assert "Too many tries" in knock(Client(), "nobody@cafe.example").content.decode()


def test_one_address_that_tries_many_members_is_stopped(lena, dishwasher):
    for number in range(10):
        knock(Client(REMOTE_ADDR="10.9.9.9"), f"member{number}@cafe.example")
    assert "Too many tries" in knock(Client(REMOTE_ADDR="10.9.9.9"), lena.email, PASSWORD).content.decode()
    assert knock(Client(REMOTE_ADDR="10.9.9.10"), lena.email, PASSWORD).status_code == 302


def test_a_forged_forwarding_header_does_not_hide_who_knocks(lena):
    for number in range(10):
        browser = Client(REMOTE_ADDR="10.9.9.9", headers={"x-forwarded-for": f"192.0.2.{number}"})
        knock(browser, f"member{number}@cafe.example")
    browser = Client(REMOTE_ADDR="10.9.9.9", headers={"x-forwarded-for": "192.0.2.77"})
    assert "Too many tries" in knock(browser, lena.email, PASSWORD).content.decode()


def test_a_burst_at_the_door_is_answered_429(db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    codes = [knock(Client(), f"member{number}@cafe.example").status_code for number in range(3)]
    assert codes == [200, 200, 429]


def test_a_session_that_was_planted_before_is_not_the_one_after(lena, client):
    client.get("/accounts/login")
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    knock(client, lena.email, PASSWORD)
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert thief.get("/settings/you").status_code == 302


def test_signing_in_needs_the_token_of_the_form(lena):
    browser = Client(enforce_csrf_checks=True)
    assert knock(browser, lena.email, PASSWORD).status_code == 403


def test_signing_out_needs_a_press(lena, sign_in, is_in):
    browser = sign_in(lena)
    assert browser.get("/accounts/logout").status_code == 200
    assert is_in(browser)


def test_a_member_who_has_left_cannot_come_in(lena, owner):
    lena.leave(by=owner.person)
    answered = knock(Client(), lena.email, PASSWORD)
    assert answered["Location"] == "/accounts/inactive"
    assert "cannot come in" in Client().get("/accounts/inactive").content.decode()


def test_leaving_ends_what_is_open_and_coming_back_does_not_bring_it_back(lena, owner, sign_in, is_in):
    browser = sign_in(lena)
    lena.leave(by=owner.person)
    assert not is_in(browser)
    lena.come_back(by=owner.person)
    assert not is_in(browser)
    assert is_in(sign_in(lena))


@pytest.mark.parametrize("path", [
    "/accounts/signup", "/accounts/email", "/accounts/confirm-email", "/accounts/social/login", "/accounts",
    "/accounts/login/code", "/accounts/login/code/confirm", "/accounts/reauthenticate", "/accounts/sessions",
    "/accounts/3rdparty",
])  # fmt: skip
def test_what_makes_no_sense_here_is_not_found(path, lena, signed_in, client):
    assert client.get(path).status_code == 404
    assert signed_in(lena).get(path).status_code == 404


def test_nobody_signs_up(db):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_the_cookie_is_kept_from_scripts_and_other_sites(lena, client):
    knock(client, lena.email, PASSWORD)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_door_greets_by_the_hour_of_the_house(client, owner, monkeypatch):
    from datetime import UTC, datetime

    from django.utils import timezone

    from alongside.members.models import Organisation

    Organisation.ours().describe(by=owner.person, name="Market Street café", zone="Asia/Tokyo")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 2, 24, 23, 0, tzinfo=UTC))
    page = client.get("/accounts/login").content.decode()
    assert "Good morning" in page
    assert "Market Street café" in page


FORM_BY_SCRIPT = "text/vnd.turbo-stream.html, text/html, application/xhtml+xml"


@pytest.mark.django_db
@pytest.mark.parametrize("asking", [{"Turbo-Frame": "talk"}, {"X-Fragment": "letters"}, {"Accept": "application/json"}])
def test_a_script_is_told_that_nobody_is_signed_in_and_where_one_does(client, asking):
    answer = client.get("/inbox/mine", headers=asking)
    assert (answer.status_code, answer["X-Sign-In"]) == (401, "/accounts/login")


@pytest.mark.django_db
def test_a_form_that_a_script_sends_is_not_led_to_the_sign_in_page(client):
    answer = client.post("/settings/you", headers={"Accept": FORM_BY_SCRIPT})
    assert (answer.status_code, answer["X-Sign-In"]) == (401, "/accounts/login")


@pytest.mark.django_db
def test_a_reader_without_scripts_is_led_to_the_sign_in_page(client):
    assert client.get("/inbox/mine")["Location"] == "/accounts/login?next=/inbox/mine"
    assert client.post("/settings/you")["Location"] == "/accounts/login?next=/settings/you"


@pytest.mark.django_db
def test_a_form_of_a_page_that_is_signed_out_by_now_leads_to_the_sign_in_page(client, lena):
    answer = client.post("/settings/you", {"reader": f"member {lena.id}"})
    assert answer["Location"] == "/accounts/login?next=/settings/you"


@pytest.mark.django_db
def test_a_page_made_for_another_member_sends_nothing(client, lena, owner):
    client.force_login(lena)
    hers = client.get("/settings/you").content.decode()
    assert f'<meta name="reader" content="member {lena.id}">' in hers
    client.force_login(owner)
    by_script = client.post("/settings/you", {"reader": f"member {lena.id}"}, headers={"Accept": FORM_BY_SCRIPT})
    assert (by_script.status_code, by_script["X-Sign-In"]) == (401, "/accounts/login")
    marked = {"Accept": "application/json", "X-Reader": f"member {lena.id}"}
    assert client.post("/settings/you", headers=marked).status_code == 401
    assert client.post("/settings/you", {"reader": f"member {lena.id}"}).status_code == 403
    assert client.post("/settings/you", {"reader": f"member {owner.id}"}).status_code not in (401, 403)
    assert client.post("/settings/you").status_code not in (401, 403)
