"""Rows, live topics and the server's own routes, asked for by everyone: persons and guests too."""

import asyncio

import pytest
from django.apps import apps

from alongside.lib.principal import ANONYMOUS, Principal
from alongside.live.models import allowed, topics
from config.asgi import PAGES, application, health
from tests.house.plan import room_of

pytestmark = pytest.mark.django_db
NOBODY = {"nobody", "guest", "gone"}
SERVES = {"outsider", "member", "lead", "admin", "owner", "key"}
TEAM = SERVES - {"outsider"}
ALL = SERVES | {"person", "stranger"} | NOBODY

# For each model that says who sees its rows: which row we look for, and who finds it.
ROWS = {
    "booths.Booth": ("booth_row", SERVES | {"person", "guest"}),
    "booths.BoothFile": ("booth_file", SERVES | {"person", "guest"}),
    "booths.BoothLink": ("booth_link", SERVES),
    "booths.BroughtLesson": ("brought", SERVES | {"person", "guest"}),
    "booths.ChatLine": ("line", SERVES | {"person", "guest"}),
    "booths.Ending": ("ending", SERVES | {"person", "guest"}),
    "booths.GoalAgreement": ("agreement", SERVES | {"person", "guest"}),
    "booths.Participant": ("booth_guest", SERVES | {"person", "guest"}),
    "booths.Step": ("step", SERVES | {"person", "guest"}),
    "conversations.Conversation": ("conversation", TEAM | {"person"}),
    "conversations.Inbox": ("cafe", TEAM),
    "conversations.Message": ("message", TEAM | {"person"}),
    "conversations.SavedReply": ("reply", TEAM),
    "keys.Key": ("api_key", {"admin", "owner"}),
    "knowledge.Lesson": ("lesson", SERVES),
    "knowledge.LessonPart": ("lesson_part", SERVES),
    "members.Location": ("location", SERVES),
    "members.Member": ("colleague", SERVES),
    "members.Team": ("team", SERVES),
    "moments.Had": ("had", SERVES | {"person"}),
    "moments.Moment": ("moment", SERVES | {"person"}),
    "moments.MomentKind": ("moment_kind", SERVES),
    "moments.Mood": ("mood", SERVES | {"person"}),
    "moments.Note": ("person_note", SERVES | {"person"}),
    "people.Person": ("person", SERVES | {"person"}),
    "people.Suggestion": ("suggestion", SERVES),
    "profiles.Answer": ("answer", SERVES | {"person"}),
    "profiles.Product": ("product", SERVES | {"person"}),
    "profiles.Question": ("question", SERVES),
    "profiles.QuestionSet": ("question_set", SERVES),
    "promises.Promise": ("promise", SERVES | {"person"}),
    "search.SearchDocument": ("note", TEAM),
    "visits.Visit": ("visit", SERVES | {"person"}),
}
# For each kind of live topic: which one we ask for, and who may listen.
TOPICS = {
    "booth": ("booth", SERVES | {"guest"}),
    "booths": ("all", SERVES),
    "conversation": ("conversation", TEAM),
    "counter": ("location", SERVES),
    "inbox": ("cafe", TEAM),
    "member": ("lena", {"member"}),
    "person": ("person", SERVES | {"person"}),
    "duplicates": ("all", SERVES),
    "promises": ("all", SERVES),
}
# The server's own routes: what each answers to (method → status), asked for by nobody.
ROUTES = {
    "/health": {"GET": 200, "HEAD": 200, "POST": 405, "PUT": 405, "DELETE": 405},
    "/booths/{code}/sync": {"GET": 404, "POST": 404, "PUT": 404, "DELETE": 404},
    "/api/v1/booths/{code}/sync": {"GET": 404, "POST": 404, "PUT": 404, "DELETE": 404},
    "/static": {"GET": 404, "HEAD": 404, "POST": 404, "PUT": 404, "DELETE": 404},
    "": {"GET": 302, "POST": 403, "PUT": 403, "DELETE": 403},
}


@pytest.fixture
def ids(world):
    """The row of each thing."""
    from alongside.conversations import replies, writing
    from alongside.search.indexing import index_messages

    note = writing.note(world.conversation, "He takes it with oat milk.", by=world.member.person)
    index_messages([note.id])
    document = apps.get_model("search.SearchDocument").objects.get(object_id=note.id, message=note.id)
    reply = replies.keep("Thanks", "Thank you.", by=world.owner.person, team=world.counter)
    return {**world.ids(), "cafe": world.cafe.id, "lena": world.member.id, "reply": reply.id, "note": document.pk,
            "all": "all"}


