"""Whom an answer goes to."""

import pytest

from alongside.conversations import recipients
from alongside.conversations.letters import Address, Letter
from alongside.conversations.models import Conversation
from alongside.conversations.recipients import forward, own_addresses, reply, reply_all, to_answer
from alongside.conversations.writing import answer, note, receive

US, COUSIN = Address("hello@cafe.example", "Café"), Address("maria@school.example", "Maria")


@pytest.fixture(autouse=True)
def ours(monkeypatch):
    monkeypatch.setattr(own_addresses, "_sources", [lambda: ["Hello@Cafe.example", "kitchen@cafe.example"]])


def wrote(conversation, person, **more):
    defaults = {"to": [US], "sender": Address(person.email, person.full_name), "text": "x"}
    return receive(conversation, author=person, **{**defaults, **more})


def to(addressing):
    return [a.address for a in addressing.to], [a.address for a in addressing.cc]


@pytest.fixture
def thread(cafe, ryan):
    return Conversation.start(inbox=cafe, person=ryan, subject="The folder")


def test_a_reply_goes_to_its_writer(thread, ryan):
    message = wrote(thread, ryan, cc=[COUSIN])
    assert to(reply(message)) == (["ryan@kessler.example"], [])


def test_a_reply_to_all_goes_to_all_but_us(thread, ryan):
    message = wrote(thread, ryan, to=[US, COUSIN], cc=[Address("KITCHEN@cafe.example"), Address("joe@hallam.example"),
                                                      Address("Maria@school.example")])
    assert to(reply_all(message)) == (["ryan@kessler.example"], ["maria@school.example", "joe@hallam.example"])


def test_reply_to_is_honoured_unless_it_is_ours(thread, ryan):
    message = wrote(thread, ryan, reply_to=[Address("office@kessler.example")])
    assert to(reply(message)) == (["office@kessler.example"], [])
    message = wrote(thread, ryan, reply_to=[US])
    assert to(reply(message)) == (["ryan@kessler.example"], [])


def test_answering_our_own_goes_where_it_went_without_bcc(thread, lena):
    letter = Letter(text="x", to=[Address("ryan@kessler.example")], cc=[COUSIN], bcc=[Address("boss@cafe.example")])
    message = answer(thread, letter, by=lena.person, seen_id=0)
    assert to(reply(message)) == (["ryan@kessler.example"], [])
    assert to(reply_all(message)) == (["ryan@kessler.example"], ["maria@school.example"])
    assert reply_all(message).bcc == []


def test_mail_from_one_of_our_own_addresses_is_answered_to_the_person(thread, ryan):
    message = wrote(thread, ryan, sender=US)
    assert to(reply(message)) == (["ryan@kessler.example"], [])


@pytest.mark.parametrize(
    ("subject", "replied", "forwarded"),
    [
        ("The folder", "Re: The folder", "Fwd: The folder"),
        ("RE: Aw: Re[2]: The folder", "Re: The folder", "Fwd: RE: Aw: Re[2]: The folder"),
        ("Fwd: The folder", "Re: Fwd: The folder", "Fwd: The folder"),
        ("", "Re: The folder", "Fwd: The folder"),
        ("Regarding: us", "Re: Regarding: us", "Fwd: Regarding: us"),
    ],
)
def test_subjects_are_marked_once(thread, ryan, subject, replied, forwarded):
    message = wrote(thread, ryan, subject=subject)
    assert (reply(message).subject, forward(message).subject) == (replied, forwarded)
    assert to(forward(message)) == ([], [])


def test_what_an_answer_answers(thread, ryan, stranger, lena):
    first = wrote(thread, ryan)
    assert to_answer(thread) == first
    wrote(thread, stranger, held=True)
    wrote(thread, ryan, automatic=True)
    note(thread, "hm", by=lena.person)
    answer(thread, Letter(text="x", to=[Address("ryan@kessler.example")]), by=lena.person, seen_id=10**9)
    assert to_answer(thread) == first


def test_where_nobody_wrote_an_answer_follows_our_own(thread, lena):
    ours = answer(thread, Letter(text="x", to=[Address("ryan@kessler.example")]), by=lena.person, seen_id=0)
    assert to_answer(thread) == ours
    assert to_answer(Conversation.start(inbox=thread.inbox, person=thread.person)) is None


def test_a_source_is_registered_once():
    def source():
        return ["a@b.example"]

    own = recipients.OwnAddresses()
    own.register(source)
    own.register(source)
    assert own.all() == {"a@b.example"}
    assert len(own._sources) == 1
