"""A booth with a guest or two, the real server, and devices at both."""

import pytest

from alongside.booths.models import Booth, BoothLink, Participant
from alongside.booths.syncing import rooms
from alongside.booths.syncing.tests.devices import Loop
from alongside.lib.tests.serving import cookie, server

__all__ = ["cookie", "server"]


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch):
    """A server within the test looks more often who may still be here: nobody waits for the clock."""
    monkeypatch.setattr(rooms, "LOOK_SECONDS", 0.2)


class Guest:
    """Someone who came in by a link of their own."""

    def __init__(self, booth: Booth, by, name: str, role: str = "edit"):
        self.link, _token = BoothLink.make(booth, by=by, role=role)
        self.participant, self.session = Participant.join(self.link, name)


@pytest.fixture
def booth(lena, ryan):
    """A booth that Lena opened for Ryan."""
    return Booth.open(by=lena.person, person=ryan)


@pytest.fixture
def guest(booth, lena):
    """A function that lets somebody into the booth."""
    return lambda name="Ryan", role="edit": Guest(booth, lena.person, name, role)


@pytest.fixture
def devices():
    """Where devices live."""
    loop = Loop()
    yield loop
    loop.end()


@pytest.fixture
def open_device(server, devices, booth, guest):
    """A function that opens a device of a new guest (or of `who`) and waits until it is in step."""

    def open_one(who=None, **more):
        who = who or guest()
        return devices.device(server.port, booth.code, who.session, **more).open()

    return open_one
