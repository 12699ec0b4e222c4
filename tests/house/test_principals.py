"""Every address, with every method, asked for by everyone: who may is answered as the table says, nobody else is.

The table is `principals.py`. An address that it does not name fails here, and the words say what to add.
"""

import json
import re

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from alongside.api import throttling
from alongside.booths.views import verbs
from alongside.lib.access import policy_of
from alongside.lib.principal import ROLES, Principal
from tests.house.principals import PAGES
from tests.house.rules import Page
from tests.house.test_code import walk
from tests.house.things import EVERYONE, MEMBERS, NOBODY, SEATED
from tests.house.world import World

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "DELETE")
UNSAFE = ("POST", "PUT", "DELETE")
RANK = {"outsider": 0, "member": 0, "lead": 1, "admin": 2, "owner": 3}
ENOUGH = ("nobody", "whole key", "visitor", "guest", "outsider", "owner")  # whom to ask with other methods
ASKS_FOR = {"all": "member", "member": "member", "lead": "lead", "admin": "admin", "owner": "owner",
            "person": "visitor", "guest": "guest"}
API = ("api_", "api-v1:")  # has a table of its own
CHANGE = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) \S+")
# Beside the matter: sessions are noted now and then, and allauth counts a HEAD against its throttle.
BESIDE = re.compile(r'\S+ (?:INTO |FROM )?"(?:usersessions_usersession|cache)"')
NAMED = re.compile(r"\{(\w+)\}")
# What differs from answer to answer: a nonce, a token, the way back, and the number of a new draft.
NOISE = re.compile(rb'(?:nonce|content|value|name)="[^"]*"|[?&;]next=[^"&]*|/drafts/\d+')


@pytest.fixture(autouse=True)
def _full_buckets():
    throttling._buckets.clear()
    verbs.GUESTS.clear()


@pytest.fixture(autouse=True)
def _data_folder(settings, tmp_path):
    """Somebody is forgotten here: the ledger of that lies in a folder for now."""
    settings.ALONGSIDE_HOME = tmp_path


def addresses() -> dict[str, tuple[str, object]]:
    """Every address that is not the API's: name → (path, view)."""
    return {name: (path, view) for path, name, view in walk(get_resolver()) if not name.startswith(API)}


def things_of(rule: Page) -> set[str]:
    """The things of the world that a line speaks of."""
    texts = [rule.asks, *rule.sends.values(), *(each for each in (rule.tells or {}).values() if isinstance(each, str))]
    found = {name for text in texts for name in NAMED.findall(text)}
    return found | {thing for thing in rule.arguments.values() if not thing.startswith("=")}


def ask(world: World, name: str, rule: Page, method: str, who: str, ids: dict, **more):
    """Ask for the address as `who`; the answer."""
    arguments = {key: thing[1:] if thing.startswith("=") else ids[thing] for key, thing in rule.arguments.items()}
    path = reverse(name, kwargs=arguments or None)
    query = f"?{rule.asks.format_map(ids)}" if rule.asks else ""
    client = world.client_of(who, **more)
    if method in ("GET", "HEAD"):
        return client.generic(method, path + query)
    sends = {key: text.format_map(ids) for key, text in rule.sends.items()}
    if method == "POST" and rule.tells is not None:
        return client.post(path + query, json.dumps(filled(rule.tells, ids)), content_type="application/json")
    if method == "POST":
        return client.post(path + query, sends)
    return client.generic(method, path + query)


def filled(told: dict, ids: dict) -> dict:
    """JSON with the ids of things in it, each as it is: a number stays one."""
    return {key: ids[found[1]] if isinstance(value, str) and (found := NAMED.fullmatch(value)) else value
            for key, value in told.items()}


def expected(world: World, rule: Page, method: str, who: str) -> tuple:
    """The statuses that are right for `who`; "door" is a redirect to the sign-in.

    A person's own page leads everyone else to where one asks for a link, a booth to its doorstep.
    """
    if rule.who == "person" and who != "visitor" or rule.who == "guest" and who not in SEATED:
        return (302,) if method in rule.answers else (302, 405)
    if who in NOBODY and rule.who not in ("person", "guest"):
        if rule.who == "all":
            return (rule.outside.get(method, 405),)
        return ("door",) if method in rule.answers else ("door", 405)
    sees = all(who in world.things[thing].seen_by for thing in things_of(rule))
    may = rule.who in ("all", "person", "guest") or RANK[who] >= ROLES.index(rule.who)
    if not may:
        return (403,) if method in rule.answers and sees else (403, 404) if method in rule.answers else (403, 405)
    if method not in rule.answers:
        return (405,)
    if not sees and not rule.blind:
        return (404,)
    answer = rule.answers[method]
    return answer if isinstance(answer, tuple) else (answer,)


