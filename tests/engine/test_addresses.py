"""`DATABASE_URL` names a database of the operator's own."""

import pytest

from alongside.lib import engine


def read(monkeypatch, url: str) -> dict:
    """The settings that come of `url`."""
    monkeypatch.setenv("DATABASE_URL", url)
    return engine.database_settings()


def test_a_full_address_is_read(monkeypatch):
    found = read(monkeypatch, "postgresql://along%40side:s%2Fcret@db.example:5433/house?sslmode=require")
    assert not engine.embedded()
    assert found | {"TEST": None} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "house",
        "USER": "along@side",
        "PASSWORD": "s/cret",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
        "TEST": None,
    }


@pytest.mark.parametrize(
    "url",
    [
        "postgres://me@%2Fvar%2FRun%2Fpg/house",
        "postgres://me@/house?host=/var/Run/pg",
        "postgres:///house?host=/var/Run/pg&user=me",
    ],
)
def test_a_socket_folder_keeps_its_case(monkeypatch, url):
    found = read(monkeypatch, url)
    assert (found["HOST"], found["USER"], found["NAME"]) == ("/var/Run/pg", "me", "house")


def test_an_address_of_the_sixth_version_is_read(monkeypatch):
    assert read(monkeypatch, "postgres://me@[::1]:5432/house")["HOST"] == "::1"


@pytest.mark.parametrize(
    "url", ["mysql://me@host/house", "house", "postgres://me@host", "postgres://me@host:many/house"]
)
def test_anything_else_is_refused_with_an_example(monkeypatch, url):
    with pytest.raises(engine.EngineError, match="postgresql://name:password@host:5432/database"):
        read(monkeypatch, url)


def test_nothing_named_means_the_embedded_one(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")
    assert engine.embedded()
    assert engine.database_settings()["HOST"].startswith("/")
