"""New person here: let in as someone, or given a conversation of their own."""

import pytest

from alongside.conversations.models import Conversation, Message, Participant
from alongside.conversations.participants import let_in, split_out
from alongside.conversations.recipients import to_answer
from alongside.conversations.tests.conftest import letter
from alongside.conversations.writing import Address, answer, receive
from alongside.people.models import Person


@pytest.fixture
def held(folder):
    """Someone answers from an address that nobody here has seen."""
    receive(folder, author=None, sender=Address("Maria@School.example", "Maria Sand"), text="He is my pupil.",
            held=True, subject="Re: Austin's folder")
    return Participant.objects.get(held=True)


def test_let_in_as_someone_new(held, folder, lena, happened):
    person = let_in(held, by=lena.person)
    assert (person.full_name, person.email) == ("Maria Sand", "maria@school.example")
    message = Message.objects.get(author=person)
    assert not message.held
    assert to_answer(folder) == message
    held.refresh_from_db()
    assert (held.held, held.person, held.let_in_by) == (False, person, lena.person)
    assert happened("let_in") == ["let_in"]


def test_let_in_as_someone_we_know(held, ryan, lena):
    assert let_in(held, by=lena.person, person=ryan) == ryan
    identity = ryan.identities.get(key="maria@school.example")
    assert (identity.provenance, identity.verified_at) == ("told", None)


def test_letting_in_twice_changes_nothing(held, joe, lena):
    person = let_in(held, by=lena.person)
    assert let_in(held, by=lena.person, person=joe) == person
    assert Person.objects.filter(full_name="Maria Sand").count() == 1


def test_a_conversation_of_their_own(held, folder, lena, cafe):
    own = split_out(held, by=lena.person)
    assert (own.inbox, own.person.full_name, own.subject) == (cafe, "Maria Sand", "Re: Austin's folder")
    assert [m.text for m in Message.objects.of(own)] == ["He is my pupil."]
    assert [m.text for m in Message.objects.of(folder)] == ["Did Austin leave his folder with you?"]
    folder.refresh_from_db()
    own.refresh_from_db()
    assert (folder.preview, own.preview) == ("Did Austin leave his folder with you?", "He is my pupil.")
    assert not folder.participants.filter(address="maria@school.example").exists()
    assert not own.participants.get().held


def test_only_the_held_can_be_split_out(held, folder, lena):
    let_in(held, by=lena.person)
    with pytest.raises(ValueError, match="nothing"):
        split_out(held, by=lena.person)
    assert Conversation.objects.count() == 1


def test_writing_to_a_stranger_lets_them_in(held, folder, lena):
    answer(folder, letter("maria@school.example"), by=lena.person, seen_id=folder.newest_id)
    held.refresh_from_db()
    assert (held.held, held.let_in_by) == (False, lena.person)
