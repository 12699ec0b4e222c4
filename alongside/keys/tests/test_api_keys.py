"""API keys: made by admins, shown once, ended by time or by a word."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.events.models import Event
from alongside.keys.models import SCOPES, Key


def make(browser, **told):
    return browser.post("/settings/api-keys", {"name": "Till", "scopes": ["people:read"], "lasts": "30", **told})


def token_in(page):
    return re.search(r"<code[^>]*>([\w-]{43})</code>", page.content.decode())[1]


def test_a_key_is_made_and_shown_this_once(admin, signed_in):
    browser = signed_in(admin)
    page = make(browser, scopes=["people:read", "messages:write"])
    assert "no-store" in page["Cache-Control"]
    key = Key.objects.find(token_in(page), "api")
    assert (key.name, key.scopes, key.issued_by) == ("Till", ["messages:write", "people:read"], admin.person)
    assert timedelta(days=29) < key.expires_at - timezone.now() <= timedelta(days=30)
    again = browser.get("/settings/api-keys").content.decode()
    assert token_in(page) not in again
    assert key.hint in again


def test_a_key_without_an_end_is_a_choice(admin, signed_in):
    make(signed_in(admin), lasts="")
    assert Key.objects.get().expires_at is None


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["people:read", "everything"]}, {"lasts": "99999"}]
)
def test_what_is_wrong_is_said_and_no_key_is_made(wrong, admin, signed_in):
    assert make(signed_in(admin), **wrong).status_code == 422
    assert not Key.objects.exists()


def test_what_is_missing_is_asked_for_in_its_own_words(admin, signed_in):
    page = make(signed_in(admin), name="", scopes=[]).content.decode()
    assert "Say what it is for" in page
    assert "a key that may do nothing opens nothing" in page


def test_every_scope_can_be_chosen(admin, signed_in):
    make(signed_in(admin), scopes=list(SCOPES))
    assert Key.objects.get().scopes == sorted(SCOPES)


def test_revoking_ends_it_now_and_says_so_once(admin, signed_in):
    token = token_in(make(signed_in(admin)))
    key = Key.objects.get()
    for _ in range(2):
        assert signed_in(admin).post(f"/settings/api-keys/{key.id}/revoke").status_code == 302
    assert Key.objects.find(token, "api") is None
    assert Event.objects.filter(kind="keys.revoked").count() == 1


def test_a_key_past_its_time_opens_nothing_and_is_listed_as_ended(admin, signed_in):
    token = token_in(make(signed_in(admin)))
    Key.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Key.objects.find(token, "api") is None
    page = signed_in(admin).get("/settings/api-keys").content.decode()
    assert "Keys that have ended" in page
    assert "/revoke/" not in page


def test_members_make_and_end_none(lena, admin, signed_in, client):
    key, _token = Key.issue("api", by=admin.person, name="Till")
    assert make(client)["Location"].startswith("/accounts/login")
    assert signed_in(lena).get("/settings/api-keys").status_code == 403
    assert make(signed_in(lena)).status_code == 403
    assert signed_in(lena).post(f"/settings/api-keys/{key.id}/revoke").status_code == 403
    assert Key.objects.get().is_alive


@pytest.mark.parametrize("purpose", ["sign_in", "invitation", "booth", "my_page"])
def test_other_keys_are_not_found_through_this_door(purpose, admin, signed_in):
    key, _token = Key.issue(purpose, by=admin.person, name="secret name", data={"email": "x@y.example"})
    assert signed_in(admin).post(f"/settings/api-keys/{key.id}/revoke").status_code == 404
    assert "secret name" not in signed_in(admin).get("/settings/api-keys").content.decode()
    key.refresh_from_db()
    assert key.is_alive


def test_none_is_made_or_ended_by_forgery(admin):
    key, _token = Key.issue("api", by=admin.person, name="Till")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(admin)
    assert make(browser).status_code == 403
    assert browser.post(f"/settings/api-keys/{key.id}/revoke").status_code == 403
    assert browser.get(f"/settings/api-keys/{key.id}/revoke").status_code == 405
    assert [key.is_alive for key in Key.objects.all()] == [True]


def test_a_name_is_never_markup(admin, signed_in):
    make(signed_in(admin), name="<script>alert(1)</script>")
    assert "<script>alert" not in signed_in(admin).get("/settings/api-keys").content.decode()


def test_the_page_says_when_a_key_was_used(admin, signed_in):
    key = Key.objects.find(token_in(make(signed_in(admin))), "api")
    assert "not used yet" in signed_in(admin).get("/settings/api-keys").content.decode()
    key.touch()
    assert "last used" in signed_in(admin).get("/settings/api-keys").content.decode()
