"""A promise's life: made, kept, put off by agreement, broken, handed over; and who hears of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.events.models import Event
from alongside.lib.principal import ANONYMOUS, Principal
from alongside.people import merging
from alongside.people.models import Person
from alongside.promises.listeners import leave_to_whoever_is_here
from alongside.promises.models import BROKEN, KEPT, OPEN, WITHDRAWN, NotNow, Promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(joe, lena):
    """Lena said that she would call Joe tomorrow."""
    due = timezone.now() + timedelta(days=1)
    return Promise.make(person=joe, words="Call about the umbrella", due_at=due, by=lena.person, owner=lena)


def told(promise) -> list[str]:
    """The events of a promise, in order."""
    return [event.kind for event in Event.objects.filter(data__promise=promise.id).order_by("id")]


def test_making_one_is_told_with_ids_only(call, joe, lena):
    event = Event.objects.get(kind="promises.made")
    assert (event.subject_id, event.actor_id, event.data) == (joe.id, lena.person_id, {"promise": call.id})


@pytest.mark.parametrize(("words", "hours"), [("  ", 1), ("Call", -1), ("Call", 0)])
def test_one_without_words_or_time_is_none(joe, lena, words, hours):
    now = timezone.now()
    with pytest.raises(ValueError):
        Promise.make(person=joe, words=words, due_at=now + timedelta(hours=hours), by=lena.person, at=now)
    assert not Promise.objects.exists()


def test_kept_once_however_often_it_is_tapped(call, lena):
    for _again in range(2):
        Promise.objects.get(pk=call.pk).keep(by=lena.person)
    assert told(call) == ["promises.made", "promises.kept"]
    call.refresh_from_db()
    assert call.state == KEPT and not call.is_late


def test_what_was_kept_can_be_taken_back(call, lena):
    call.keep(by=lena.person)
    call.reopen(by=lena.person)
    assert (call.state, call.settled_at) == (OPEN, None)
    assert [step.kind for step in call.changes.all()] == ["kept", "reopened"]


def test_another_time_needs_words_and_is_agreed_before_it_is_due(call, lena):
    before, later = call.due_at, call.due_at + timedelta(days=1)
    with pytest.raises(ValueError):
        call.renegotiate(later, " ", by=lena.person)
    call.renegotiate(later, "It takes a day longer, I am sorry.", by=lena.person)
    step = call.changes.get()
    assert (step.old_due_at, step.new_due_at, step.why) == (before, later, "It takes a day longer, I am sorry.")
    assert call.state == OPEN and call.due_at == later


def test_once_it_is_due_no_other_time_can_be_agreed(call, lena):
    Promise.objects.filter(pk=call.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(NotNow):
        call.renegotiate(timezone.now() + timedelta(days=1), "Later.", by=lena.person)
    assert told(call) == ["promises.made"]


def test_breaking_it_says_why_and_what_was_done(call, lena):
    with pytest.raises(ValueError):
        call.break_("I was ill", "", by=lena.person)
    call.break_("I was ill", "Théo called a day later and said sorry.", by=lena.person)
    assert call.state == BROKEN
    assert call.changes.get().amends.startswith("Théo")
    with pytest.raises(NotNow):
        call.keep(by=lena.person)


def test_what_was_withdrawn_is_settled(call, lena):
    call.withdraw(by=lena.person)
    assert call.state == WITHDRAWN
    with pytest.raises(NotNow):
        call.hand_over(None, by=lena.person)


def test_handed_over_to_a_colleague(call, lena, dishwasher):
    call.hand_over(dishwasher, by=lena.person)
    call.hand_over(dishwasher, by=lena.person)
    call.refresh_from_db()
    assert call.owner == dishwasher
    assert told(call) == ["promises.made", "promises.handed_over"]


def test_when_a_member_leaves_whoever_is_here_keeps_it(call, lena, owner):
    lena.leave(by=owner.person)
    event = Event.objects.get(kind="members.left")
    for _again in range(2):
        leave_to_whoever_is_here(event)
    call.refresh_from_db()
    assert call.owner is None and call.changes.count() == 1


def test_members_see_all_and_a_person_their_own(call, joe, ryan, lena, teller):
    def sees(principal):
        return Promise.objects.visible_to(principal).exists()

    assert sees(lena.principal()) and sees(teller.principal())
    assert sees(Principal(kind="person", person_id=joe.id))
    assert not sees(Principal(kind="person", person_id=ryan.id))
    assert not sees(ANONYMOUS)


def test_after_a_merge_they_see_what_was_promised_to_both(call, joe, owner):
    kept = Person.meet(called="Joseph Hallam")
    merging.merge(kept, joe, by=owner.person)
    assert Promise.objects.visible_to(Principal(kind="person", person_id=kept.id)).get() == call
