"""Two at the same moment: the row's lock decides, whoever comes first."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from alongside.conversations.drafting import DraftConflict, save
from alongside.conversations.merging import CannotMerge, merge
from alongside.conversations.models import Conversation, Draft, Message
from alongside.conversations.sending import TooLate, claim_due
from alongside.conversations.tests.conftest import letter, writes
from alongside.conversations.writing import UnseenMessage, answer, begin, take_back

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*functions):
    """Run them in threads with connections of their own, from the same moment; what each returned or raised."""
    start, results = threading.Barrier(len(functions)), [None] * len(functions)

    def run(place, function):
        try:
            start.wait()
            results[place] = function()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_undo_and_send_never_both_happen(folder, lena):
    later = timezone.now() + timedelta(hours=1)
    for _ in range(12):
        message = answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)
        undone, claimed = at_once(lambda m=message: take_back(m, by=lena.person), lambda: claim_due(now=later))
        message.refresh_from_db()
        if isinstance(undone, TooLate):
            assert claimed == [message]
            assert message.state == "leaving"
            assert not Draft.objects.exists()
        else:
            assert undone.text == message.text
            assert claimed == []
            assert message.state == "undone"
            Draft.objects.all().delete()


def test_one_message_is_never_claimed_twice(folder, lena):
    for _ in range(15):
        answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)
    later = timezone.now() + timedelta(hours=1)
    claimed = [m.id for one in at_once(*[lambda: claim_due(5, now=later)] * 4) for m in one]
    assert len(claimed) == len(set(claimed)) == 15


def test_two_replies_that_cross_are_one_sent_and_one_stopped(folder, lena, dishwasher):
    seen = folder.newest_id
    results = at_once(
        lambda: answer(Conversation.objects.get(pk=folder.pk), letter(), by=lena.person, seen_id=seen),
        lambda: answer(Conversation.objects.get(pk=folder.pk), letter(), by=dishwasher.person, seen_id=seen),
    )
    assert {type(result) for result in results} == {Message, UnseenMessage}
    assert Message.objects.filter(seat="ours").count() == 1


def test_a_reply_and_an_arriving_message_stand_in_line(folder, lena, ryan):
    seen = folder.newest_id
    answered, arrived = at_once(
        lambda: answer(Conversation.objects.get(pk=folder.pk), letter(), by=lena.person, seen_id=seen),
        lambda: writes(Conversation.objects.get(pk=folder.pk), ryan, text="Found it!"),
    )
    assert isinstance(arrived, Message)
    if isinstance(answered, Message):
        assert answered.id < arrived.id
    else:
        assert answered.newest == arrived
    folder.refresh_from_db()
    assert folder.newest_id == Message.objects.order_by("-id").first().id


def test_a_double_click_sends_once(folder, cafe, ryan, lena):
    results = at_once(*[lambda: answer(Conversation.objects.get(pk=folder.pk), letter(), by=lena.person,
                                       seen_id=folder.newest_id, once="k")] * 3)
    assert len({m.id for m in results}) == 1
    results = at_once(*[lambda: begin(inbox=cafe, person=ryan, letter=letter(), by=lena.person, once="n")] * 3)
    assert len({m.id for m in results}) == 1
    assert Conversation.objects.count() == 2


def test_two_tabs_first_saves_are_one_draft_and_one_conflict(folder, lena):
    results = at_once(*[lambda: save(lena, conversation=folder, text="We have it")] * 2)
    assert {type(result) for result in results} == {Draft, DraftConflict}
    assert Draft.objects.get().revision == 1


def test_merging_each_into_the_other_merges_once(folder, cafe, ryan, lena):
    other = Conversation.start(inbox=cafe, person=ryan)
    results = at_once(lambda: merge(folder, other, by=lena.person), lambda: merge(other, folder, by=lena.person))
    assert sum(isinstance(result, CannotMerge) for result in results) == 1
    assert Conversation.objects.whole().count() == 1


def test_writing_while_merging_and_parting_never_stops_anyone(folder, cafe, ryan, lena):
    from alongside.conversations.merging import unmerge

    other = Conversation.start(inbox=cafe, person=ryan)

    def merge_and_part():
        for _ in range(5):
            unmerge(merge(folder, other, by=lena.person), by=lena.person)

    def write(conversation):
        for _ in range(8):
            writes(Conversation.objects.get(pk=conversation.pk), ryan)

    results = at_once(merge_and_part, lambda: write(other), lambda: write(folder))
    assert results == [None, None, None]
    assert Message.objects.count() == 17
    assert Conversation.objects.whole().count() == 2
