"""Who is told of what: those it waits for, once, and never of what they did themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.conversations.jobs import wake_due
from alongside.conversations.models import Conversation
from alongside.conversations.sending import claim_due, mark_failed, mark_unknown
from alongside.conversations.tests.conftest import letter, writes
from alongside.conversations.writing import answer, note
from alongside.events.models import Event
from alongside.notifications import listeners
from alongside.notifications.models import Notification, Wish
from alongside.notifications.telling import as_told
from alongside.notifications.tests.conftest import everyone_hears


def told(member):
    """What kinds of things `member` was told, oldest first."""
    everyone_hears()
    return list(Notification.objects.filter(member=member).order_by("id").values_list("kind", flat=True))


def test_whoever_is_given_a_conversation(folder, lena, dishwasher):
    folder.assign(lena, by=dishwasher.person)
    assert told(lena) == ["assigned"]
    assert told(dishwasher) == []


def test_nobody_is_told_what_they_took_themselves(folder, lena):
    folder.assign(lena, by=lena.person)
    assert told(lena) == []


def test_not_when_it_was_given_on_meanwhile(folder, lena, dishwasher, owner):
    folder.assign(lena, by=owner.person)
    folder.assign(dishwasher, by=owner.person)
    assert told(lena) == []
    assert told(dishwasher) == ["assigned"]


def test_whoever_is_named_in_a_note(loan, lena, owner):
    note(loan, "@Lena, and @Marta", by=owner.person)
    assert told(lena) == ["mentioned"]
    assert told(owner) == []


def test_whose_planned_letter_was_held_back(folder, lena, dishwasher, ryan):
    hour = timezone.now() + timedelta(hours=1)
    answer(folder, letter(send_at=hour), by=lena.person, seen_id=folder.newest_id)
    everyone_hears()
    writes(folder, ryan, text="Found it!")
    assert claim_due(now=hour + timedelta(minutes=1)) == []
    assert told(lena) == ["stopped"] and told(dishwasher) == []
    assert as_told(Notification.objects.get(member=lena)).text.startswith("Ryan wrote before your message left")


def test_whose_conversation_was_answered(folder, lena, dishwasher, ryan):
    folder.assign(lena, by=lena.person)
    everyone_hears()
    writes(folder, ryan, text="Hello?")
    writes(folder, ryan, text="I am out of office", automatic=True)
    assert told(lena) == ["answered"]
    assert told(dishwasher) == []


def test_a_new_one_is_told_to_the_team_members_who_wish_it(cafe, ryan, lena, dishwasher, teller):
    for member in (lena, teller):
        Wish.say(member, "arrived", True)
    conversation = Conversation.start(inbox=cafe, person=ryan)
    writes(conversation, ryan)
    writes(conversation, ryan, text="And another thing")
    assert told(lena) == ["arrived"]
    assert told(dishwasher) == told(teller) == []


def test_spam_is_told_to_nobody(folder, lena, dishwasher, ryan):
    folder.assign(lena, by=lena.person)
    folder.mark_spam(by=dishwasher.person)
    writes(folder, ryan)
    assert told(lena) == []


@pytest.mark.parametrize(("mark", "kind"), [(mark_failed, "failed"), (mark_unknown, "unknown")])
def test_whoever_wrote_what_did_not_leave(folder, lena, dishwasher, mark, kind):
    folder.assign(dishwasher, by=dishwasher.person)
    answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)
    (message,) = claim_due(now=timezone.now() + timedelta(hours=1))
    mark(message, "no such person")
    assert told(lena) == [kind]
    assert told(dishwasher) == []


def test_whose_conversation_woke(folder, lena):
    folder.assign(lena, by=lena.person)
    until = timezone.now() + timedelta(hours=1)
    folder.snooze(until, by=lena.person)
    wake_due(until)
    assert told(lena) == ["woken"]


def test_an_event_heard_twice_tells_once(folder, lena, owner):
    folder.assign(lena, by=owner.person)
    everyone_hears()
    listeners.given_to_someone(Event.objects.get(kind="conversations.assigned"))
    assert told(lena) == ["assigned"]


def test_each_kind_can_be_turned_off(folder, lena, owner):
    Wish.say(lena, "assigned", False)
    Wish.say(lena, "assigned", False)
    assert Wish.of(lena) | {"assigned": True, "arrived": True} == dict.fromkeys(Wish.of(lena), True)
    folder.assign(lena, by=owner.person)
    assert told(lena) == []
    with pytest.raises(ValueError, match="lottery"):
        Wish.say(lena, "lottery", True)


def test_whoever_turned_all_ways_off_or_left_is_not_told(folder, lena, dishwasher, owner):
    lena.notify_page = lena.notify_browser = lena.notify_mail = False
    lena.save()
    folder.assign(lena, by=owner.person)
    assert told(lena) == []
    folder.assign(dishwasher, by=owner.person)
    dishwasher.leave(by=owner.person)
    assert told(dishwasher) == []


def test_what_was_purged_meanwhile_is_passed_over(folder, lena, owner):
    folder.assign(lena, by=owner.person)
    Conversation.objects.all().delete()
    assert told(lena) == []
