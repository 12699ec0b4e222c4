"""Conversations of somebody with two records: one name in lists, one card, and each thread with whom it began."""

import pytest

from alongside.conversations import listing
from alongside.conversations.belongings import Conversations
from alongside.conversations.merge_fields import fill
from alongside.conversations.models import Conversation, Participant
from alongside.conversations.opening import open_conversation
from alongside.conversations.panels import open_conversations
from alongside.conversations.timeline import draw_talks
from alongside.conversations.writing import Address, Letter, answer, person_at, receive
from alongside.events.models import Event
from alongside.lib.principal import Principal
from alongside.people.merging import merge, unmerge
from alongside.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def joseph(db):
    """Joe once more, from a letter."""
    return Person.meet(full_name="Joseph Hallam", email="joseph@letters.example")


@pytest.fixture
def letter(joseph, cafe):
    """What he wrote from there."""
    conversation = Conversation.start(inbox=cafe, person=joseph, subject="Terrace")
    receive(conversation, author=joseph, sender=Address("joseph@letters.example"), text="Is it open?")
    return conversation


@pytest.fixture
def merged(joe, joseph, letter, lena):
    """The merging of both."""
    merging = merge(joe, joseph, by=lena.person)
    letter.refresh_from_db()
    return merging


def shown(lena):
    """The row of the list."""
    return listing.page(lena.principal(), "all").rows[0]


def test_lists_show_whoever_stands_for_them(letter, joe, joseph, lena):
    assert (shown(lena).person, shown(lena).person_id) == ("Joseph Hallam", joseph.id)
    merging = merge(joe, joseph, by=lena.person)
    assert (shown(lena).person, shown(lena).person_id) == ("Joe", joe.id)
    unmerge(merging, by=lena.person)
    assert (shown(lena).person, shown(lena).person_id) == ("Joseph Hallam", joseph.id)


def test_one_without_a_name_is_shown_by_an_address_of_any_record(letter, joseph, lena):
    Person.objects.filter(pk=joseph.pk).update(full_name="")
    joseph.refresh_from_db()
    merge(Person.meet(full_name="", phone=""), joseph, by=lena.person)
    assert (shown(lena).person, shown(lena).address) == ("", "joseph@letters.example")


def test_an_opened_one_names_them_and_shows_every_address(merged, letter, joe, lena):
    opened = open_conversation(lena.principal(), letter.id)
    assert opened.conversation.whom == joe and opened.messages[0].author_name == "Joe"
    assert {each["value"] for each in opened.identities} == {"joe@hallam.example", "joseph@letters.example"}
    assert fill("Dear {person}", conversation=letter, member=lena).text == "Dear Joe"


def test_the_card_the_page_and_the_timeline_have_those_of_both(merged, letter, joe, lena, signed_in):
    joe.refresh_from_db()
    assert [row.id for row in open_conversations(joe, lena.principal()).context["rows"]] == [letter.id]
    page = signed_in(lena).get(f"/conversations/{letter.id}").content.decode()
    assert f"/people/{joe.id}" in page and "Joseph" not in page.replace("joseph@", "")
    events = Event.objects.filter(kind="conversations.message_received")
    assert [entry.context["by"] for entry in draw_talks(events, lena.principal()).values()] == [joe]


def test_the_person_sees_the_conversations_of_both_and_nobody_else_does(merged, letter, joe, ryan):
    seen = Conversation.objects.visible_to(Principal(kind="person", person_id=joe.id))
    assert list(seen) == [letter]
    assert not Conversation.objects.visible_to(Principal(kind="person", person_id=ryan.id)).exists()


def test_an_answer_to_any_of_their_addresses_is_to_them(merged, letter, lena, joe, joseph):
    answer(letter, Letter("We are.", to=[Address("joe@hallam.example")]), by=lena.person, seen_id=letter.newest_id)
    assert Participant.objects.get(conversation=letter, address="joe@hallam.example").person == joseph
    assert person_at(Address("joseph@letters.example"), by=None) == joe


def test_what_began_since_is_asked_about_and_goes_over_whole(merged, letter, joe, joseph, cafe, lena):
    since = Conversation.start(inbox=cafe, person=joe, subject="Breakfast")
    receive(since, author=joe, sender=Address("joseph@letters.example"), text="For four?")
    answer(since, Letter("Gladly.", to=[Address("joseph@letters.example")]), by=lena.person, seen_id=since.newest_id)
    asked = Conversations().since([joe.id], merged.at)
    assert [(item.id, item.label) for item in asked] == [(since.id, "Breakfast")]
    unmerge(merged, by=lena.person, theirs={"conversations": [since.id, letter.id]})
    since.refresh_from_db()
    assert since.person == joseph
    assert set(since.messages.values_list("author", flat=True)) == {joseph.id, lena.person_id}
    kinds = set(Event.objects.filter(subject_id=joseph.id).values_list("kind", flat=True))
    assert {"conversations.message_written", "conversations.given"} <= kinds
    assert not Event.objects.filter(subject_id=joe.id, kind__startswith="conversations.").exists()
