"""Conversations over the API: nothing of a foreign one leaks, notes need a scope, verbs are those of the house."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.conversations.merging import merge
from alongside.conversations.models import Conversation, Message
from alongside.conversations.writing import Address, note, receive


@pytest.fixture
def said(joe, cafe):
    conversation = Conversation.start(inbox=cafe, person=joe, subject="Beans")
    receive(conversation, author=joe, sender=Address(joe.email, "Joe"), text="Do you have beans?", subject="Beans")
    return conversation


@pytest.fixture
def foreign(ryan, branch, owner):
    conversation = Conversation.start(inbox=branch, person=ryan, subject="Secret subject")
    receive(conversation, author=ryan, sender=Address(ryan.email), text="Secret words", subject="Secret subject")
    note(conversation, "Secret note", by=owner.person)
    return conversation


def test_reading(program, lena, said, joe):
    hers = program(lena)
    listed = hers("get", "/conversations").data["items"]
    assert [c["id"] for c in listed] == [said.id]
    read = hers("get", f"/conversations/{said.id}").data
    assert read == listed[0]
    assert read["person"] == {"id": joe.id, "name": "Joe"} and read["preview"] == "Do you have beans?"
    messages = hers("get", f"/conversations/{said.id}/messages").data["items"]
    assert [m["text"] for m in messages] == ["Do you have beans?"]
    assert hers("get", f"/messages/{messages[0]['id']}").data == messages[0]
    assert [c["id"] for c in hers("get", f"/conversations?person={joe.id}").data["items"]] == [said.id]


def test_nothing_foreign_is_read_named_or_changed(program, lena, said, foreign, ryan, branch):
    hers = program(lena)
    message = Message.objects.filter(conversation=foreign).first()
    one, missing = f"/conversations/{foreign.id}", "/conversations/999999"
    for method, tail, body in [
        ("get", "", None), ("get", "/messages", None), ("patch", "", {"priority": 2}), ("put", "/closure", {}),
        ("delete", "/closure", None), ("put", "/assignment", {"member": lena.id}), ("post", "/notes", {"text": "x"}),
        ("put", "/snooze", {"until": "2999-01-01T00:00:00Z"}), ("post", "/tags", {"name": "x"}),
        ("post", "/messages", {"seat": "ours", "text": "x"}), ("delete", "/tags/1", None), ("delete", "/snooze", None),
    ]:  # fmt: skip
        theirs, none = hers(method, one + tail, body), hers(method, missing + tail, body)
        assert theirs.status_code == none.status_code == 404 and theirs.content == none.content, (method, tail)
    assert hers("get", f"/messages/{message.id}").content == hers("get", "/messages/999999").content
    everything = json.dumps([
        hers("get", path).data
        for path in ("/conversations", f"/conversations?person={ryan.id}", f"/conversations?inbox={branch.id}",
                     "/conversations?view=unassigned", "/inboxes", f"/people/{ryan.id}")
    ])  # fmt: skip
    assert "Secret" not in everything and branch.name not in everything
    begin = {"inbox": branch.id, "person": ryan.id, "message": {"seat": "yours", "text": "x"}}
    assert hers("post", "/conversations", begin).status_code == 422
    assert hers("patch", f"/conversations/{said.id}", {"inbox": branch.id}).status_code == 422


def test_notes_need_their_own_scope(program, owner, lena, said):
    note(said, "He likes them dark", by=owner.person)
    reader, colleague = program(lena, "conversations:read"), program(lena, "conversations:read", "notes:read")
    texts = [[m["text"] for m in key("get", f"/conversations/{said.id}/messages").data["items"]]
             for key in (reader, colleague)]
    assert texts == [["Do you have beans?"], ["He likes them dark", "Do you have beans?"]]
    hidden = Message.objects.get(kind="note")
    assert reader("get", f"/messages/{hidden.id}").status_code == 404
    assert colleague("get", f"/messages/{hidden.id}").data["kind"] == "note"
    assert "dark" not in json.dumps(reader("get", f"/conversations/{said.id}").data)


def test_a_note_never_has_a_recipient(program, lena, said):
    kept = program(lena)("post", f"/conversations/{said.id}/notes", {"text": "psst"})
    assert kept.status_code == 201
    assert (kept.data["kind"], kept.data["state"], kept.data["recipients"]) == ("note", "kept", [])


def test_what_the_person_wrote_elsewhere_comes_in_as_from_them(program, lena, said, joe):
    hers = program(lena)
    said.close(by=lena.person)
    made = hers("post", f"/conversations/{said.id}/messages", {"seat": "yours", "text": "One more thing"})
    assert made.status_code == 201
    assert (made.data["seat"], made.data["state"], made.data["channel"]) == ("yours", "received", "api")
    assert made.data["author"]["id"] == joe.id
    assert hers("get", f"/conversations/{said.id}").data["state"] == "open"
    elsewhere = {"seat": "yours", "text": "x", "from_address": {"address": "attacker@evil.example"}}
    assert hers("post", f"/conversations/{said.id}/messages", elsewhere).status_code == 422


def test_an_answer_goes_to_whoever_wrote_and_has_seen_the_newest(program, lena, said, joe):
    hers = program(lena)
    newest = hers("get", f"/conversations/{said.id}").data["newest"]
    body = {"seat": "ours", "text": "Yes, plenty"}
    assert hers("post", f"/conversations/{said.id}/messages", body).status_code == 422
    crossed = hers("post", f"/conversations/{said.id}/messages", {**body, "seen": newest - 1})
    assert crossed.status_code == 409 and crossed.data["newest"] == newest
    sent = hers("post", f"/conversations/{said.id}/messages", {**body, "seen": newest})
    assert sent.status_code == 201 and sent.data["state"] == "waiting"
    assert [(r["role"], r["address"]) for r in sent.data["recipients"]] == [("to", joe.email)]
    assert sent.data["author"]["name"] == "Lena"
    assert hers("delete", f"/messages/{sent.data['id']}").status_code == 204
    assert hers("delete", f"/messages/{sent.data['id']}").status_code == 409


@pytest.mark.parametrize("to", ["no address", "a@b, c@d", "a@b\r\nBcc: x@y.example"])
def test_an_address_that_is_none(program, lena, said, to):
    body = {"seat": "ours", "text": "x", "seen": 10**9, "to": [{"address": to}]}
    assert program(lena)("post", f"/conversations/{said.id}/messages", body).status_code == 422


def test_beginning_from_either_side(program, lena, joe, austin, cafe):
    hers = program(lena)
    theirs = hers("post", "/conversations", {"inbox": cafe.id, "person": joe.id,
                                             "message": {"seat": "yours", "text": "From a form", "subject": "Form"}})
    assert theirs.status_code == 201 and theirs.data["last_seat"] == "yours"
    ours = hers("post", "/conversations", {"inbox": cafe.id, "person": joe.id,
                                           "message": {"seat": "ours", "text": "We write first", "subject": "Hello"}})
    assert ours.status_code == 201 and ours.data["assignee"]["name"] == "Lena"
    assert hers("get", ours["Location"]).data == ours.data
    nowhere = {"inbox": cafe.id, "person": austin.id, "message": {"seat": "yours", "text": "x"}}
    assert hers("post", "/conversations", nowhere).status_code == 422
    assert not Conversation.objects.filter(person=austin).exists()
    limited = program(lena, "conversations:write")
    body = {"inbox": cafe.id, "person": joe.id, "message": {"seat": "ours", "text": "x"}}
    assert limited("post", "/conversations", body).status_code == 403


def test_what_is_done_with_it(program, lena, dishwasher, said, counter_team):
    hers, one = program(lena), f"/conversations/{said.id}"
    assert hers("put", f"{one}/assignment", {"member": dishwasher.id}).data["assignee"]["name"] == "Tomás"
    assert hers("put", f"{one}/assignment", {"team": counter_team.id}).data["assignee"]["name"] == "Tomás"
    assert hers("put", f"{one}/assignment", {"member": None}).data["assignee"] is None
    assert hers("put", f"{one}/assignment", {"member": 10**6}).status_code == 422
    assert hers("patch", one, {"subject": "Dark beans", "priority": 2}).data["subject"] == "Dark beans"
    tagged = hers("post", f"{one}/tags", {"name": "Wholesale"})
    assert [tag["name"] for tag in tagged.data["tags"]] == ["wholesale"]
    assert hers("delete", f"{one}/tags/{tagged.data['tags'][0]['id']}").data["tags"] == []
    until = (timezone.now() + timedelta(days=1)).isoformat()
    assert hers("put", f"{one}/snooze", {"until": until}).data["state"] == "snoozed"
    assert hers("put", f"{one}/snooze", {"until": "2001-01-01T00:00:00Z"}).status_code == 422
    assert hers("put", f"{one}/snooze", {"until": "2999-01-01T00:00:00"}).status_code == 400
    for end in ("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"):
        answer = hers("put", f"{one}/snooze", {"until": end})
        assert answer.status_code == 400
        assert answer.data["errors"][0]["where"] == ["body", "until"]
    assert hers("delete", f"{one}/snooze").data["state"] == "open"
    assert hers("put", f"{one}/closure", {"why": "answered"}).data["state"] == "done"
    assert said.closures.get().why == "answered"
    assert hers("delete", f"{one}/closure").data["state"] == "open"


def test_a_merged_conversation_answers_as_the_one_it_went_into(program, owner, lena, said, joe, cafe):
    other = Conversation.start(inbox=cafe, person=joe, subject="Again")
    receive(other, author=joe, sender=Address(joe.email), text="Hello again")
    merge(said, other, by=owner.person)
    hers = program(lena)
    assert hers("get", f"/conversations/{other.id}").data["id"] == said.id
    assert len(hers("get", f"/conversations/{other.id}/messages").data["items"]) == 2


def test_paging_conversations_and_messages(program, lena, joe, cafe):
    hers = program(lena)
    ids = []
    for number in range(5):
        conversation = Conversation.start(inbox=cafe, person=joe)
        ids.append(conversation.id)
        receive(conversation, author=joe, sender=Address(joe.email), text=f"number {number}")
    for path in ("/conversations?limit=2", f"/conversations?limit=2&person={joe.id}"):
        seen = []
        while path:
            answer = hers("get", path)
            seen += [c["id"] for c in answer.data["items"]]
            path = answer["Link"].split(";")[0].strip("<>") if answer.data["next"] else ""
        assert seen == ids[::-1]
