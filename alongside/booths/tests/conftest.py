"""A booth of Ryan's, Lena's browser, and browsers of guests who come in by a link."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

from alongside.booths.models import Booth, BoothLink
from alongside.booths.views import files, verbs


@pytest.fixture(autouse=True)
def _nobody_was_too_quick(db):
    """No test inherits how often another one knocked or wrote."""
    cache.clear()
    verbs.GUESTS.clear()
    files.GUESTS.clear()


class Browser(Client):
    """A browser that sends and reads JSON where a script of the page would."""

    def tell(self, path: str, **body):
        """Send a verb; the answer, with its JSON in `data`."""
        return self.send(path, json.dumps(body))

    def send(self, path: str, body: str, kind: str = "application/json"):
        """Send a body as it is."""
        answer = self.post(path, body, content_type=kind, headers={"Accept": "application/json"})
        answer.data = answer.json() if "json" in answer["Content-Type"] else None
        return answer

    def read(self, path: str):
        """What a script reads."""
        answer = self.get(path, headers={"Accept": "application/json"})
        answer.data = answer.json() if "json" in answer["Content-Type"] else None
        return answer


@pytest.fixture
def booth(lena, ryan):
    """What Lena opened for Ryan."""
    return Booth.open(by=lena.person, person=ryan, goal="Fourteen players fed by 8:30")


@pytest.fixture
def at(booth):
    """A function: an address below the booth's."""
    return lambda rest="": f"/booths/{booth.code}{rest and '/'}{rest}"


@pytest.fixture
def member(lena):
    """Lena's browser."""
    browser = Browser()
    browser.force_login(lena)
    return browser


@pytest.fixture
def come_in(booth, lena):
    """A function: a guest's browser, let in by a fresh link; `guest` on it is who they are."""

    def through(name="Ryan", *, into=None, **link):
        made, token = BoothLink.make(into or booth, by=lena.person, **link)
        browser = Browser()
        answer = browser.tell("/join/in", token=token, name=name)
        assert answer.status_code == 200, answer.content
        browser.link, browser.guest = made, made.participants.get()
        return browser

    return through


@pytest.fixture
def guest(come_in):
    """Ryan's phone, which came by a link."""
    return come_in()
