"""An answer finds its conversation by what we signed or what it refers to; a stranger there is held."""

import pytest

from alongside.channels.email.models import Mailbox, Outgoing
from alongside.channels.email.sending import send_due
from alongside.channels.email.threading import token_key
from alongside.conversations.models import DONE, OPEN, Conversation, Participant
from alongside.conversations.writing import Address, Letter, answer
from alongside.lib.mail import tokens
from alongside.lib.mail.parsing import parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(arrive, mail, joe, lena, settings):
    """Joe asked, Lena answered; gives the conversation and Lena's letter as Joe received it."""
    settings.UNDO_SECONDS = 0
    question = arrive(mail("Is the terrace open?", subject="Terrace", Message_ID="<q@hallam.example>"))
    letter = Letter(text="Yes!", to=[Address("joe@hallam.example", "Joe")])
    answer(question.conversation, letter, by=lena.person, seen_id=question.id)
    assert send_due() == 1
    return question.conversation, parse(bytes(Outgoing.objects.get().raw))["mail"]


def test_an_answer_to_our_letter_joins_by_its_reference(answered, arrive, mail):
    conversation, ours = answered
    message = arrive(mail("Thanks", subject="Something else", In_Reply_To=f"<{ours['message_id']}>"))
    assert message.conversation == conversation
    assert not message.held


def test_an_answer_joins_by_the_signed_address_alone(answered, arrive, mail):
    conversation, ours = answered
    assert arrive(mail("Thanks", to=ours["reply_to"][0]["address"])).conversation == conversation
    assert arrive(mail("Again"), source="smtp", envelope_from="joe@hallam.example",
                  envelope_to=ours["reply_to"][0]["address"]).conversation == conversation  # fmt: skip


def test_an_answer_wakes_a_conversation_that_was_done(answered, arrive, mail, lena):
    conversation, ours = answered
    conversation.close(by=lena.person)
    assert Conversation.objects.get(pk=conversation.pk).state == DONE
    arrive(mail("One more thing", In_Reply_To=f"<{ours['message_id']}>"))
    assert Conversation.objects.get(pk=conversation.pk).state == OPEN


def test_the_customers_own_second_mail_joins_by_references(answered, arrive, mail):
    conversation, _ = answered
    assert arrive(mail("And tomorrow?", References="<q@hallam.example>")).conversation == conversation


def test_the_subject_never_decides(answered, arrive, mail):
    conversation, _ = answered
    assert arrive(mail("Hello", subject="Re: Terrace")).conversation != conversation


def test_a_stranger_with_the_token_is_held_and_is_nobody(answered, arrive, mail):
    conversation, ours = answered
    message = arrive(mail("Me too", sender="Eve <eve@elsewhere.example>", In_Reply_To=f"<{ours['message_id']}>"))
    assert message.conversation == conversation
    assert message.held
    assert message.author is None
    assert Participant.objects.get(conversation=conversation, address="eve@elsewhere.example").held


def test_a_stranger_with_a_reference_that_we_did_not_sign_begins_anew(answered, arrive, mail):
    conversation, _ = answered
    message = arrive(mail("Me too", sender="eve@elsewhere.example", References="<q@hallam.example>"))
    assert message.conversation != conversation


def test_a_forged_token_is_no_token(answered, arrive, mail):
    conversation, _ = answered
    forged = tokens.message_id(conversation.id, b"some other key..", "example.org")
    assert arrive(mail("Hi", sender="eve@elsewhere.example", In_Reply_To=f"<{forged}>")).conversation != conversation


def test_whoever_was_in_copy_takes_part(arrive, mail, joe):
    first = arrive(mail("All of us", Cc="Ann <ann@people.example>", Message_ID="<1@hallam.example>"))
    second = arrive(mail("I agree", sender="ann@people.example", References="<1@hallam.example>"))
    assert second.conversation == first.conversation
    assert not Participant.objects.filter(address="cafe@example.org").exists()


def test_references_of_another_inbox_do_not_join(answered, arrive, mail, branch):
    conversation, _ = answered
    bank = Mailbox.objects.create(inbox=branch, address="bank@example.org", state="connected")
    message = arrive(mail("Hi", References="<q@hallam.example>"), bank)
    assert message.conversation != conversation


def test_our_own_letter_that_comes_back_is_no_answer(answered, arrive):
    before = Conversation.objects.count()
    assert arrive(bytes(Outgoing.objects.get().raw)) is None
    assert Conversation.objects.count() == before


def test_a_conversation_that_was_deleted_is_begun_anew(arrive, mail):
    gone = tokens.message_id(999_999, token_key(), "example.org")
    assert arrive(mail("Hello again", In_Reply_To=f"<{gone}>")).conversation_id
