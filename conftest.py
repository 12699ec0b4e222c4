"""The cast of the essays, and the database that every test runs on."""

import gc

import pytest

from alongside.lib.engine.testing import pytest_configure  # noqa: F401  starts the database before Django asks


def pytest_sessionstart():
    """Django is set up by now."""
    from tests import emptying

    emptying.install()


def pytest_collection_finish():
    """What was imported stays: the collector need not walk through all of it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Argon2 is slow on purpose; tests that are not about it use a quick hasher."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.Argon2PasswordHasher",
    ]


def _person(**about):
    from alongside.people.models import Person

    return Person.meet(**about)


def _member(**about):
    from alongside.members.models import Member

    return Member.welcome(password="a long enough word", **about)


@pytest.fixture
def joe(db):
    """The regular with the stress headaches, the new puppy and the white shoes."""
    return _person(called="Joe", full_name="Joe Hallam", email="joe@hallam.example")


@pytest.fixture
def ryan(db):
    """Austin's father, driving past the café in a better mood than he expected."""
    return _person(called="Ryan", full_name="Ryan Kessler", email="ryan@kessler.example")


@pytest.fixture
def austin(db):
    """Ryan's son, thirteen, who forgot his homework."""
    return _person(called="Austin", full_name="Austin Kessler")


@pytest.fixture
def butchers_customer(db):
    """She knows what she wants on Sunday, and the butcher shows her how it is cut."""
    return _person(called="Mrs Marchand", full_name="Odile Marchand", email="odile@marchand.example")


@pytest.fixture
def stranger(db):
    """Someone whom nobody here has met."""
    return _person(full_name="Someone New", email="stranger@elsewhere.example")


@pytest.fixture
def counter_team(db):
    """The team behind the counter."""
    from alongside.members.models import Team

    return Team.objects.create(name="Counter")


@pytest.fixture
def owner(db):
    """Whoever runs the house."""
    return _member(email="owner@cafe.example", called="Marta", full_name="Marta Owner", role="owner")


@pytest.fixture
def admin(db):
    """Keeps the house in order."""
    return _member(email="admin@cafe.example", called="Théo", role="admin")


@pytest.fixture
def lena(counter_team):
    """The barista who draws a smile on the bag."""
    return _member(email="lena@cafe.example", called="Lena", teams=[counter_team])


@pytest.fixture
def dishwasher(counter_team):
    """Tomás, who hears what his clean cups did for someone."""
    return _member(email="tomas@cafe.example", called="Tomás", teams=[counter_team])


@pytest.fixture
def teller(db):
    """At the bank branch; serves no café inbox."""
    return _member(email="teller@bank.example", called="Dana")


@pytest.fixture
def cafe(counter_team):
    """The café's inbox, looked after by the counter team."""
    from alongside.conversations.models import Inbox

    inbox = Inbox.objects.create(name="Café")
    inbox.teams.add(counter_team)
    return inbox


@pytest.fixture
def branch(db):
    """The bank branch's inbox, which no café team serves."""
    from alongside.conversations.models import Inbox

    return Inbox.objects.create(name="Bridge Street branch")


@pytest.fixture
def signed_in(client):
    """A function that signs a member in on Django's test client and returns the client."""

    def sign_in(member):
        client.force_login(member)
        return client

    return sign_in
