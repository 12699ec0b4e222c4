"""What every test of the search needs: a house that speaks some languages, and something said."""

import pytest

from alongside.conversations.models import Conversation
from alongside.conversations.writing import Address, receive
from alongside.events.delivery import deliver_all
from alongside.members.models import Organisation
from alongside.search import commonness, stems
from alongside.search.finding import find


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Each test has its own organisation and its own statistics."""
    stems.forget_languages()
    commonness.forget()
    yield
    stems.forget_languages()
    commonness.forget()


@pytest.fixture
def speaks(db):
    """A function that says which languages the organisation's people write in."""

    def speak(*languages):
        Organisation.objects.update_or_create(id=1, defaults={"language": languages[0], "languages": list(languages)})
        stems.forget_languages()

    return speak


@pytest.fixture
def says(cafe):
    """A function by which a person writes to an inbox; returns the message."""

    def say(person, text, *, subject="", inbox=None, conversation=None, **more):
        conversation = conversation or Conversation.start(inbox=inbox or cafe, person=person, subject=subject)
        address = person.email or "nobody@elsewhere.example"
        return receive(conversation, author=person, sender=Address(address, person.name), text=text,
                       subject=subject, to=[Address("hello@cafe.example")], **more)

    return say


@pytest.fixture
def texts():
    """A function that delivers what happened and returns the texts that a member finds, newest first."""

    def found(member, words, **more):
        deliver_all()
        return [hit.text for hit in find(member.principal(), words, 50, **more).hits]

    return found
