"""What the tests of joining and administering share."""

import pytest
from django.core.cache import cache
from django.test import Client

PASSWORD = "a long enough word"


@pytest.fixture(autouse=True)
def _fresh_throttles(db):
    """No test inherits how often another one knocked."""
    cache.clear()


@pytest.fixture
def sign_in():
    """A function that signs a member in through the door, on a browser of their own, and returns the browser."""

    def through_the_door(member, password=PASSWORD, **headers):
        browser = Client(**headers)
        answered = browser.post("/accounts/login", {"login": member.email, "password": password})
        assert answered.status_code == 302, answered.content.decode()[:2000]
        return browser

    return through_the_door


@pytest.fixture
def is_in():
    """A function that says whether a browser is signed in."""

    def asked(browser):
        return browser.get("/settings/you").status_code == 200

    return asked
