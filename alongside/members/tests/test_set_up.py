"""The first page of a new house, and the organisation afterwards."""

import pytest
from django.test import Client

from alongside.events.models import Event
from alongside.members.models import Member, Organisation
from alongside.members.placeholder import is_placeholder, make_placeholder

TOLD = {
    "house-name": "Market Street café", "house-zone": "Europe/Paris", "house-language": "fr",
    "house-languages": ["fr", "en"],
    "owner-called": "Marta", "owner-full_name": "Marta Ferrer", "owner-email": "Marta@cafe.example",
    "owner-password": "wagtail under the bridge",
}  # fmt: skip


@pytest.fixture
def newcomer(db):
    """The owner of a house that nobody has moved into."""
    return make_placeholder()


def test_the_house_and_its_owner_are_named_once(newcomer, signed_in):
    browser = signed_in(newcomer)
    assert browser.get("/set-up").status_code == 200
    assert browser.post("/set-up", TOLD)["Location"] == "/"
    ours = Organisation.ours()
    assert (ours.name, ours.zone, ours.language, ours.languages) == (
        "Market Street café", "Europe/Paris", "fr", ["fr", "en"],
    )  # fmt: skip
    newcomer.refresh_from_db()
    assert (newcomer.person.called, newcomer.email) == ("Marta", "marta@cafe.example")
    assert [identity.value for identity in newcomer.person.identities.all()] == ["marta@cafe.example"]
    assert newcomer.check_password(TOLD["owner-password"])
    assert not is_placeholder(newcomer)
    assert browser.get("/set-up")["Location"] == "/settings/organisation"


def test_the_browser_may_say_the_zone_only_where_nobody_else_did(newcomer, signed_in, monkeypatch):
    asks = 'data-controller="zone"'
    monkeypatch.setattr("alongside.members.forms.machine_zone", lambda: "UTC")
    assert asks in signed_in(newcomer).get("/set-up").content.decode()
    monkeypatch.setattr("alongside.members.forms.machine_zone", lambda: "Europe/Berlin")
    assert asks not in signed_in(newcomer).get("/set-up").content.decode()


def test_the_owner_stays_signed_in_with_the_new_password(newcomer, signed_in, is_in):
    browser = signed_in(newcomer)
    browser.post("/set-up", TOLD)
    assert is_in(browser)


def test_the_password_may_be_left_out(newcomer, signed_in, is_in):
    browser = signed_in(newcomer)
    browser.post("/set-up", {**TOLD, "owner-password": ""})
    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()
    assert is_in(browser)


@pytest.mark.parametrize(
    "wrong",
    [{"house-name": ""}, {"house-zone": "Nowhere"}, {"house-language": "xx"}, {"owner-called": ""},
     {"owner-email": "marta@"}, {"owner-password": "short"}, {"owner-password": "marta@cafe"}],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_kept(wrong, newcomer, signed_in):
    answered = signed_in(newcomer).post("/set-up", {**TOLD, **wrong})
    assert answered.status_code == 422
    assert Organisation.ours().set_up_at is None
    newcomer.refresh_from_db()
    assert is_placeholder(newcomer)


def test_another_members_address_is_not_taken(newcomer, lena, signed_in):
    answered = signed_in(newcomer).post("/set-up", {**TOLD, "owner-email": "LENA@cafe.example"})
    assert "Another member signs in with this address" in answered.content.decode()


def test_only_the_owner_sets_up(admin, lena, signed_in, client):
    assert client.post("/set-up", TOLD)["Location"].startswith("/accounts/login")
    for member in (admin, lena):
        assert signed_in(member).post("/set-up", TOLD).status_code == 403
    assert Organisation.ours().set_up_at is None


def test_it_cannot_be_forged(newcomer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(newcomer)
    assert browser.post("/set-up", TOLD).status_code == 403


def test_nobody_signs_in_with_the_placeholder(newcomer, client):
    for password in ("", "owner", "!"):
        client.post("/accounts/login", {"login": newcomer.email, "password": password})
    assert client.get("/settings/you").status_code == 302


def test_an_owner_is_asked_until_it_is_done_and_others_are_not(owner, lena, sign_in):
    def first_page(member):
        browser = Client()
        return browser.post("/accounts/login", {"login": member.email, "password": "a long enough word"})["Location"]

    assert first_page(owner) == "/set-up"
    assert first_page(lena) == "/"
    Organisation.ours().describe(by=owner.person, name="Café")
    assert first_page(owner) == "/"


def test_an_admin_changes_the_organisation_and_the_ledger_keeps_no_words(admin, signed_in):
    told = {"name": "Bridge Street branch", "zone": "Europe/London", "language": "en", "languages": ["en"]}
    assert signed_in(admin).post("/settings/organisation", told).status_code == 302
    assert Organisation.ours().name == "Bridge Street branch"
    event = Event.objects.get(kind="members.organisation_described")
    assert event.data == {"fields": ["languages", "name", "zone"]}
    assert event.actor_id == admin.person_id


def test_a_wrong_zone_of_the_organisation_is_said(admin, signed_in):
    answered = signed_in(admin).post("/settings/organisation", {"name": "X", "zone": "Mars", "language": "en"})
    assert answered.status_code == 422
    assert Organisation.ours().name == ""


def test_there_is_one_member_for_one_address(lena):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Member.welcome(email="LENA@cafe.example", called="Another")
