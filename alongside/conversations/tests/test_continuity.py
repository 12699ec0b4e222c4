"""Continuity: new conversations go to whom the person is usually with; somebody else introduces themself."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from alongside.conversations.introducing import introduce
from alongside.conversations.listeners import leave_to_whoever_serves, to_their_member
from alongside.conversations.models import OPEN, Conversation
from alongside.conversations.tests.conftest import letter
from alongside.conversations.writing import answer, begin
from alongside.events.models import Event
from alongside.members.models import TheirMember
from alongside.people import merging
from alongside.people.models import Person


@pytest.fixture
def with_lena(ryan, lena):
    """Ryan is usually with Lena."""
    TheirMember.choose(ryan, lena, by=lena.person)
    return lena


def heard(conversation) -> Conversation:
    """The conversation once its beginning was told, twice."""
    event = Event.objects.get(kind="conversations.started", data__conversation=conversation.id)
    for _again in range(2):
        to_their_member(event)
    conversation.refresh_from_db()
    return conversation


def away(member) -> None:
    """On holiday for a good while."""
    member.go_away(timezone.localdate() + timedelta(days=40), "at sea", by=member.person)


def test_it_goes_to_their_member(folder, with_lena):
    assert heard(folder).assignee == with_lena
    assigned = Event.objects.get(kind="conversations.assigned")
    assert assigned.actor_id is None and assigned.data["assignee"] == with_lena.id


def test_without_a_member_of_their_own_it_waits_for_all(folder, lena):
    assert heard(folder).assignee is None


def test_while_their_member_is_away_it_waits_for_all(folder, with_lena):
    away(with_lena)
    assert heard(folder).assignee is None


def test_whoever_took_it_first_keeps_it(folder, with_lena, dishwasher):
    folder.assign(dishwasher, by=dishwasher.person)
    assert heard(folder).assignee == dishwasher


def test_what_their_member_may_not_see_is_not_given_to_them(loan, butchers_customer, lena):
    TheirMember.choose(butchers_customer, lena, by=lena.person)
    assert heard(loan).assignee is None


def test_what_one_of_us_begins_is_theirs(cafe, ryan, with_lena, dishwasher):
    message = begin(inbox=cafe, person=ryan, letter=letter(), by=dishwasher.person)
    assert heard(message.conversation).assignee == dishwasher


def test_spam_is_given_to_nobody(folder, with_lena):
    folder.mark_spam(by=None)
    assert heard(folder).assignee is None


def test_it_holds_for_whoever_they_were_merged_into(folder, ryan, owner, lena):
    head = Person.meet(called="Ryan K.")
    TheirMember.choose(head, lena, by=owner.person)
    merging.merge(head, ryan, by=owner.person)
    assert heard(folder).assignee == lena


def test_a_colleague_is_told_and_given_a_sentence(folder, with_lena, dishwasher, signed_in):
    away(with_lena)
    client = signed_in(dishwasher)
    page = client.get(f"/conversations/{folder.id}").content.decode()
    assert "Ryan is usually with Lena, who is away until" in page
    first = client.get(f"/conversations/{folder.id}/saved-replies").json()["results"][0]
    assert first["name"] == "You instead of Lena"
    assert first["value"].startswith("I am Tomás. You usually speak with Lena, who is away until")
    assert client.get(f"/conversations/{folder.id}/saved-replies?q=zeb").json()["results"] == []


def test_the_sentence_says_nothing_of_why(folder, with_lena, dishwasher):
    away(with_lena)
    introduction = introduce(folder, dishwasher)
    assert "at sea" in introduction.line and "at sea" not in introduction.sentence


def test_the_sentence_is_in_the_persons_language(folder, ryan, with_lena, dishwasher):
    ryan.describe(by=dishwasher.person, language="de")
    folder.refresh_from_db()
    with translation.override("en"):
        introduction = introduce(folder, dishwasher)
        assert introduction.sentence.startswith("Ich bin Tomás") and "usually with" in introduction.line


def test_their_own_member_needs_no_introduction(folder, with_lena, signed_in):
    page = signed_in(with_lena).get(f"/conversations/{folder.id}").content.decode()
    assert "is usually with" not in page


def test_once_somebody_answered_it_is_not_said_again(folder, with_lena, dishwasher, signed_in):
    answer(folder, letter(), by=dishwasher.person, seen_id=folder.newest_id)
    page = signed_in(dishwasher).get(f"/conversations/{folder.id}").content.decode()
    assert "is usually with" not in page


def test_when_a_member_leaves_what_is_open_with_them_waits_for_all(folder, cafe, joe, lena, owner):
    bag = Conversation.start(inbox=cafe, person=joe, subject="The bag")
    for conversation in (folder, bag):
        conversation.assign(lena, by=lena.person)
    folder.close(by=lena.person)
    lena.leave(by=owner.person)
    for _again in range(2):
        leave_to_whoever_serves(Event.objects.get(kind="members.left"))
    bag.refresh_from_db()
    assert bag.assignee is None and Event.objects.filter(kind="conversations.assigned").count() == 3
    folder.refresh_from_db()
    assert folder.assignee == lena, "What is done stays with whoever did it."
    folder.reopen()
    folder.refresh_from_db()
    assert folder.assignee is None and folder.state == OPEN
