"""Continuity: whom a person is usually with."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from alongside.events.models import Event
from alongside.members.absence import absence_of
from alongside.members.models import TheirMember
from alongside.people import belongings, merging
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


def test_the_card_says_who_and_that_they_are_away(joe, lena, dishwasher, signed_in):
    client = signed_in(dishwasher)
    assert "Nobody in particular." in client.get(f"/people/{joe.id}").content.decode()
    chosen = client.post(f"/people/{joe.id}/their-member", {"member": lena.id})
    assert chosen["Location"] == f"/people/{joe.id}"
    lena.go_away(timezone.localdate() + timedelta(days=30), "at sea", by=lena.person)
    page = client.get(f"/people/{joe.id}").content.decode()
    assert "away until" in page and "at sea" in page
    in_frame = client.post(f"/people/{joe.id}/their-member", {"member": ""}, headers={"Turbo-Frame": "about"})
    assert in_frame["Location"] == f"/people/{joe.id}/card"
    assert TheirMember.of(joe) is None


@pytest.mark.parametrize("who", ["999999", "x", "²"])
def test_nobody_unknown_is_chosen(joe, lena, signed_in, who):
    assert signed_in(lena).post(f"/people/{joe.id}/their-member", {"member": who}).status_code == 404


def test_where_a_member_is_in_words(lena):
    monday = datetime(2026, 11, 23, 12, tzinfo=UTC)
    with timezone.override(UTC):
        assert absence_of(lena, monday) is None
        lena.keep_hours([(2, time(9), time(17))], by=lena.person)
        assert str(absence_of(lena, monday)) == "at work again Wed 9:00"
        lena.go_away(date(2026, 11, 27), "at sea", by=lena.person)
        assert str(absence_of(lena, monday)) == "away until Friday (at sea)"
        lena.go_away(date(2026, 12, 24), by=lena.person)
        assert str(absence_of(lena, monday)) == "away until 24 December"


def test_it_is_shown_given_out_and_erased(joe, lena, dishwasher):
    holding = belongings.named("their_members")
    TheirMember.choose(joe, lena, by=lena.person)
    TheirMember.choose(joe, dishwasher, by=lena.person)
    assert [told.value for told in holding.held([joe.id])] == ["Lena", "Tomás"]
    assert [each["until"] is None for each in holding.export([joe.id])] == [False, True]
    assert holding.erase([joe.id], belongings.ANONYMISE) == 2
    assert TheirMember.of(joe) is None


@pytest.fixture
def joseph(joe, lena, dishwasher, owner):
    """Joe once more, who is usually with Tomás, while Joe is with Lena."""
    other = Person.meet(called="Joseph")
    TheirMember.choose(joe, lena, by=owner.person)
    TheirMember.choose(other, dishwasher, by=owner.person)
    return other


def standing(person):
    return TheirMember.of(Person.objects.get(pk=person.pk))


@pytest.mark.parametrize(("shown", "whose"), [("kept", "Lena"), ("taken", "Tomás")])
def test_the_preview_of_a_merging_asks_whose_member_it_will_be(joe, joseph, owner, signed_in, shown, whose):
    client = signed_in(owner)
    page = client.get(f"/people/{joe.id}/merging/{joseph.id}").content.decode()
    assert page.count('name="their_members"') == 2 and "Usually with" in page and "Lena" in page and "Tomás" in page
    client.post(f"/people/{joe.id}/merging/{joseph.id}", {"their_members": shown})
    assert standing(joe).name == whose
    client.post(f"/people/mergings/{joe.mergings.get().id}")
    assert (standing(joe).name, standing(joseph).name) == ("Lena", "Tomás")


def test_who_was_chosen_since_stays_with_whom_it_was_said_of(joe, joseph, lena, dishwasher, teller, owner):
    merged = merging.merge(joe, joseph, by=owner.person)
    TheirMember.choose(Person.objects.get(pk=joe.pk), teller, by=owner.person)
    (asked,) = [each.item for each in merging.later(merged) if each.belonging == "their_members"]
    assert asked.label == "Usually with Dana"
    merging.unmerge(merged, by=owner.person)
    assert (standing(joe), standing(joseph)) == (teller, dishwasher)
    merged = merging.merge(joe, joseph, by=owner.person)
    TheirMember.choose(Person.objects.get(pk=joe.pk), lena, by=owner.person)
    since = [each.item.id for each in merging.later(merged) if each.belonging == "their_members"]
    merging.unmerge(merged, by=owner.person, theirs={"their_members": since})
    assert (standing(joe), standing(joseph)) == (teller, lena)


def test_nobody_in_particular_since_is_said_of_whoever_was_kept(joe, joseph, dishwasher, owner):
    merged = merging.merge(joe, joseph, by=owner.person)
    TheirMember.choose(Person.objects.get(pk=joe.pk), None, by=owner.person)
    merging.unmerge(merged, by=owner.person)
    assert (standing(joe), standing(joseph)) == (None, dishwasher)
