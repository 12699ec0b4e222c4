"""A program that speaks to the API with a key."""

import json

import pytest
from django.test import Client

from alongside.api import throttling
from alongside.keys.models import SCOPES, Key


class Program:
    """Sends requests with a key and reads the JSON of the answers."""

    def __init__(self, token: str, key: Key | None = None):
        self.token, self.key, self.client = token, key, Client()

    def __call__(self, method: str, path: str, body=None, kind="application/json", **headers):
        """The answer; `answer.data` is its JSON, None for none. Header names are given as Idempotency_Key."""
        given = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        sent = body if isinstance(body, (bytes, str)) else json.dumps(body) if body is not None else ""
        path = path if path.startswith("/api") else f"/api/v1{path}"
        answer = self.client.generic(method.upper(), path, sent, kind, headers=given)
        answer.bytes = answer.getvalue()
        answer.data = json.loads(answer.bytes) if answer.bytes and "json" in answer["Content-Type"] else None
        return answer


@pytest.fixture(autouse=True)
def _full_buckets():
    throttling._buckets.clear()


@pytest.fixture
def program(db):
    """A function: a program that acts for a member, with some scopes (all of them unless said)."""

    def of(member, *scopes, **more):
        key, token = Key.issue("api", by=member.person, subject=member.person, name="test",
                               scopes=scopes or SCOPES, **more)
        return Program(token, key)

    return of


@pytest.fixture
def nobody(db):
    """A program without a key."""
    return Program("")
