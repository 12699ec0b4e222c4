"""Every operation of the API, asked for by everyone: only a living key with the right scope is answered."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from alongside.api import throttling
from alongside.keys.models import Key
from alongside.keys.scopes import SCOPES
from tests.house.principals_api import CALLS
from tests.house.test_code import walk

pytestmark = pytest.mark.django_db
API = ("api_", "api-v1:")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.fixture(autouse=True)
def _full_buckets():
    throttling._buckets.clear()


def addresses() -> dict[str, str]:
    """Every operation and its path."""
    return {name: path for path, name, _view in walk(get_resolver()) if name.startswith(API)}


def path_of(name: str, ids: dict) -> str:
    """The address of an operation, with things of the world in it."""
    named, query = CALLS[name].arguments, CALLS[name].asks
    arguments = {key: thing[1:] if thing.startswith("=") else ids[thing] for key, thing in named.items()}
    return reverse(name, kwargs=arguments or None) + (f"?{query}" if query else "")


def ask(world, name: str, token: str = "", client: Client | None = None, ids: dict | None = None, method: str = ""):
    """Ask for an operation with a key; the answer."""
    rule, client = CALLS[name], client or Client(enforce_csrf_checks=True)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if (method or rule.method) in ("GET", "HEAD") or rule.body is None:
        return client.generic(method or rule.method, path_of(name, ids or world.ids()), headers=headers)
    return getattr(client, (method or rule.method).lower())(
        path_of(name, ids or world.ids()), rule.body, "application/json", headers=headers)


@pytest.mark.parametrize("name", sorted(addresses()))
def test_an_operation_stands_in_the_table(name):
    arguments = "".join(f', {part}="…"' for part in re.findall(r"<(?:\w+:)?(\w+)>", addresses()[name]))
    assert name in CALLS, (f"Nobody has said which key may call {addresses()[name]}. Add it to CALLS in "
                           f'tests/house/principals_api.py:\n    "{name}": call("GET", "a scope"{arguments}),')


def test_the_table_names_nothing_that_is_gone():
    assert set(CALLS) - set(addresses()) == set()


def test_every_scope_opens_something():
    assert {rule.scope for rule in CALLS.values()} - {None, ""} == set(SCOPES) - {"notes:read"}


KEYED = sorted(name for name, rule in CALLS.items() if rule.scope is not None)


@pytest.mark.parametrize("name", sorted(set(CALLS) - set(KEYED)))
def test_what_holds_no_data_is_open(name, world, undone):
    for token in ("", world.key_of("member")):
        with undone():
            assert ask(world, name, token).status_code == CALLS[name].status


@pytest.mark.parametrize("name", KEYED)
def test_without_a_living_key_there_is_nothing(name, world, undone):
    """Nobody, a session of the owner, and keys that are wrong, over, revoked, of another kind, or of one who left."""
    with undone():
        tokens = {
            "none": "", "wrong": "n" * 43, "over": world.key_of("owner", *SCOPES, lasts=timedelta(seconds=-1)),
            "of one who left": world.key_of("deactivated", *SCOPES),
            "of another kind": Key.issue("invitation", by=world.owner.person, subject=world.owner.person,
                                         scopes=list(SCOPES))[1],
        }  # fmt: skip
        revoked = world.key_of("owner", *SCOPES)
        Key.objects.find(revoked, "api").revoke(by=world.owner.person)
        tokens["revoked"] = revoked
        for which, token in tokens.items():
            assert ask(world, name, token).status_code == 401, which
        assert ask(world, name, client=world.client_of("owner")).status_code == 401


@pytest.mark.parametrize("name", KEYED)
def test_a_key_does_what_its_scopes_say(name, world, undone):
    rule = CALLS[name]
    with undone():
        every = set(SCOPES)
        assert ask(world, name, world.key_of("member", *every)).status_code == rule.status
    if rule.scope:
        with undone():
            assert ask(world, name, world.key_of("member", rule.scope)).status_code == rule.status
        with undone():
            for scopes in ((), every - {rule.scope}):
                assert ask(world, name, world.key_of("owner", *scopes)).status_code == 403


@pytest.mark.parametrize("name", KEYED)
def test_a_method_that_is_not_there_is_refused(name, world, undone):
    known = {rule.method for other, rule in CALLS.items() if addresses().get(other) == addresses()[name]}
    for method in sorted(set(METHODS) - known):
        with undone():
            assert ask(world, name, world.key_of("owner", *SCOPES), method=method).status_code == 405, method


@pytest.mark.parametrize("name", sorted(name for name, rule in CALLS.items() if rule.method == "GET"))
def test_a_head_is_answered_as_a_get_without_a_body(name, world, undone):
    for token in ("", world.key_of("owner", *SCOPES)):
        with undone():
            got, head = (ask(world, name, token, method=method) for method in ("GET", "HEAD"))
            assert (head.status_code, head["Content-Type"]) == (got.status_code, got["Content-Type"])
            assert head.streaming or not head.content


def foreign_cases():
    """Each operation with each thing in its address."""
    return [(name, thing) for name in KEYED for thing in CALLS[name].arguments.values()]


@pytest.mark.parametrize(("name", "thing"), foreign_cases())
def test_a_foreign_and_a_missing_id_are_answered_alike(name, thing, world, undone):
    about, answers = world.things[thing], []
    for value in (about.foreign, about.missing):
        if value is not None:
            with undone():
                answer = ask(world, name, world.key_of("member", *SCOPES), ids={**world.ids(), thing: value})
            answers.append((answer.status_code, answer["Content-Type"], answer.getvalue()))
    assert {status for status, _type, _body in answers} == {404}
    assert all(answer == answers[0] for answer in answers)


def test_a_key_opens_no_page(world):
    """Beyond the API a key is nobody; the matrix of pages has it as "bare key" and "whole key"."""
    assert world.client_of("whole key").get(reverse("conversations:view", args=["all"])).status_code == 302
