"""What the tests of joining share."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def _fresh_throttles(db):
    """No test inherits how often another one knocked."""
    cache.clear()


@pytest.fixture
def is_in():
    """A function that says as whom a browser is signed in: their mail, or None."""

    def asked(browser: Client):
        page = browser.get("/settings/you")
        return page.wsgi_request.member.email if page.status_code == 200 else None

    return asked


@pytest.fixture
def path_of():
    """A function that takes our public address off a link."""

    def path(link):
        assert link.startswith(settings.PUBLIC_URL + "/")
        return link.removeprefix(settings.PUBLIC_URL)

    return path