@pytest.fixture
def principals(world):
    """Everyone who may ask, as the one value that decisions are made from."""
    found = {name: world.members[name].principal() for name in ("outsider", "member", "lead", "admin", "owner")}
    lena = found["member"]
    left = type(world.member).objects.get(pk=world.members["deactivated"].pk)
    return {
        **found, "nobody": ANONYMOUS, "gone": left.principal(),
        "person": Principal(kind="person", person_id=world.ryan.id),
        "stranger": Principal(kind="person", person_id=world.joe.id),
        "guest": Principal(kind="guest", participant_id=world.guest),
        "key": Principal(kind="key", person_id=lena.person_id, member_id=lena.member_id, role=lena.role,
                         team_ids=lena.team_ids, scopes=frozenset({"conversations:read"})),
    }  # fmt: skip


def test_every_model_that_says_who_sees_it_stands_in_the_table():
    found = {model._meta.label for model in apps.get_models()
             if room_of(model.__module__) and hasattr(model._default_manager, "visible_to")}
    assert found == set(ROWS), "Say in ROWS of this file which principals find a row of it."


@pytest.mark.parametrize("label", sorted(ROWS))
def test_rows_are_found_by_whom_they_are_for(label, ids, principals):
    thing, seen_by = ROWS[label]
    rows = apps.get_model(label).objects.filter(pk=ids[thing])
    assert rows.exists()
    assert {who for who, principal in principals.items() if rows.visible_to(principal).exists()} == seen_by


def test_a_person_finds_no_note(ids, world, principals):
    note = apps.get_model("conversations.Message").objects.filter(kind="note", conversation=world.conversation)
    assert {who for who, principal in principals.items() if note.visible_to(principal).exists()} == TEAM


def test_every_kind_of_topic_stands_in_the_table():
    assert set(topics._rules) == set(TOPICS), "Say in TOPICS of this file who may listen to it."


@pytest.mark.parametrize("kind", sorted(TOPICS))
def test_topics_are_heard_by_whom_they_are_for(kind, ids, principals):
    thing, heard_by = TOPICS[kind]
    for topic in (f"{kind}:{ids[thing]}", f"here:{kind}:{ids[thing]}"):
        assert {who for who, principal in principals.items() if allowed(principal, topic)} == heard_by


NOT_THERE = [*(f"{kind}:999999999" for kind in TOPICS), "nothing:1", "conversation:", "conversation:x", "booth:a\0b",
             "conversation:1;2", ":1", "person:-1", "person:99999999999999999999"]


@pytest.mark.parametrize("topic", NOT_THERE)
def test_nobody_hears_of_what_is_not_there(topic, principals):
    assert [who for who, principal in principals.items() if allowed(principal, topic)] == []


def spoken(kind: str, path: str, method: str = "GET") -> list[dict]:
    """What the server's root answers to one request, as ASGI messages."""
    sent, came = [], [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive():
        if kind == "websocket":
            return {"type": "websocket.connect"}
        if came:
            return came.pop()
        await asyncio.sleep(30)
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
             "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "subprotocols": [],
             "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 1), "server": ("localhost", 80)}
    async def whole():
        await application(scope, receive, send)
        await health.close()

    asyncio.run(whole())
    PAGES.close()  # its threads hold connections to the test's database
    return sent


def test_every_route_of_the_server_stands_in_the_table():
    assert {route.path for route in application.routes} == set(ROUTES), "Say in ROUTES of this file what it answers."


@pytest.mark.parametrize("path", sorted(ROUTES))
def test_routes_answer_nobody_as_the_table_says(path):
    address = {"/static": "/static/nothing.css", "": "/inbox"}.get(path, path)
    got = {method: spoken("http", address, method)[0]["status"] for method in ROUTES[path]}
    assert got == ROUTES[path]


@pytest.mark.parametrize("path", ["/", "/live", "/inbox", "/health", "/static/x", "/booth/1"])
def test_no_socket_is_opened(path):
    sent = spoken("websocket", path)
    assert [message["type"] for message in sent] in (["websocket.close"], ["websocket.http.response.start"])
