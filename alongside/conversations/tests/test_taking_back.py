"""Undo send: what has not left yet comes back as its writer's draft, and never is both undone and sent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.conversations.models import TRASH, Draft, Message, Reading
from alongside.conversations.sending import TooLate, claim_due, mark_failed
from alongside.conversations.tests.conftest import letter, writes
from alongside.conversations.writing import answer, begin, reschedule, take_back

LATER = timedelta(minutes=10)


@pytest.fixture
def sent(folder, lena):
    return answer(folder, letter(subject="The folder"), by=lena.person, seen_id=folder.newest_id, once="abc")


def test_it_becomes_a_draft_again(sent, folder, lena):
    draft = take_back(sent, by=lena.person)
    assert (draft.text, draft.subject) == ("We have it, Ryan.", "The folder")
    assert draft.to == [{"address": "ryan@kessler.example", "name": ""}]
    sent.refresh_from_db()
    assert sent.state == "undone"


def test_the_lists_forget_it(sent, folder, lena):
    take_back(sent, by=lena.person)
    folder.refresh_from_db()
    assert (folder.last_seat, folder.preview) == ("yours", "Did Austin leave his folder with you?")
    assert folder.newest_id == Message.objects.get(seat="yours").id


def test_it_is_not_sent_afterwards(sent, lena):
    take_back(sent, by=lena.person)
    assert claim_due(now=timezone.now() + LATER) == []


def test_it_may_be_sent_again_from_the_same_form(sent, folder, lena):
    take_back(sent, by=lena.person)
    again = answer(folder, letter(), by=lena.person, seen_id=folder.newest_id, once="abc")
    assert again != sent
    assert again.state == "waiting"


def test_what_was_claimed_can_no_longer_be_taken_back(sent, lena):
    assert claim_due(now=timezone.now() + LATER) == [sent]
    with pytest.raises(TooLate):
        take_back(sent, by=lena.person)
    assert not Draft.objects.exists()


def test_words_begun_since_are_kept_below(sent, folder, lena):
    Draft.objects.create(conversation=folder, member=lena, text="And his pencils.", revision=2)
    draft = take_back(sent, by=lena.person)
    assert draft.text == "We have it, Ryan.\n\nAnd his pencils."
    assert draft.revision == 3


def test_a_colleague_may_undo_it_and_the_draft_is_its_writers(sent, lena, dishwasher):
    draft = take_back(sent, by=dishwasher.person)
    assert draft.member == lena


def test_undoing_the_first_message_leaves_a_draft_for_a_new_conversation(cafe, ryan, lena):
    message = begin(inbox=cafe, person=ryan, letter=letter(subject="Your cup"), by=lena.person)
    draft = take_back(message, by=lena.person)
    assert (draft.conversation, draft.inbox, draft.mode, draft.subject) == (None, cafe, "new", "Your cup")
    message.conversation.refresh_from_db()
    assert message.conversation.state == TRASH


def test_a_failed_one_may_be_taken_back(sent, lena):
    claim_due(now=timezone.now() + LATER)
    mark_failed(sent, "550 no such person")
    assert take_back(sent, by=lena.person).text == "We have it, Ryan."


def test_a_message_for_later_keeps_its_hour_in_the_draft(folder, lena):
    hour = timezone.now() + timedelta(days=1)
    message = answer(folder, letter(send_at=hour), by=lena.person, seen_id=folder.newest_id)
    assert message.due_at == hour
    assert take_back(message, by=lena.person).send_at == hour


def test_a_message_for_later_may_go_now_or_at_another_hour(folder, lena):
    message = answer(folder, letter(send_at=timezone.now() + timedelta(days=1)), by=lena.person,
                     seen_id=folder.newest_id)
    assert claim_due() == []
    reschedule(message, timezone.now() - timedelta(days=1), by=lena.person)
    assert claim_due() == [message]
    with pytest.raises(TooLate):
        reschedule(message, timezone.now(), by=lena.person)


def test_colleagues_no_longer_see_it_as_unread(sent, folder, dishwasher, lena):
    Reading.mark(folder, dishwasher, Message.objects.get(seat="yours").id)
    take_back(sent, by=lena.person)
    folder.refresh_from_db()
    assert folder.newest_id == Reading.objects.get(member=dishwasher).message_id


def test_an_answer_after_an_undo_has_still_to_see_what_came(sent, folder, lena, ryan):
    take_back(sent, by=lena.person)
    newer = writes(folder, ryan, text="Never mind")
    folder.refresh_from_db()
    assert folder.newest_id == newer.id
