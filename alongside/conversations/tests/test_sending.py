"""On the way out: each message is claimed once, and its end is known or is called unknown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.conversations.models import DONE, OPEN, Message
from alongside.conversations.sending import (
    TooLate,
    believe_sent,
    claim_due,
    give_up_lost,
    mark_failed,
    mark_sent,
    mark_unknown,
    put_off,
    try_again,
)
from alongside.conversations.tests.conftest import letter
from alongside.conversations.writing import answer, note, take_back

LATER = timedelta(minutes=10)


@pytest.fixture
def sent(folder, lena):
    return answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)


@pytest.fixture
def leaving(sent):
    (message,) = claim_due(now=timezone.now() + LATER)
    return message


def test_only_what_is_due_is_claimed_and_only_once(sent):
    assert claim_due() == []
    assert claim_due(channel="widget", now=timezone.now() + LATER) == []
    assert claim_due(channel="email", now=timezone.now() + LATER) == [sent]
    assert claim_due(now=timezone.now() + LATER) == []


def test_a_note_is_never_claimed(folder, lena):
    note(folder, "Among ourselves.", by=lena.person)
    assert claim_due(now=timezone.now() + LATER) == []


def test_what_is_claimed_brings_all_that_a_carrier_needs(sent, django_assert_num_queries):
    (message,) = claim_due(now=timezone.now() + LATER)
    with django_assert_num_queries(0):
        assert message.conversation.inbox.name == "Café"
        assert message.author.member.email == "lena@cafe.example"
        assert [r.address for r in message.recipients.all()] == ["ryan@kessler.example"]
        assert list(message.enclosures.all()) == []


def test_it_was_sent(leaving, happened):
    mark_sent(leaving, message_id="<a@cafe.example>")
    leaving.refresh_from_db()
    assert (leaving.state, leaving.message_id) == ("sent", "<a@cafe.example>")
    assert happened("message_sent") == ["message_sent"]


def test_a_second_word_on_it_changes_nothing(leaving, happened):
    mark_sent(leaving)
    mark_unknown(leaving, "too late to say so")
    mark_sent(leaving)
    leaving.refresh_from_db()
    assert leaving.state == "sent"
    assert happened("message_sent", "message_unknown") == ["message_sent"]


def test_one_that_came_back_failed_and_is_neither_undone_nor_sent_again(leaving, lena):
    mark_sent(leaving, message_id="<a@cafe.example>")
    mark_failed(leaving, "mailbox full")
    leaving.refresh_from_db()
    assert leaving.state == "failed"
    with pytest.raises(TooLate):
        take_back(leaving, by=lena.person)
    with pytest.raises(TooLate):
        try_again(leaving, by=lena.person)


def test_a_message_sent_much_later_stands_where_it_was_sent(leaving, folder):
    hour = timezone.now() + timedelta(days=1)
    mark_sent(leaving, at=hour)
    folder.refresh_from_db()
    assert Message.objects.get(pk=leaving.pk).at == hour
    assert folder.last_at == hour


def test_a_failure_brings_a_done_conversation_back(leaving, folder, lena):
    folder.close(by=lena.person)
    mark_failed(leaving, "550 no\nsuch person\0")
    folder.refresh_from_db()
    leaving.refresh_from_db()
    assert folder.state == OPEN
    assert leaving.trouble == "550 no such person"


def test_success_leaves_it_done(leaving, folder, lena):
    folder.close(by=lena.person)
    mark_sent(leaving)
    folder.refresh_from_db()
    assert folder.state == DONE


def test_what_was_put_off_waits_again(leaving):
    until = timezone.now() + timedelta(hours=1)
    put_off(leaving, until, "connection refused")
    assert claim_due() == []
    assert claim_due(now=until) == [leaving]


def test_a_carrier_that_was_cut_off_leaves_it_unknown_and_never_resends(leaving, happened):
    assert give_up_lost(timezone.now() - timedelta(minutes=5)) == 0
    assert give_up_lost(timezone.now() + timedelta(seconds=1)) == 1
    leaving.refresh_from_db()
    assert leaving.state == "unknown"
    assert claim_due(now=timezone.now() + timedelta(days=9)) == []
    assert happened("message_unknown") == ["message_unknown"]


def test_a_member_may_try_again(leaving, lena):
    mark_unknown(leaving, "cut off")
    try_again(leaving, by=lena.person)
    assert claim_due() == [leaving]


def test_what_was_sent_is_not_tried_again(leaving, lena):
    mark_sent(leaving)
    with pytest.raises(TooLate):
        try_again(leaving, by=lena.person)


def test_a_member_may_say_that_it_did_arrive(leaving, lena):
    mark_unknown(leaving)
    believe_sent(leaving, by=lena.person)
    leaving.refresh_from_db()
    assert leaving.state == "sent"
    with pytest.raises(TooLate):
        believe_sent(leaving, by=lena.person)
