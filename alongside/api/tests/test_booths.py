"""Booths over the API: opened, read, shared by a link, worked on, ended; the same verbs as on the page."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from alongside.api.models import IdempotentAnswer
from alongside.booths.models import Booth, BoothLink, Participant, Step, Update
from alongside.conversations.models import Conversation
from alongside.events.models import Event
from alongside.keys.models import SCOPES, Key
from alongside.promises.models import Promise

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"^http://localhost:\d+/join#([\w-]{43})$")


@pytest.fixture
def mine(program, lena):
    return program(lena)


@pytest.fixture
def booth(mine, ryan):
    """What was opened for Ryan, as it was answered."""
    return mine("post", "/booths", {"person": ryan.id, "goal": "Fed by 8:30"}).data


def token_of(mine, booth, **link) -> str:
    made = mine("post", f"/booths/{booth['id']}/links", {"role": "edit", **link})
    assert made.status_code == 201 and set(made.data) == {"id", "url"}
    return ADDRESS.match(made.data["url"])[1]


def test_open_and_read(mine, ryan, lena):
    made = mine("post", "/booths", {"person": ryan.id, "goal": "Fed by 8:30"})
    assert made.status_code == 201 and made["Location"] == f"/api/v1/booths/{made.data['id']}"
    assert made.data["url"].endswith(f"/booths/{made.data['id']}") and made.data["person"]["name"] == "Ryan"
    assert mine("get", made["Location"]).data == made.data
    assert Event.objects.get(kind="booth.opened").actor_id == lena.person_id
    assert mine("post", "/booths", {}).data["person"] is None


def test_open_from_a_conversation(mine, ryan, cafe, branch):
    begun = Conversation.start(inbox=cafe, person=ryan, subject="Breakfast")
    made = mine("post", "/booths", {"conversation": begun.id})
    assert (made.data["conversation"], made.data["person"]["id"]) == (begun.id, ryan.id)
    foreign = Conversation.start(inbox=branch, person=ryan, subject="Loan")
    for given in ({"conversation": foreign.id}, {"conversation": 999_999}, {"person": 999_999}):
        assert mine("post", "/booths", given).status_code == 422
    assert mine("post", "/booths", {"secret": 1}).status_code == 400


def test_a_link_lets_somebody_in_who_needs_no_key(mine, nobody, booth):
    token = token_of(mine, booth, max_uses=1)
    joined = nobody("post", "/booths/join", {"token": token, "name": "Ryan"})
    assert joined.status_code == 201 and (joined.data["booth"], joined.data["role"]) == (booth["id"], "edit")
    assert Participant.of_session(joined.data["session"]).name == "Ryan"
    again = nobody("post", "/booths/join", {"token": token, "name": "Austin"})
    assert again.status_code == 404 and "used up" in again.data["detail"]
    for given in ({"token": "n" * 43, "name": "Ryan"}, {"token": joined.data["session"], "name": "Ryan"}):
        assert nobody("post", "/booths/join", given).status_code == 404
    assert nobody("post", "/booths/join", {"token": token_of(mine, booth), "name": "✓"}).status_code == 422
    assert [each["name"] for each in mine("get", f"/booths/{booth['id']}").data["participants"]] == ["Ryan"]


def test_a_link_ends_and_is_taken_back(mine, nobody, booth):
    later = (timezone.now() + timedelta(hours=1)).isoformat()
    made = mine("post", f"/booths/{booth['id']}/links", {"role": "view", "expires_at": later}).data
    link = BoothLink.objects.get()
    assert link.role == "view" and link.key.expires_at.isoformat()[:16] == later[:16]
    token = ADDRESS.match(made["url"])[1]
    session = nobody("post", "/booths/join", {"token": token, "name": "Ryan"}).data["session"]
    assert mine("delete", f"/booths/{booth['id']}/links/{made['id']}").status_code == 204
    assert Participant.of_session(session) is None
    assert nobody("post", "/booths/join", {"token": token, "name": "Ryan"}).status_code == 404
    past = (timezone.now() - timedelta(hours=1)).isoformat()
    assert mine("post", f"/booths/{booth['id']}/links", {"role": "view", "expires_at": past}).status_code == 422
    other = mine("post", "/booths", {}).data
    assert mine("delete", f"/booths/{other['id']}/links/{made['id']}").status_code == 404


def test_an_address_is_nowhere_kept_also_not_for_the_same_request(mine, booth):
    first, again = (mine("post", f"/booths/{booth['id']}/links", {"role": "edit"}, Idempotency_Key="a")
                    for _each in range(2))
    assert first.data == again.data and BoothLink.objects.count() == 1
    token = ADDRESS.match(first.data["url"])[1]
    assert token.encode() not in bytes(IdempotentAnswer.objects.get().body)
    assert not Key.objects.filter(digest=token.encode()).exists()


def test_who_knocks_all_the_time_waits(nobody, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "booth_door": "1/m/ip"}
    answers = [nobody("post", "/booths/join", {"token": "n" * 43, "name": "R"}).status_code for _each in range(2)]
    assert answers == [404, 429]


def test_steps_lines_and_how_it_ended(mine, booth, lena):
    at = f"/booths/{booth['id']}"
    step = mine("post", f"{at}/steps", {"words": "Bake thirty", "whose": "ours"}).data
    other = mine("post", f"{at}/steps", {"words": "Hold two tables", "due_at": "2099-03-06T07:45:00Z"}).data
    assert step["made_by"] == Participant.objects.get(member=lena).id and other["due_at"].startswith("2099-03-06T07:45")
    changed = mine("patch", f"{at}/steps/{other['id']}", {"done": True, "after": None, "words": "Hold three tables"})
    assert changed.data["done_by"] and changed.data["words"] == "Hold three tables"
    assert [each["id"] for each in mine("get", at).data["steps"]] == [other["id"], step["id"]]
    mine("patch", f"{at}/steps/{step['id']}", {"removed": True})
    assert mine("post", f"{at}/lines", {"words": "Good morning"}).status_code == 201
    assert [line["words"] for line in mine("get", f"{at}/lines").data["items"]] == ["Good morning"]
    read = mine("put", f"{at}/ending", {"answer": "reached", "words": "All fed"}).data
    assert [each["answer"] for each in read["endings"]] == ["reached"] and len(read["steps"]) == 1
    for given in ({"words": ""}, {"words": "x" * 301}, {"words": "x", "whose": "staff"}, {"words": "x", "place": 1}):
        assert mine("post", f"{at}/steps", given).status_code == 400
    assert mine("patch", f"{at}/steps/999999", {"done": True}).status_code == 404


def test_after_the_end_nothing_changes_until_it_is_opened_again(mine, booth):
    at = f"/booths/{booth['id']}"
    assert mine("put", f"{at}/closure").data["state"] == "ended"
    refused = mine("post", f"{at}/steps", {"words": "More"})
    assert refused.status_code == 409 and refused["Content-Type"] == "application/problem+json"
    assert mine("put", f"{at}/ending", {"answer": "reached"}).status_code == 409
    assert [each["id"] for each in mine("get", "/booths?state=ended").data["items"]] == [booth["id"]]
    assert mine("delete", f"{at}/closure").data["state"] == "open"
    assert mine("post", f"{at}/steps", {"words": "More"}).status_code == 201


def test_open_steps_of_ours_become_promises_when_it_ends(mine, booth, ryan):
    at = f"/booths/{booth['id']}"
    step = mine("post", f"{at}/steps", {"words": "Bake thirty", "whose": "ours", "due_at": "2099-03-06T07:45:00Z"}).data
    theirs = mine("post", f"{at}/steps", {"words": "Bring the list", "whose": "yours"}).data
    refused = mine("put", f"{at}/closure", {"promises": [{"step": step["id"]}, {"step": theirs["id"]}]})
    assert refused.status_code == 422 and "step of ours" in refused.data["detail"]
    assert mine("get", at).data["state"] == "open" and not Promise.objects.exists()
    assert mine("put", f"{at}/closure", {"promises": [{"step": 999999}]}).status_code == 404
    ended = mine("put", f"{at}/closure", {"promises": [{"step": step["id"]}]}).data
    promise = Promise.objects.get(person=ryan)
    assert ended["state"] == "ended" and promise.words == "Bake thirty" and promise.due_at.year == 2099
    assert {each["id"]: each["promise"] for each in ended["steps"]} == {step["id"]: promise.id, theirs["id"]: None}


def test_a_file_that_the_key_sent_is_laid_there_and_read(mine, program, owner, booth):
    at = f"/booths/{booth['id']}"
    sent = mine("post", "/files?name=list.txt", b"thirty scones", kind="text/plain").data
    laid = mine("post", f"{at}/files", {"file": sent["id"]})
    assert laid.status_code == 201 and laid.data["name"] == "list.txt"
    read = program(owner, "booths:read")("get", laid.data["url"])
    assert read.bytes == b"thirty scones"
    assert mine("get", at).data["files"] == [laid.data]
    assert program(owner)("post", f"{at}/files", {"file": sent["id"]}).status_code == 422


def test_lists_and_pages(mine, ryan, joe, lena):
    for person in (ryan, joe, ryan):
        mine("post", "/booths", {"person": person.id})
    theirs = mine("get", f"/booths?person={ryan.id}").data["items"]
    assert [each["person"]["name"] for each in theirs] == ["Ryan", "Ryan"]
    first = mine("get", "/booths?limit=2").data
    rest = mine("get", f"/booths?limit=2&cursor={first['next']}").data
    assert len(first["items"]) == 2 and len(rest["items"]) == 1 and rest["next"] is None
    assert mine("get", "/booths?state=secret").status_code == 400


def test_notes_are_told_as_they_stand(mine, booth):
    document = Doc()
    document.get("notes", type=XmlFragment).children.append(XmlElement("heading", {"level": 1}, [XmlText("Scones")]))
    Update.objects.create(booth=Booth.objects.get(code=booth["id"]), data=document.get_update())
    notes = mine("get", f"/booths/{booth['id']}").data["notes"]
    assert notes["markdown"] == "# Scones" and notes["prosemirror"]["content"][0]["type"] == "heading"


def test_a_key_needs_the_scope(program, lena, booth):
    reads = program(lena, "booths:read")
    assert reads("get", f"/booths/{booth['id']}").status_code == 200
    assert reads("post", "/booths", {}).status_code == 403
    others = program(lena, *(scope for scope in SCOPES if not scope.startswith("booths")))
    assert others("get", f"/booths/{booth['id']}").status_code == 403
    assert Booth.objects.count() == 1 and not Step.objects.exists()