def status_of(response) -> object:
    """The status, or "door" for a redirect to the sign-in."""
    at_the_door = response.status_code == 302 and response["Location"].startswith("/accounts/login?next=")
    return "door" if at_the_door else response.status_code


@pytest.mark.parametrize("name", sorted(addresses()))
def test_an_address_stands_in_the_table(name):
    path, view = addresses()[name]
    arguments = "".join(f', {part}="…"' for part in re.findall(r"<(?:\w+:)?(\w+)>", path))
    who = policy_of(view)
    assert name in PAGES, (
        f"Nobody has said who may call {path}. Add it to PAGES in tests/house/principals.py, with each method it knows "
        f'and what that answers:\n    "{name}": page("{who}", GET=200{arguments}),'
    )


def test_the_table_names_nothing_that_is_gone():
    assert set(PAGES) - set(addresses()) == set()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_who_may_is_answered_and_nobody_else(name, world, undone):
    wrong = []
    for method in METHODS:
        for who in NOBODY + MEMBERS if method in PAGES[name].answers else ENOUGH:
            with undone():
                got = status_of(ask(world, name, PAGES[name], method, who, world.ids()))
            right = expected(world, PAGES[name], method, who)
            if got not in right:
                wrong.append(f"{method} as {who}: {got}, not {' or '.join(map(str, right))}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_head_is_answered_as_a_get_without_a_body(name, world, undone):
    """RFC 9110, 9.3.2: and it sets nothing off that a GET would not."""
    for who in ("nobody", ASKS_FOR[PAGES[name].who]):
        answers = []
        for method in ("GET", "HEAD"):
            with undone(), CaptureQueriesContext(connection) as asked:
                answer = ask(world, name, PAGES[name], method, who, world.ids())
            changes = {found[0] for query in asked if (found := CHANGE.match(query["sql"]))}
            leads = re.sub(r"/drafts/\d+", "", answer.get("Location", ""))
            answers.append((answer.status_code, leads, {each for each in changes if not BESIDE.match(each)}))
        assert answers[1] == answers[0], f"as {who}"
        assert answer.streaming or not answer.content, f"as {who}"


def foreign_cases():
    """Each line of the table with each thing in it: the line, and the thing that is foreign or missing."""
    return [(name, thing) for name, rule in sorted(PAGES.items()) for thing in sorted(things_of(rule))]


def told(response) -> tuple:
    """What a reader learns from an answer, without what differs each time."""
    body = NOISE.sub(b"", response.content) if not response.streaming else b""
    return response.status_code, response.get("Location", ""), body


@pytest.mark.parametrize(("name", "thing"), foreign_cases())
def test_a_foreign_and_a_missing_id_are_answered_alike(name, thing, world, undone):
    rule, about = PAGES[name], world.things[thing]
    who = ASKS_FOR[rule.who]
    posted = thing not in rule.arguments.values() and f"{{{thing}}}" not in rule.asks
    for method in {"POST"} if posted else rule.answers:
        answers = []
        for which in ("foreign", "missing"):
            value = getattr(about, which)
            if value is None or (which == "foreign" and about.seen_by >= {who} and who in ("admin", "owner")
                                 and about.seen_by != EVERYONE):
                continue
            with undone():
                answer = ask(world, name, rule, method, who, {**world.ids(), thing: value})
            status, leads, body = told(answer)
            named = re.compile(rb"(?<=[/=:])" + re.escape(str(value)).encode() + rb"(?![\w.])")
            answers.append((status, named.sub(b"ID", leads.encode()), named.sub(b"ID", body)))
        if not rule.blind and thing != "tag":
            assert {status for status, _leads, _body in answers} == {404}, f"{method} as {who}"
        for answer in answers[1:]:
            assert answer[:2] == answers[0][:2], f"{method} as {who}"
            assert answer[2].splitlines() == answers[0][2].splitlines(), f"{method} as {who} tells one from the other"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_nothing_is_changed_without_the_token_against_forgery(name, world, undone):
    for method in UNSAFE:
        for who in ("nobody", "owner"):
            with undone():
                answer = ask(world, name, PAGES[name], method, who, world.ids(), enforce_csrf_checks=True)
            assert answer.status_code == 403, f"{method} as {who}: {answer.status_code}"


@pytest.mark.parametrize("name", sorted(addresses()))
def test_members_pages_know_no_person_guest_or_key(name):
    """However such a principal would come to be on a request: a page for members lets members in."""
    path, view = addresses()[name]
    if policy_of(view) not in ROLES:
        return
    arguments = {part: "1" for part in re.findall(r"<(?:\w+:)?(\w+)>", path)}
    for kind in ("anonymous", "person", "guest", "key"):
        for method in METHODS:
            request = RequestFactory().generic(method, "/somewhere")
            request.principal = Principal(kind=kind, person_id=1, member_id=1, role="owner", team_ids=frozenset({1}))
            assert status_of(view(request, **arguments)) in ("door", 405), f"{method} as {kind}"
