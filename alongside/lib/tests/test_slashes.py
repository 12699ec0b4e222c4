"""Addresses end in no slash: the old ones, which did, lead on."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("asked", "leads"), [
    ("/settings/you/", "/settings/you"),
    ("/accounts/login/?next=/inbox/mine", "/accounts/login?next=/inbox/mine"),
    ("/come-in/n%20n/", "/come-in/n%20n"),
    ("/conversations/12/", "/conversations/12"),
])  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_address_with_a_slash_leads_on_for_good(asked, leads, method):
    answer = Client().generic(method, asked)
    assert (answer.status_code, answer["Location"]) == (301, leads)


@pytest.mark.parametrize(
    "asked", ["/nothing/", "/nothing", "/%2Fevil.example/", "/%2Fsettings/you/", "/settings//", "/api/v1/people/"])
def test_what_names_no_page_is_not_found(asked):
    assert Client().get(asked).status_code == 404


def test_what_is_sent_is_not_led_on():
    assert Client().post("/accounts/login/", {"login": "x", "password": "y"}).status_code == 404


def test_no_slash_is_added_to_an_address():
    assert Client().get("/accounts/login").status_code == 200
    assert Client().get("/api").status_code == 404
