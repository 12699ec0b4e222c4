"""Documents follow what happens to their things, and can all be made anew."""

import pytest
from django.db import connection

from alongside.conversations.merging import merge, unmerge
from alongside.conversations.writing import Address, Letter, answer, take_back
from alongside.events.delivery import deliver_all
from alongside.events.models import Event
from alongside.files.models import File
from alongside.search import cli, listeners, loading, rebuilding
from alongside.search.finding import find
from alongside.search.loading import index_in_bulk
from alongside.search.models import SearchDocument


def everything():
    columns = ("conversation_id", "person_id", "at", "vector")
    return {row[:2]: row[2:] for row in SearchDocument.objects.values_list("kind", "object_id", *columns)}


def test_what_was_taken_back_is_not_found(speaks, says, texts, joe, owner, lena):
    speaks("en")
    conversation = says(joe, "hello").conversation
    file = File.keep(b"x", name="regret.txt", by=lena.person)
    message = answer(conversation, Letter(text="regret", to=[Address(joe.email)], files=[file]), by=lena.person,
                     seen_id=conversation.newest_id + 9)
    assert len(texts(owner, "regret")) == 2
    take_back(message, by=lena.person)
    assert texts(owner, "regret") == []


def test_hearing_twice_changes_nothing(speaks, says, texts, joe, owner):
    speaks("en")
    says(joe, "hello")
    texts(owner, "hello")
    before = everything()
    for event in Event.objects.filter(kind__in=["conversations.message_received", "people.met"]):
        (listeners.message_changed if "message" in event.data else listeners.person_changed)(event)
    assert everything() == before


def test_a_merged_conversation_is_found_where_it_is_shown(speaks, says, texts, joe, ryan, owner, cafe, branch, lena):
    speaks("en")
    kept, taken = says(joe, "walnuts").conversation, says(ryan, "almonds", inbox=branch).conversation
    assert texts(lena, "almonds") == []
    merging = merge(kept, taken, by=owner.person)
    deliver_all()
    assert [hit.conversation_id for hit in find(lena.principal(), "almonds").hits] == [kept.id]
    unmerge(merging, by=owner.person)
    assert texts(lena, "almonds") == []
    assert [hit.conversation_id for hit in find(owner.principal(), "almonds").hits] == [taken.id]


def test_moving_and_retitling(speaks, says, texts, joe, owner, lena, branch):
    speaks("en")
    conversation = says(joe, "walnuts", subject="First name").conversation
    conversation.retitle("Second title", by=owner.person)
    assert texts(owner, "second ") == ["walnuts"]
    conversation.move(branch, by=owner.person)
    assert texts(owner, "in:bridge walnuts") == ["walnuts"]
    assert texts(lena, "walnuts") == []


def test_a_renamed_person_is_found_by_the_new_name(speaks, texts, joe, owner):
    speaks("en")
    joe.rename(called="Joseph", full_name="Joseph Hallam", by=owner.person)
    joe.reach_at("phone", "+49 30 901820", by=owner.person)
    texts(owner, "x")
    assert [p.name for p in find(owner.principal(), "joseph").people] == ["Joseph"]
    assert [p.name for p in find(owner.principal(), "4930901").people] == ["Joseph"]


@pytest.mark.parametrize("large", [False, True])
def test_made_anew_they_are_the_same(speaks, says, texts, joe, ryan, owner, capsys, monkeypatch, large):
    monkeypatch.setattr(loading, "SMALL", 0 if large else 5_000)
    monkeypatch.setattr(rebuilding, "STRETCH", 1)
    speaks("en", "de")
    says(joe, "coffee beans", subject="Order")
    says(ryan, "Zwei Häuser", subject="Frage")
    texts(owner, "coffee")
    before = everything()
    SearchDocument.objects.all().delete()
    assert cli.main(["rebuild"]) == 0
    assert everything() == before
    assert f"{len(before)}" in capsys.readouterr().out
    SearchDocument.objects.all().delete()
    conversations = [c for c, *_ in before.values() if c]
    people = [person for _, person, *_ in before.values()]
    index_in_bulk(
        conversation_ids=(min(conversations), max(conversations)), person_ids=(min(people), max(people))
    )
    assert everything() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = 'search_vector'")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_load_outside_of_any_transaction_is_copied_beside(speaks, says, texts, joe, owner):
    speaks("en")
    conversation = says(joe, "coffee beans").conversation
    texts(owner, "coffee")
    before = everything()
    SearchDocument.objects.all().delete()
    people = [person for _, person, *_ in before.values()]
    index_in_bulk(conversation_ids=(conversation.id, conversation.id), person_ids=(min(people), max(people)))
    assert everything() == before
