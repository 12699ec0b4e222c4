"""A message that was to leave at its hour stops there when somebody wrote meanwhile, and says so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.conversations.merging import merge
from alongside.conversations.models import DONE, OPEN, Conversation, Message
from alongside.conversations.sending import TooLate, claim_due
from alongside.conversations.tests.conftest import letter, writes
from alongside.conversations.writing import UnseenMessage, answer, note, reschedule, take_back

HOUR = timedelta(hours=2)
LATER = timedelta(hours=3)


@pytest.fixture
def planned(folder, lena):
    """Lena's answer, to leave in two hours."""
    return answer(folder, letter(send_at=timezone.now() + HOUR), by=lena.person, seen_id=folder.newest_id)


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


def due() -> list[Message]:
    return claim_due(now=timezone.now() + LATER)


def again(message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_it_leaves_at_its_hour_when_nobody_wrote(planned):
    assert due() == [planned]


def test_it_stops_when_they_wrote_meanwhile(planned, folder, ryan, happened):
    newest = writes(folder, ryan, text="Found it, never mind!")
    assert due() == []
    message = again(planned)
    assert message.is_stopped and message.text == "We have it, Ryan."
    assert due() == [] and happened("message_stopped") == ["message_stopped"]
    from alongside.events.models import Event

    assert Event.objects.get(kind="conversations.message_stopped").data == {
        "conversation": folder.id, "message": message.id, "newest": newest.id}


def test_others_that_are_due_leave_all_the_same(planned, folder, ryan, cafe, lena):
    other = Conversation.start(inbox=cafe, person=ryan, subject="Cup")
    free = answer(other, letter(send_at=timezone.now() + HOUR), by=lena.person, seen_id=0)
    writes(folder, ryan, text="Found it!")
    assert due() == [free]


def test_a_colleagues_letter_or_note_stops_it_too(planned, folder, dishwasher):
    note(folder, "Wait, it is not his.", by=dishwasher.person)
    assert due() == [] and again(planned).is_stopped


def test_ones_own_words_do_not(planned, folder, lena):
    note(folder, "I wrote to him.", by=lena.person)
    folder.refresh_from_db()
    answer(folder, letter(text="And one more thing"), by=lena.person, seen_id=folder.newest_id)
    assert planned in due()


def test_machines_and_strangers_hold_nothing_up(planned, folder, ryan, joe):
    writes(folder, ryan, text="I am away until Monday", automatic=True)
    writes(folder, joe, text="Buy this", held=True)
    assert due() == [planned]


def test_what_was_taken_back_meanwhile_does_not(planned, folder, dishwasher):
    taken = answer(folder, letter(), by=dishwasher.person, seen_id=folder.newest_id)
    take_back(taken, by=dishwasher.person)
    assert due() == [planned]


def test_one_sent_at_once_is_not_held_back(folder, lena, ryan):
    message = answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)
    writes(folder, ryan, text="Oh, and")
    assert due() == [message]


def test_it_stops_where_its_conversation_was_laid_into_another(planned, folder, ryan, cafe, lena):
    kept = Conversation.start(inbox=cafe, person=ryan, subject="The folder again")
    writes(kept, ryan, text="Hello?")
    merge(kept, folder, by=lena.person)
    kept.refresh_from_db()
    writes(kept, ryan, text="Found it!")
    assert due() == [] and again(planned).is_stopped


def test_a_conversation_that_rests_is_open_again(planned, folder, ryan, lena):
    writes(folder, ryan, text="Found it!")
    folder.close(by=lena.person)
    due()
    folder.refresh_from_db()
    assert folder.state == OPEN != DONE


def test_it_goes_when_a_member_who_saw_says_so(planned, folder, ryan, lena):
    newest = writes(folder, ryan, text="Found it!")
    due()
    with pytest.raises(UnseenMessage) as unseen:
        reschedule(planned, timezone.now(), by=lena.person, seen_id=newest.id - 1)
    assert unseen.value.newest == newest and again(planned).is_stopped
    reschedule(planned, timezone.now(), by=lena.person, seen_id=newest.id)
    assert due() == [planned]
    with pytest.raises(TooLate):
        reschedule(planned, timezone.now(), by=lena.person, seen_id=newest.id)


def test_before_its_hour_it_may_be_told_to_go_then(planned, folder, ryan, lena):
    newest = writes(folder, ryan, text="Found it!")
    hour = again(planned).due_at
    reschedule(planned, None, by=lena.person, seen_id=newest.id)
    assert again(planned).due_at == hour and claim_due() == []
    assert due() == [planned]


def test_what_came_after_that_stops_it_again(planned, folder, ryan, lena):
    reschedule(planned, None, by=lena.person, seen_id=writes(folder, ryan, text="Found it!").id)
    writes(folder, ryan, text="No, that was another one.")
    assert due() == [] and again(planned).is_stopped


def test_it_can_be_taken_back_and_changed(planned, folder, ryan, lena):
    writes(folder, ryan, text="Found it!")
    due()
    draft = take_back(again(planned), by=lena.person)
    assert draft.text == "We have it, Ryan." and draft.kind == "message" and again(planned).state == "undone"


def test_the_page_says_so_before_and_after_its_hour(desk, planned, folder, ryan):
    page = f"/conversations/{folder.id}"
    assert "look before it goes" not in desk.get(page).content.decode()
    newest = writes(folder, ryan, text="Found it!")
    html = desk.get(page).content.decode()
    assert "Ryan wrote meanwhile: look before it goes" in html and "It may go at its hour" in html
    due()
    html = desk.get(page).content.decode()
    assert "Ryan wrote meanwhile: look before it goes" in html and "It may go at its hour" not in html
    assert "Send it all the same" in html and "held back" in html
    assert f'name="seen" value="{newest.id}"' in html
    assert desk.get(f"{page}/messages").status_code == 200 and desk.get("/inbox/all").status_code == 200


def test_the_buttons_of_the_page(desk, planned, folder, ryan):
    path = f"/messages/{planned.id}/departure"
    first = writes(folder, ryan, text="Found it!")
    second = writes(folder, ryan, text="Or did I?")
    due()
    said = desk.post(path, {"seen": first.id}, follow=True).content.decode()
    assert "Look first, then send it." in said and again(planned).is_stopped
    desk.post(path)
    assert again(planned).is_stopped
    desk.post(path, {"seen": second.id})
    assert due() == [planned]


def test_at_its_hour_after_all_by_the_page(desk, planned, folder, ryan):
    hour = again(planned).due_at
    newest = writes(folder, ryan, text="Found it!")
    desk.post(f"/messages/{planned.id}/departure", {"seen": newest.id, "when": "hour"})
    assert again(planned).due_at == hour
    assert "look before it goes" not in desk.get(f"/conversations/{folder.id}").content.decode()
    assert due() == [planned]


def test_it_can_be_told_to_go_when_the_page_is_seen_by_a_colleague(planned, folder, ryan, signed_in, dishwasher):
    newest = writes(folder, ryan, text="Found it!")
    due()
    signed_in(dishwasher).post(f"/messages/{planned.id}/departure", {"seen": newest.id})
    assert due() == [planned]
