"""Continuity: whom a person is usually with."""

import pytest

from alongside.events.models import Event
from alongside.members.models import TheirMember
from alongside.people import merging
from alongside.people.models import Person

pytestmark = pytest.mark.django_db


def test_nobody_at_first_then_whoever_is_chosen(joe, lena, dishwasher):
    assert TheirMember.of(joe) is None
    TheirMember.choose(joe, lena, by=dishwasher.person)
    assert TheirMember.of(joe) == lena
    TheirMember.choose(joe, dishwasher, by=lena.person)
    assert TheirMember.of(joe) == dishwasher
    assert TheirMember.objects.get(member=lena).until is not None
    TheirMember.choose(joe, None, by=lena.person)
    assert TheirMember.of(joe) is None


def test_the_same_choice_again_is_harmless(joe, lena):
    for _again in range(2):
        TheirMember.choose(joe, lena, by=lena.person)
    assert TheirMember.objects.count() == 1
    assert Event.objects.filter(kind="members.their_member_chosen").count() == 1


def test_whoever_left_is_not_offered(joe, lena, owner):
    TheirMember.choose(joe, lena, by=owner.person)
    lena.leave(by=owner.person)
    assert TheirMember.of(joe) is None


def test_it_holds_for_everyone_who_was_merged(joe, lena, dishwasher, owner):
    other = Person.meet(called="Joseph")
    TheirMember.choose(other, lena, by=owner.person)
    merging.merge(joe, other, by=owner.person, choices={})
    joe.refresh_from_db()
    assert TheirMember.of(joe) == lena
    TheirMember.choose(joe, dishwasher, by=owner.person)
    assert TheirMember.of(joe) == dishwasher
