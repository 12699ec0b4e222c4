"""Conversations of the cast: Ryan's about the folder, and one at the bank that no café team serves."""

import pytest

from alongside.conversations.models import Conversation
from alongside.conversations.writing import Address, Letter, receive


def writes(conversation, person, text="Did Austin leave his folder with you?", **more):
    """`person` writes into `conversation` from their own address."""
    return receive(conversation, author=person, sender=Address(person.email, person.full_name), text=text, **more)


def letter(*addresses, text="We have it, Ryan.", **more):
    """A letter to these addresses, or to Ryan."""
    return Letter(text=text, to=[Address(a) for a in addresses or ("ryan@kessler.example",)], **more)


@pytest.fixture
def folder(cafe, ryan):
    """Ryan asks the café about Austin's folder."""
    conversation = Conversation.start(inbox=cafe, person=ryan, subject="Austin's folder")
    writes(conversation, ryan, to=[Address("hello@cafe.example")])
    return conversation


@pytest.fixture
def loan(branch, butchers_customer):
    """A conversation at the bank branch."""
    conversation = Conversation.start(inbox=branch, person=butchers_customer, subject="The loan")
    writes(conversation, butchers_customer, text="When may I come in?")
    return conversation


@pytest.fixture
def happened(db):
    """A function that gives the kinds of events recorded so far, without their room, oldest first."""
    from alongside.events.models import Event

    def kinds(*wanted):
        rooms_own = Event.objects.filter(kind__startswith="conversations.").order_by("id")
        found = [kind.partition(".")[2] for kind in rooms_own.values_list("kind", flat=True)]
        return [kind for kind in found if kind in wanted] if wanted else found

    return kinds
