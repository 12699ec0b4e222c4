"""Whoever is met or becomes better known is looked for among those who are known, soon after and by themselves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.events.delivery import deliver_all
from alongside.lib.matching import finding
from alongside.lib.matching.usual_names import GIVEN, SURNAMES
from alongside.people import belongings, merging
from alongside.people.duplicates import looking
from alongside.people.duplicates.checking import check
from alongside.people.models import (
    Address,
    CommonValue,
    LearntWeights,
    MatchingKeys,
    Person,
    Relation,
    Suggestion,
)
from alongside.people.models.suggestion import DIFFERENT
from alongside.people.reaching import stop_reaching

pytestmark = pytest.mark.django_db


NAMES = [f"{given.title()} {surname.title()}"
         for given, surname in zip(sorted(GIVEN)[::4], sorted(SURNAMES)[::4], strict=False)]


def crowd(first: int, last: int, **about) -> None:
    """People who have nothing in common but what is said `about` them."""
    for at in range(first, last):
        Person.meet(**{"full_name": NAMES[at], "phone": f"+49 40 {at * 977 % 900000 + 100000}", **about})


@pytest.fixture
def known(db):
    """Somebody whom we know already, and others."""
    crowd(0, 10)
    person = Person.meet(full_name="Joseph Okafor", email="joseph@example.org", phone="+49 30 901820",
                         born="1980-05-17")
    deliver_all()
    assert not Suggestion.objects.exists()
    return person


def pairs() -> list[tuple[int, int, str]]:
    """What is open, by what is known so far."""
    deliver_all()
    return [(each.one_id, each.other_id, each.level) for each in Suggestion.objects.open()]


def test_whoever_is_met_and_known_already_is_suggested_with_reasons(known):
    other = Person.meet(full_name="Joe Okafor", phone="030 901820", born="1980-05-17")
    assert pairs() == [(known.id, other.id, "same")]
    said = {each["field"]: each["level"] for each in Suggestion.objects.get().why}
    assert said["given_name"] == "nickname" and said["phone"] == said["date_of_birth"] == "exact"


def test_at_the_counter_and_in_the_form_alike(known, lena, signed_in):
    client = signed_in(lena)
    client.post(reverse("counter:newcomer"), {"called": "Joe Okafor", "reach": "030 901820", "anyway": "1"})
    assert len(pairs()) == 1
    client.post(reverse("people:new"), {"full_name": "Joseph Okafor", "email": "joseph@example.org"})
    newest = Person.objects.latest("id")
    assert (known.id, newest.id, "same") in pairs()


@pytest.mark.parametrize("learn", [
    lambda person: person.reach_at("email", "joseph@example.org"),
    lambda person: person.describe(by=None, born="1980-05-17"),
    lambda person: person.rename(called="Joe", full_name="Joseph Okafor", by=None),
])
def test_somebody_of_whom_more_becomes_known_is_looked_at_again(known, learn):
    other = Person.meet(full_name="Jo Okafor" if learn.__code__.co_names[0] != "rename" else "", phone="030 901820")
    before = pairs()
    learn(other)
    after = pairs()
    assert [pair[:2] for pair in after] == [(known.id, other.id)]
    assert before == [] or Suggestion.objects.get().score > 0


def test_where_somebody_lives_counts_too(known):
    Address.note(known, by=None, street="6 Mill Street", postcode="10115", city="Berlin")
    other = Person.meet(full_name="Joe Okafor")
    before = pairs()
    Address.note(other, by=None, street="6 Mill St", postcode="10115", city="Berlin")
    assert len(pairs()) == 1 and before in ([], [(known.id, other.id, "ask")])


def test_strangers_and_families_are_not_suggested(known):
    Person.meet(full_name="Vera Maluf", email="vera@example.org")
    Person.meet(full_name="Ada Okafor", phone="+49 30 901820", born="2012-12-01")
    assert pairs() == []


def test_a_relation_a_decision_and_a_parting_are_respected(known, lena):
    other = Person.meet(full_name="Joe Okafor", phone="030 901820", born="1980-05-17")
    assert len(pairs()) == 1
    Suggestion.objects.get().decide(DIFFERENT, by=lena.person)
    other.reach_at("email", "joseph@example.org")
    assert pairs() == [] and Suggestion.objects.get().decision == DIFFERENT
    third = Person.meet(full_name="Joseph Okafor", born="1980-05-17")
    Relation.tie(known, third, "parent", by=lena.person)
    Relation.tie(other, third, "parent", by=lena.person)
    assert pairs() == []


def test_who_was_parted_again_is_not_suggested_to_be_one(known, lena):
    other = Person.meet(full_name="Joe Okafor", phone="030 901820", born="1980-05-17")
    one = merging.merge(known, other, by=lena.person)
    merging.unmerge(one, by=lena.person)
    assert pairs() == []
    assert looking.look() == 0


def test_what_was_decided_of_a_record_holds_for_whoever_it_was_merged_into(known, lena):
    other = Person.meet(full_name="Joe Okafor", phone="030 901820", born="1980-05-17")
    pairs()
    Suggestion.objects.get().decide(DIFFERENT, by=lena.person)
    whole = Person.meet(full_name="J Okafor", email="j@okafor.example")
    merging.merge(whole, other, by=lena.person)
    assert pairs() == []
    assert looking.look() == 0


def test_what_is_no_longer_likely_goes(known):
    other = Person.meet(full_name="Joe Okafor", phone="030 901820", born="1980-05-17")
    assert len(pairs()) == 1
    stop_reaching(other.identities.get(), by=None)
    other.describe(by=None, born="1961-01-30")
    other.rename(called="Vera", full_name="Vera Maluf", by=None)
    assert pairs() == [] and not Suggestion.objects.exists()


def test_whoever_was_merged_is_found_in_whom_they_were_merged_into(known, lena):
    other = Person.meet(full_name="Joe Okafor", phone="030 901820", born="1980-05-17")
    merging.merge(known, other, by=lena.person)
    assert pairs() == []
    third = Person.meet(full_name="Joe Okafor", phone="030 901820")
    assert [pair[:2] for pair in pairs()] == [(known.id, third.id)]


def test_the_demo_and_organisations_are_other_worlds(known):
    Person.meet(full_name="Joseph Okafor", born="1980-05-17", phone="030 901820", demo=True)
    Person.meet(full_name="Joseph Okafor", born="1980-05-17", phone="030 901820", kind="organisation")
    assert pairs() == []


def test_whoever_changed_in_nothing_that_counts_is_not_compared_again(known):
    known.describe(by=None, what_matters="No questions before the first sip")
    deliver_all()
    with CaptureQueriesContext(connection) as seen:
        check(known.id)
    assert not any("people_matchingkeys" in each["sql"] and "@>" in each["sql"] for each in seen)


def test_one_is_looked_up_by_key_however_many_are_known(known):
    """The same number of questions to the database, and no more who are compared, with more people."""
    other = Person.meet(full_name="Joe Okafor", phone="030 901820", born="1980-05-17")
    pairs()
    counts = []
    for _round in range(2):
        MatchingKeys.objects.filter(person=other).update(told=0)
        with CaptureQueriesContext(connection) as seen:
            check(other.id)
        counts.append(len(seen))
        crowd(10, 60)
        deliver_all()
    assert counts[0] == counts[1] <= 30


def test_a_key_that_many_share_compares_nobody_with_all_of_them(known, monkeypatch):
    compared, look = [], finding.look
    monkeypatch.setattr(finding, "look", lambda *given: compared.append(given) or look(*given))
    crowd(10, 70, phone="+49 30 555555")
    deliver_all()
    compared.clear()
    Person.meet(full_name="Ada Lovell", phone="+49 30 555555")
    deliver_all()
    assert len(compared) < 5


def test_the_night_teaches_what_is_common_and_one_alone_is_judged_the_same(known):
    for name in NAMES[10:70]:
        Person.meet(full_name=f"{name.split()[0]} Okafor")
    other = Person.meet(full_name="Joe Okafor", phone="030 901820", born="1980-05-17")
    deliver_all()
    theirs = Suggestion.objects.filter(one=known, other=other)
    alone = theirs.get().score
    looking.look()
    assert LearntWeights.objects.get().size > 60 and CommonValue.objects.exists()
    by_night = theirs.get().score
    MatchingKeys.objects.update(told=0)
    check(other.id)
    assert theirs.get().score == by_night != alone


@pytest.mark.parametrize("many", [5, 50_000])
def test_the_night_keeps_the_keys_of_whoever_came_in_without_a_word(known, monkeypatch, many):
    monkeypatch.setattr(looking, "MANY", many)
    MatchingKeys.objects.all().delete()
    looking.look()
    assert MatchingKeys.objects.count() == Person.objects.count()
    Person.meet(full_name="Joe Okafor", phone="030 901820", born="1980-05-17")
    assert len(pairs()) == 1


def test_what_was_looked_at_since_the_night_began_stands(known, monkeypatch):
    write = looking.records.write

    def changing(path, demo):
        count = write(path, demo)
        if not demo:
            known.rename(called="", full_name="Zora Unlike", by=None)
            deliver_all()
        return count

    monkeypatch.setattr(looking.records, "write", changing)
    before = MatchingKeys.objects.get(person=known)
    looking.look()
    assert MatchingKeys.objects.get(person=known).told != before.told


def test_nothing_is_left_of_whoever_is_forgotten(known):
    ids = [known.id]
    belongings.named("card").erase(ids, belongings.ANONYMISE)
    assert not MatchingKeys.objects.filter(person=known).exists()
    deliver_all()
    belongings.named("identities").erase(ids, belongings.ANONYMISE)
    check(known.id)
    assert not MatchingKeys.objects.filter(person=known).exists()
