"""A member answers: once, to someone, having seen what was said."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.conversations.letters import MAX_TEXT, Address, BadAddress, Letter, NobodyToWriteTo, TooLong
from alongside.conversations.models import DONE, OPEN, SPAM, Draft, Message, Participant, Reading, Recipient
from alongside.conversations.tests.conftest import letter, writes
from alongside.conversations.writing import UnseenMessage, answer, begin, note


def test_an_answer_waits_for_second_thoughts(folder, lena, happened):
    before = timezone.now()
    message = answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)
    assert message.state == "waiting"
    assert message.due_at >= before + timedelta(seconds=settings.UNDO_SECONDS)
    assert (folder.newest_id, folder.last_seat, folder.preview) == (message.id, "ours", "We have it, Ryan.")
    assert Reading.objects.get(conversation=folder, member=lena).message_id == message.id
    assert happened("message_written") == ["message_written"]


def test_an_answer_that_crosses_another_message_stops(folder, lena, ryan):
    seen = folder.newest_id
    newer = writes(folder, ryan, text="Found it, it was in the car!")
    with pytest.raises(UnseenMessage) as stopped:
        answer(folder, letter(), by=lena.person, seen_id=seen)
    assert stopped.value.newest == newer
    assert Message.objects.filter(seat="ours").count() == 0


def test_a_colleagues_note_that_was_not_seen_stops_it_too(folder, lena, dishwasher):
    seen = folder.newest_id
    note(folder, "It is in the drawer by the till.", by=dishwasher.person)
    with pytest.raises(UnseenMessage):
        answer(folder, letter(), by=lena.person, seen_id=seen)


def test_ones_own_note_does_not_stand_in_ones_way(folder, lena):
    seen = folder.newest_id
    note(folder, "I am answering him.", by=lena.person)
    answer(folder, letter(), by=lena.person, seen_id=seen)
    assert Message.objects.filter(kind="message", seat="ours").count() == 1


def test_the_same_form_sent_twice_is_one_message(folder, lena):
    first = answer(folder, letter(), by=lena.person, seen_id=folder.newest_id, once="abc")
    again = answer(folder, letter(), by=lena.person, seen_id=folder.newest_id, once="abc")
    assert first == again
    assert Message.objects.filter(seat="ours").count() == 1


def test_a_key_is_its_writers_own(folder, lena, dishwasher):
    answer(folder, letter(), by=lena.person, seen_id=folder.newest_id, once="abc")
    answer(folder, letter(), by=dishwasher.person, seen_id=folder.newest_id, once="abc")
    assert Message.objects.filter(seat="ours").count() == 2


def test_beginning_twice_with_one_key_makes_one_conversation(cafe, ryan, lena):
    first = begin(inbox=cafe, person=ryan, letter=letter(subject="Your cup"), by=lena.person, once="abc")
    again = begin(inbox=cafe, person=ryan, letter=letter(subject="Your cup"), by=lena.person, once="abc")
    assert first == again
    assert cafe.conversations.count() == 1
    assert first.conversation.assignee == lena


def test_beginning_with_nobody_leaves_no_conversation(cafe, ryan, lena):
    with pytest.raises(NobodyToWriteTo):
        begin(inbox=cafe, person=ryan, letter=Letter(text="Hello?"), by=lena.person)
    assert cafe.conversations.count() == 0


@pytest.mark.parametrize(
    "address", ["ryan", "a@b\nBcc: x@y.example", "a b@c.example", "<a@b.example>", "@b.example", ""]
)
def test_what_is_no_address_is_refused(folder, lena, address):
    with pytest.raises(BadAddress):
        answer(folder, letter(address), by=lena.person, seen_id=folder.newest_id)
    assert not Message.objects.filter(seat="ours").exists()


def test_neither_names_nor_subjects_carry_a_line_end(folder, lena):
    sly = Letter(text="x", to=[Address("r@k.example", "Ryan\r\nBcc: x")], subject="Hi\r\nBcc: y@z.example")
    message = answer(folder, sly, by=lena.person, seen_id=folder.newest_id)
    assert message.subject == "Hi Bcc: y@z.example"
    assert message.recipients.get().name == "Ryan Bcc: x"


def test_each_address_is_written_to_once(folder, lena):
    twice = Letter(text="x", to=[Address("r@k.example")], cc=[Address("R@K.example"), Address("m@k.example")])
    message = answer(folder, twice, by=lena.person, seen_id=folder.newest_id)
    assert [(r.role, r.address) for r in message.recipients.all()] == [("to", "r@k.example"), ("cc", "m@k.example")]


def test_too_long_a_text_is_refused_and_nul_is_dropped(folder, lena):
    with pytest.raises(TooLong):
        answer(folder, letter(text="x" * (MAX_TEXT + 1)), by=lena.person, seen_id=folder.newest_id)
    assert answer(folder, letter(text="a\0b\ud800"), by=lena.person, seen_id=folder.newest_id).text == "ab?"


def test_whoever_is_written_to_takes_part(folder, lena, ryan):
    answer(folder, letter("ryan@kessler.example", "Maria@School.example"), by=lena.person, seen_id=folder.newest_id)
    taking = dict(Participant.objects.filter(conversation=folder).values_list("address", "person_id"))
    assert taking == {"ryan@kessler.example": ryan.id, "maria@school.example": None}


def test_an_answer_uses_up_its_own_draft_only(folder, lena):
    sent = Draft.objects.create(conversation=folder, member=lena, text="We have it", revision=3)
    private = Draft.objects.create(conversation=folder, member=lena, kind="note", mode="note", text="drawer?",
                                   revision=1)
    answer(folder, letter(), by=lena.person, seen_id=folder.newest_id, draft_revision=3)
    assert list(Draft.objects.values_list("id", flat=True)) == [private.id]
    assert sent.id != private.id


def test_words_that_another_tab_saved_since_stay(folder, lena):
    Draft.objects.create(conversation=folder, member=lena, text="We have it, and more", revision=4)
    answer(folder, letter(), by=lena.person, seen_id=folder.newest_id, draft_revision=3)
    assert Draft.objects.get().text == "We have it, and more"


def test_a_done_one_stays_done_and_spam_comes_back(folder, lena):
    folder.close(by=lena.person)
    answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)
    assert folder.state == DONE
    folder.mark_spam(by=lena.person)
    assert folder.state == SPAM
    answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)
    assert folder.state == OPEN


def test_a_note_never_leaves_the_house(folder, lena):
    message = note(folder, "He was short with Austin.", by=lena.person)
    assert (message.state, message.channel, message.due_at) == ("kept", "", None)
    assert not Recipient.objects.filter(message=message).exists()
    for column, value in (("state", "waiting"), ("channel", "email"), ("message_id", "<a@b>")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=message.pk).update(**{column: value})


def test_a_note_leaves_the_lists_preview_alone(folder, lena):
    preview = folder.preview
    note(folder, "He was short with Austin.", by=lena.person)
    folder.refresh_from_db()
    assert (folder.preview, folder.last_seat) == (preview, "yours")
