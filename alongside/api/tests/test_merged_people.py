"""Somebody with two records, over the API: the earlier number still finds them, and says where it went."""

import pytest

from alongside.conversations.models import Conversation
from alongside.conversations.writing import Address, receive
from alongside.people.merging import merge
from alongside.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(joe, cafe, lena):
    """Joe, and who was merged into him, with a conversation."""
    joseph = Person.meet(full_name="Joseph Hallam", email="joseph@letters.example")
    conversation = Conversation.start(inbox=cafe, person=joseph, subject="Terrace")
    receive(conversation, author=joseph, sender=Address(joseph.email), text="Is it open?")
    merge(joe, joseph, by=lena.person)
    return joe, joseph, conversation


def test_either_number_answers_with_whoever_stands(both, program, owner):
    joe, joseph, _conversation = both
    for id in (joe.id, joseph.id):
        told = program(owner)("GET", f"/people/{id}").data
        assert (told["id"], told["merged"], told["kind"]) == (joe.id, [joseph.id], "human")
        assert {each["value"] for each in told["identities"]} == {"joe@hallam.example", "joseph@letters.example"}
    listed = program(owner)("GET", "/people").data["items"]
    assert joseph.id not in [each["id"] for each in listed] and joe.id in [each["id"] for each in listed]


def test_their_conversations_are_found_by_either_number(both, program, owner):
    joe, joseph, conversation = both
    for id in (joe.id, joseph.id):
        items = program(owner)("GET", f"/conversations?person={id}").data["items"]
        assert [(each["id"], each["person"]["id"], each["person"]["name"]) for each in items] == [
            (conversation.id, joe.id, "Joe")]
    messages = program(owner)("GET", f"/conversations/{conversation.id}/messages").data["items"]
    assert messages[0]["author"] == {"id": joe.id, "name": "Joe"}
    assert program(owner)("GET", "/conversations?person=999999").data["items"] == []


def test_an_address_is_taken_off_whichever_record_it_hangs_on(both, program, owner):
    joe, joseph, _conversation = both
    theirs = joseph.identities.get()
    assert program(owner)("DELETE", f"/people/{joe.id}/identities/{theirs.id}").status_code == 204
    assert not joseph.identities.exists()


def test_a_conversation_begins_with_whoever_stands(both, program, owner, cafe):
    joe, joseph, _conversation = both
    said = {"seat": "yours", "text": "Six of us", "from_address": {"address": "joseph@letters.example"}}
    made = program(owner)("POST", "/conversations", {"inbox": cafe.id, "person": joseph.id, "message": said})
    assert made.status_code == 201, made.data
    assert Conversation.objects.get(pk=made.data["id"]).person == joe
