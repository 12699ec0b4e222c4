"""A screen that lies open follows what happens to a person, and says what of the card is in their own words."""

import pytest
from django.urls import reverse

from alongside.people import merging
from alongside.people.models import CardOpening, Person, Relation
from alongside.people.models import person as persons
from alongside.people.own_words import told_by_themself
from alongside.people.proving import prove
from alongside.people.reaching import prefer, stop_reaching

FETCHED = {"X-Fragment": "card-now"}


@pytest.fixture
def told(monkeypatch):
    """The topics that screens were told of, in order."""
    topics = []
    monkeypatch.setattr(persons, "changed", topics.append)
    return topics


def test_screens_are_told_of_whatever_the_card_shows(joe, ryan, lena, told):
    by, here = lena.person, f"person:{joe.id}"
    joe.rename(called="Joey", full_name="Joe Hallam", by=by)
    joe.describe(what_matters="Oat milk", by=by)
    phone = joe.reach_at("phone", "+44 7700 900123", by=by)
    prefer(phone, by=by)
    prove(phone)
    stop_reaching(phone, by=by)
    assert told == [here] * 6
    Relation.tie(joe, ryan, "other", by=by).end(by=by)
    assert told[6:] == [here, f"person:{ryan.id}"] * 2


def test_nobody_can_look_yet_at_somebody_just_met_and_what_is_there_already_changes_nothing(joe, told):
    Person.meet(called="Ida", email="ida@okafor.example", phone="+44 7700 900123")
    joe.reach_at("email", "joe@hallam.example")
    assert told == []


def test_whoever_was_merged_is_looked_at_as_who_stands_for_them(joe, ryan, lena, told):
    merging.merge(joe, ryan, by=lena.person)
    ryan.refresh_from_db()
    ryan.reach_at("phone", "+44 7700 900123")
    assert told == [f"person:{joe.id}"]


def test_the_fragment_has_head_and_card_and_a_plain_browser_the_page(signed_in, lena, joe):
    at = reverse("people:now", args=[joe.id])
    browser = signed_in(lena)
    said = browser.get(at, headers=FETCHED).content.decode()
    assert 'id="who"' in said and 'id="card-now"' in said and "joe@hallam.example" in said
    assert CardOpening.objects.filter(person=joe, by=lena.person).count() == 1
    assert browser.get(at)["Location"] == reverse("people:person", args=[joe.id])


def test_a_card_says_what_its_person_wrote_themself(signed_in, lena, joe):
    joe.rename(called="Joey", full_name="Joe Hallam", by=joe)
    joe.describe(what_matters="Oat milk", by=joe)
    assert set(told_by_themself(joe)) == {"called", "what_matters"}
    page = signed_in(lena).get(reverse("people:person", args=[joe.id])).content.decode()
    assert "by themself how they are called" in page and "and written down by us" not in page


def test_whoever_wrote_it_last_counts(lena, joe):
    joe.describe(what_matters="Oat milk", by=joe)
    joe.describe(language="de", by=lena.person)
    assert set(told_by_themself(joe)) == {"what_matters"}
    joe.describe(what_matters="Oat milk, warm", by=lena.person)
    assert told_by_themself(joe) == {}


def test_what_one_wrote_before_being_merged_is_still_their_own(lena, joe, ryan):
    ryan.describe(what_matters="Early", by=ryan)
    merging.merge(joe, ryan, by=lena.person)
    joe.refresh_from_db()
    assert joe.what_matters == "Early" and set(told_by_themself(joe)) == {"what_matters"}
