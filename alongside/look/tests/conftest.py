"""A request as the middleware leaves it, without a database behind it."""

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from alongside.lib.principal import ANONYMOUS
from alongside.look import rail


@pytest.fixture(autouse=True)
def empty_rail(monkeypatch):
    """A rail without the rooms of the product, which might ask the database for their counts."""
    monkeypatch.setattr(rail, "_entries", {})
    monkeypatch.setattr(rail, "_menu", {})
    monkeypatch.setattr(rail, "_following", [])


@pytest.fixture
def asked():
    """Return a function that makes a GET request; keywords become cookies."""

    def ask(path="/", member=None, **cookies):
        request = RequestFactory().get(path)
        request.principal, request.member, request.csp_nonce = ANONYMOUS, member, "n0nce"
        request.COOKIES.update(cookies)
        request._messages = CookieStorage(request)
        return request

    return ask
