"""What the tests of the portal share: letters with links, and browsers that came in by one."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from alongside.portal import links
from alongside.portal.tests.planting import marked

__all__ = ["marked"]


@pytest.fixture(autouse=True)
def _fresh_throttles(db, settings):
    """No test inherits how often another one knocked; letters are kept where a test can read them."""
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def link_to():
    """A function that has a link sent to an address and returns its path from the newest letter there."""

    def asked(address):
        assert links.ask(address) >= 1
        return path_in(mail.outbox[-1])

    return asked


def path_in(letter) -> str:
    """The path of the link in a letter."""
    return re.search(r"https?://[^/\s]+(/my/\S+)", letter.body)[1]


@pytest.fixture
def at_home(link_to):
    """A function that opens somebody's page in a browser of their own, and returns the browser."""

    def opened(person):
        browser = Client()
        answered = browser.post(link_to(person.email))
        assert answered.status_code == 302, answered.content.decode()[:1000]
        return browser

    return opened
