"""People written down twice: found, shown, decided by a member, never merged by themselves."""

import pytest
from django.urls import reverse

from alongside.people import belongings, merging
from alongside.people.duplicates import looking
from alongside.people.duplicates.words import compared
from alongside.people.models import Address, Merging, Person, Relation, Suggestion
from alongside.people.models.suggestion import DIFFERENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(db):
    """Others, so that what two share is rare."""
    for at in range(30):
        Person.meet(full_name=f"Crowd{at} Other{at * 3}", phone=f"+49 40 7{at:05d}", email=f"crowd{at}@example.com")


@pytest.fixture
def twice(crowd):
    """One person, written down twice."""
    one = Person.meet(full_name="Joseph Okafor", email="joseph@example.org", phone="+49 30 901820", born="1980-05-17")
    other = Person.meet(full_name="Joe Okafor", phone="030 901820", email="okafor@work.example", born="1980-05-17")
    other.reach_at("email", "joseph@example.org")
    return one, other


def pairs() -> list[tuple[int, int, str]]:
    """What is open."""
    return [(each.one_id, each.other_id, each.level) for each in Suggestion.objects.open()]


def test_somebody_written_down_twice_is_suggested_and_not_merged(twice):
    one, other = twice
    assert looking.look() == 1
    assert pairs() == [(one.id, other.id, "same")]
    assert not Merging.objects.exists()
    said = {each["field"]: each["level"] for each in Suggestion.objects.get().why}
    assert said["given_name"] == "nickname" and said["phone"] == said["email"] == "exact"


MILL, HILL = ({"street": f"6 {name} Street", "postcode": code, "city": "Berlin"}
              for name, code in (("Mill", "10115"), ("Hill", "12049")))


def test_whoever_moved_is_found_by_where_they_lived(crowd):
    one, other = Person.meet(full_name="Vera Maluf"), Person.meet(full_name="Vera Maluff")
    for person, homes in ((one, (MILL, HILL)), (other, (MILL,))):
        for home in homes:
            Address.objects.create(person=person, **home)
    assert looking.look() == 1
    assert {"street", "area"} <= {each["field"] for each in Suggestion.objects.get().why if each["level"] == "exact"}


def test_an_older_home_of_somebody_merged_counts_too(crowd, lena):
    one, taken, other = (Person.meet(full_name=name) for name in ("Vera Maluf", "Vera M", "Vera Maluff"))
    for person, home in ((one, HILL), (taken, MILL), (other, MILL)):
        Address.objects.create(person=person, **home)
    merging.merge(one, taken, by=lena.person)
    assert looking.look() == 1 and pairs()[0][:2] == (one.id, other.id)


@pytest.mark.parametrize("kind, values", [
    ("phone", ("030 1111111", "030 2222222", "030 3333333", "030 4444444", "030 5555555")),
    ("email", ("a@one.example", "b@two.example", "c@three.example", "vera@four.example")),
    ("card", ("LC-1", "LC-2", "LC-0042")),
])
def test_every_further_number_is_compared(crowd, kind, values):
    one, other = Person.meet(full_name="Vera Maluf"), Person.meet(full_name="Vera Maluff")
    for value in values:
        one.reach_at(kind, value)
    other.reach_at(kind, values[-1])
    assert looking.look() == 1
    assert {"field": kind, "level": "exact"}.items() <= next(
        each for each in Suggestion.objects.get().why if each["field"] == kind).items()


def test_a_shared_card_is_said_on_the_page(crowd, lena, signed_in):
    for name in ("Vera Maluf", "Vera Maluff"):
        Person.meet(full_name=name).reach_at("card", "LC-0042")
    looking.look()
    assert signed_in(lena).get(reverse("people:duplicates")).content.decode().count("LC-0042") == 2


def test_looking_twice_suggests_once(twice):
    looking.look()
    looking.look()
    assert Suggestion.objects.count() == 1


def test_two_people_are_never_suggested_again(twice, lena):
    looking.look()
    Suggestion.objects.get().decide(DIFFERENT, by=lena.person)
    assert looking.look() == 0
    assert Suggestion.objects.get().decided_by == lena.person


def test_what_is_no_longer_likely_goes(twice):
    looking.look()
    other = twice[1]
    other.rename(called="Vera", full_name="Vera Maluf", by=None)
    other.describe(by=None, born="1961-01-30")
    assert looking.look() == 0 and not Suggestion.objects.exists()


def test_who_was_merged_is_not_suggested(twice, lena):
    looking.look()
    merging.merge(*twice, by=lena.person)
    assert pairs() == [] and looking.look() == 0


def test_a_family_at_one_address_is_not_suggested(crowd):
    for name, born in (("Ada Cole", "1979-02-11"), ("Ugo Cole", "1977-08-30"), ("Ines Cole", "2012-12-01")):
        person = Person.meet(full_name=name, phone="+49 30 444444", email="cole@example.org", born=born)
        Address.objects.create(person=person, street="6 Mill Street", postcode="10115", city="Berlin")
    assert looking.look() == 0


def test_whoever_is_a_relation_is_another_person(twice, lena):
    Relation.tie(*twice, "parent", by=lena.person)
    assert looking.look() == 0


def test_the_page_shows_both_and_why(twice, lena, signed_in):
    looking.look()
    client = signed_in(lena)
    said = client.get(reverse("people:duplicates")).content.decode()
    assert "Joseph Okafor" in said and "Joe Okafor" in said and "Given name: a short form" in said
    assert reverse("people:merge", args=[twice[0].id, twice[1].id]) in said


@pytest.mark.parametrize("decision, left", [("different", 0), ("to_ask", 1)])
def test_a_member_decides(twice, lena, signed_in, decision, left):
    looking.look()
    client = signed_in(lena)
    at = reverse("people:decide_duplicate", args=[Suggestion.objects.get().id])
    assert client.post(at, {"decision": decision}).status_code == 302
    assert Suggestion.objects.get().decision == decision and len(pairs()) == left


def test_a_decision_that_is_none(twice, lena, signed_in):
    looking.look()
    client = signed_in(lena)
    at = reverse("people:decide_duplicate", args=[Suggestion.objects.get().id])
    assert client.post(at, {"decision": "merge"}).status_code == 400
    assert Suggestion.objects.get().decision == ""


def test_each_line_says_what_both_records_say_and_what_follows(twice):
    looking.look()
    lines = {line.label: line for line in compared(Suggestion.objects.get())}
    assert (lines["Phone"].one, lines["Phone"].other) == (["+49 30 901820"], ["030 901820"])
    assert [(each.words, each.speaks) for each in lines["Phone"].verdicts] == [("the same", "for")]
    assert [each.words for each in lines["Name"].verdicts] == ["Given name: a short form", "Family name: the same"]
    assert "Address" not in lines  # neither record has one


@pytest.mark.parametrize("how", ["delete", "anonymise"])
def test_nobody_may_be_somebody_who_is_forgotten(twice, how):
    looking.look()
    belongings.named("card").erase([twice[0].id], how)
    assert not Suggestion.objects.exists()
