"""Only a living API key opens the API, only for what it was made, and only as far as its member sees."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.api import throttling
from alongside.api.problems import TITLES
from alongside.keys.models import Key
from alongside.lib import plainly
from alongside.lib.buckets import Buckets


def is_problem(answer, status: int, kind: str) -> bool:
    return (
        answer.status_code == status
        and answer["Content-Type"] == "application/problem+json"
        and answer.data["status"] == status
        and answer.data["type"].endswith(f"#{kind}")
        and bool(answer.data["title"])
    )


def test_a_key_says_for_whom_it_acts(program, owner):
    answer = program(owner, "people:read")("get", "/me")
    assert answer.status_code == 200
    assert answer.data["member"]["name"] == "Marta" and answer.data["scopes"] == ["people:read"]


def test_without_a_key(nobody):
    answer = nobody("get", "/people")
    assert is_problem(answer, 401, "unauthorized")
    assert answer["WWW-Authenticate"] == 'Bearer realm="Alongside"'


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer ", "Basic abc", "bearer  x y", "Bearer " + "x" * 999])
def test_with_something_that_is_no_key(nobody, header):
    answer = nobody("get", "/people", Authorization=header)
    assert is_problem(answer, 401, "unauthorized") and 'error="invalid_token"' in answer["WWW-Authenticate"]


def test_a_session_opens_nothing(client, signed_in, owner):
    answer = signed_in(owner).get("/api/v1/people")
    assert answer.status_code == 401


def test_keys_end(program, owner, admin):
    expired = program(owner, lasts=timedelta(hours=1))
    Key.objects.filter(pk=expired.key.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    revoked = program(owner)
    revoked.key.revoke(by=owner.person)
    left = program(admin)
    admin.leave(by=owner.person)
    for ended in (expired, revoked, left):
        assert is_problem(ended("get", "/me"), 401, "unauthorized")


def test_keys_of_other_purposes_open_nothing(nobody, owner):
    _, nobody.token = Key.issue("sign_in", by=owner.person, subject=owner.person, scopes=["people:read"])
    assert nobody("get", "/people").status_code == 401


def test_a_scope_that_is_missing_is_named(program, owner):
    answer = program(owner, "people:read")("post", "/people", {})
    assert is_problem(answer, 403, "insufficient-scope")
    assert answer.data["scope"] == "people:write" and 'scope="people:write"' in answer["WWW-Authenticate"]


def test_use_is_noted(program, owner):
    mine = program(owner)
    mine("get", "/me")
    mine.key.refresh_from_db()
    assert mine.key.last_used_at is not None


def test_a_key_that_asks_too_often_waits(program, owner, lena, monkeypatch):
    monkeypatch.setattr(throttling, "_buckets", Buckets(per_minute=0.001, burst=3))
    mine, hers = program(owner), program(lena)
    assert [mine("get", "/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = mine("get", "/me")
    assert is_problem(answer, 429, "too-many-requests") and int(answer["Retry-After"]) > 0
    assert hers("get", "/me")["RateLimit-Remaining"] == "2"


@pytest.mark.parametrize(
    "path",
    ["/api/", "/api/v1", "/api/v1/", "/api/v2/people", "/api/v1/peoples", "/api/v1/people/abc",
     "/api/v1/people/99999999999999999999", "/api/v1/people/0"],
)  # fmt: skip
def test_where_there_is_nothing(program, owner, path):
    assert is_problem(program(owner)("get", path), 404, "not-found")


def test_what_cannot_be_done_there(program, owner):
    answer = program(owner)("put", "/people")
    assert is_problem(answer, 405, "method-not-allowed") and set(answer["Allow"].split(", ")) >= {"GET", "POST"}


@pytest.mark.parametrize("body", ["{", "[]", "null", "", '"x"', b"\xff\xfe", "1e999", '{"called": "a\\u0000b"}',
                                  '{"called": "\\ud800"}', '{"called": 7}', '{"zone": "Mars/Olympus"}'])  # fmt: skip
def test_what_cannot_be_read_is_a_400(program, owner, body):
    answer = program(owner)("post", "/people", body)
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"


def test_an_unknown_field_is_a_400_and_changes_nothing(program, owner, joe):
    mine = program(owner)
    answer = mine("patch", f"/people/{joe.id}", {"called": "J", "nickname": "Jojo"})
    assert is_problem(answer, 400, "unknown-field") and answer.data["errors"][0]["where"][-1] == "nickname"
    joe.refresh_from_db()
    assert joe.called == "Joe"
    assert is_problem(mine("get", "/people?name=joe"), 400, "unknown-field")
    assert is_problem(mine("get", "/people?q=a&q=b"), 400, "not-valid")
    assert is_problem(mine("get", "/me?x=1"), 400, "unknown-field")


def test_a_body_that_is_too_large_is_refused(program, owner):
    answer = program(owner)("post", "/people", b"x" * (2 * 1024 * 1024 + 1))
    assert is_problem(answer, 413, "too-large")


@pytest.mark.parametrize(
    ("status", "kind"), [(413, "too-large"), (408, "bad-request"), (503, "unavailable"), (507, "internal")]
)
def test_what_the_server_refuses_before_any_view_is_a_problem_of_the_same_form(status, kind):
    scope = {"type": "http", "method": "POST", "path": "/api/v1/people", "headers": []}
    headers, body = plainly.answer(scope, status, "Words.")
    told = json.loads(body)
    assert (told["type"], told["status"], told["detail"]) == (f"/api/v1/docs#{kind}", status, "Words.")
    assert told["title"] == TITLES[kind] and dict(headers)[b"content-type"] == b"application/problem+json"


def test_elsewhere_a_refusal_of_the_server_has_no_type_of_the_api():
    scope = {"type": "http", "method": "PUT", "path": "/conversations/1/draft", "headers": []}
    assert json.loads(plainly.answer(scope, 413, "Words.")[1])["type"] == "about:blank"
