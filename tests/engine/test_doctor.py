"""The doctor names what is wrong, what it means, and what to do."""

import json

import pytest

from alongside.cli.doctor import database, surroundings
from alongside.cli.doctor import settings as settings_check
from alongside.cli.doctor.findings import FAIL, OK, WARN
from tests.engine.conftest import alongside

GOOD_KEY = "Zq3vX9-kLm2pR8sT4uV6wY1aB5cD7eF0gH_iJnOoPqQ"


def by_subject(findings) -> dict:
    """The findings by what they are about; every one that is not well says what to do."""
    found = {finding.subject: finding for finding in findings}
    assert all(finding.advice for finding in found.values() if finding.level != OK)
    return found


def test_good_settings_are_well(settings):
    settings.SECRET_KEY = GOOD_KEY
    settings.PUBLIC_URL = "https://service.example.org"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = ["service.example.org"]
    assert {finding.level for finding in settings_check.check()} == {OK}


@pytest.mark.parametrize(
    ("name", "value", "subject", "level"),
    [
        ("SECRET_KEY", "short", "secret key", FAIL),
        ("SECRET_KEY", "a" * 80, "secret key", FAIL),
        ("DEBUG", True, "debug", FAIL),
        ("ALLOWED_HOSTS", ["*"], "allowed hosts", FAIL),
        ("PUBLIC_URL", "http://service.example.org", "public address", FAIL),
        ("PUBLIC_URL", "http://localhost:8000", "public address", WARN),
    ],
)
def test_a_bad_setting_is_named(settings, name, value, subject, level):
    setattr(settings, name, value)
    assert by_subject(settings_check.check())[subject].level == level


def test_a_server_that_may_lose_what_it_acknowledged_is_refused(db):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert by_subject(database.check(None))["synchronous_commit"].level == FAIL


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
def test_each_unsafe_setting_of_the_server_is_refused(name):
    safe = {
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "server_encoding": "UTF8",
        "data_checksums": "on",
    }
    assert {finding.level for finding in database._safety(safe)} == {OK}
    found = by_subject(database._safety(safe | {name: "off"}))
    assert [subject for subject, finding in found.items() if finding.level == FAIL] == [name]


def test_a_server_that_is_too_old_is_refused():
    found = by_subject(database._version({"server_version_num": "140011", "server_version": "14.11"}, None))
    assert found["database"].level == FAIL


def test_little_room_on_the_disk_is_said(monkeypatch, tmp_path):
    free = {"left": 100 * 10**6}
    monkeypatch.setattr(surroundings.shutil, "disk_usage", lambda path: type("Usage", (), {"free": free["left"]}))
    assert by_subject(surroundings.check_disk(tmp_path))["disk"].level == FAIL
    free["left"] = 10**9
    assert by_subject(surroundings.check_disk(tmp_path))["disk"].level == WARN
    free["left"] = 10**11
    assert by_subject(surroundings.check_disk(tmp_path))["disk"].level == OK


def test_a_clock_that_is_off_is_said(db, monkeypatch):
    assert by_subject(surroundings.check_clock())["clock"].level == OK
    monkeypatch.setattr(surroundings.time, "time", lambda: surroundings.time.monotonic() + 4 * 10**9)
    assert by_subject(surroundings.check_clock())["clock"].level == FAIL


def test_a_data_folder_that_others_may_write_to_is_said(settings, tmp_path):
    settings.ALONGSIDE_HOME = tmp_path
    tmp_path.chmod(0o777)
    assert by_subject(surroundings.check_folders(None))["data folder"].level == FAIL
    tmp_path.chmod(0o700)
    (tmp_path / "secret_key").write_text("x")
    (tmp_path / "secret_key").chmod(0o644)
    found = by_subject(surroundings.check_folders(None))
    assert found["data folder"].level == OK
    assert found["secret key"].level == FAIL


def test_the_command_ends_with_failure_and_can_speak_to_programs(home):
    done = alongside(home, "doctor", "--json", SECRET_KEY="short")
    found = {finding["subject"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 1
    assert found["secret key"]["level"] == FAIL
    assert found["tables"]["advice"] == "Run: alongside migrate"
    assert found["fsync"]["level"] == OK
