"""A person is found by the names and addresses they have, in any script, and shown only to whom they may be."""

import pytest
from django.db import connection

from alongside.lib.principal import ANONYMOUS, Principal
from alongside.people.models import Identity, Person, theirs

pytestmark = pytest.mark.django_db


def test_a_person_is_found_by_the_beginning_of_any_name(joe, ryan):
    assert Person.objects.beginning_with("jo") == [joe]
    assert Person.objects.beginning_with("hal") == [joe]
    assert Person.objects.beginning_with("kess ry") == [ryan]
    assert Person.objects.beginning_with("zz") == []


def test_names_without_accents_and_in_other_scripts_are_found(db):
    zoe = Person.meet(full_name="Zoë Åkerström")
    ivan = Person.meet(full_name="Иван Петров")
    assert Person.objects.beginning_with("zoe aker") == [zoe]
    assert Person.objects.beginning_with("Ива") == [ivan]
    assert Person.objects.beginning_with("ivan") == [ivan]


def test_an_address_finds_its_person_whatever_its_case(joe):
    assert list(Person.objects.with_email("JOE@Hallam.example")) == [joe]
    assert Person.objects.beginning_with("joe@hal") == [joe]


def test_a_shared_address_belongs_to_both(joe, ryan):
    joe.reach_at("email", "family@street.example")
    ryan.reach_at("email", "Family@street.example")
    assert set(Person.objects.with_email("family@street.example")) == {joe, ryan}


def test_an_old_name_no_longer_finds_the_person(joe, lena):
    joe.rename(called="Joseph", full_name="Joseph Hallam", by=lena.person)
    assert Person.objects.beginning_with("joseph") == [joe]
    assert set(joe.name_keys.values_list("key", flat=True)).isdisjoint({"joe", "joe joe hallam"})


def test_a_name_holds_nothing_that_steers_or_hides(joe, lena):
    someone = Person.meet(called="Eve\u202egnp.exe\x07", full_name="Eve\u200b Adler\n")
    assert (someone.called, someone.full_name) == ("Eve gnp.exe", "Eve Adler")
    joe.rename(called=" Jo\u0000e ", full_name="نیما\u200cزاده", by=lena.person)
    assert (joe.called, joe.full_name) == ("Jo e", "نیما\u200cزاده")


def test_only_members_see_people_and_a_person_sees_themself(joe, ryan, lena):
    assert set(Person.objects.visible_to(lena.principal())) >= {joe, ryan}
    assert list(Person.objects.visible_to(Principal(kind="person", person_id=joe.id))) == [joe]
    assert not Person.objects.visible_to(Principal(kind="guest", person_id=joe.id)).exists()
    assert not Person.objects.visible_to(ANONYMOUS).exists()


def test_what_is_somebodys_is_found_by_index(joe):
    """A clause over a join, as it once was, reads every address of everybody: 11 ms of each answer at 33,000 people."""
    Person.objects.create(called="Jo", merged_into=joe).reach_at("email", "jo@people.example")
    rows = Identity.objects.filter(theirs(joe.pk))
    assert "jo@people.example" in rows.values_list("value", flat=True)
    others = Person.objects.bulk_create(Person(called=f"Other {number}") for number in range(500))
    Identity.objects.bulk_create(Identity(person=each, kind="card", value=str(each.pk)) for each in others)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_person, people_identity")
    plan = rows.explain(format="json")
    assert '"Index Cond": "(person_id = ' in plan
    assert '"Join Filter"' not in plan
