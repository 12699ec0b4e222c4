"""Whom a row tells of: nobody is taken for another because they share an address, or a name."""

import pytest

from alongside.importers.tests.bringing import carried_out, shown, upload
from alongside.people.models import Identity, Person

pytestmark = pytest.mark.django_db

SHARED = "+44 113 496 0111"


@pytest.fixture
def family(db, owner):
    """Three who share a telephone and a card."""
    people = [Person.meet(called=name, full_name=f"{name} Ward", phone=SHARED, by=owner.person)
              for name in ("Margaret", "Robert", "Ellen")]
    for person in people:
        person.reach_at("card", "C-77", by=owner.person)
    return people


@pytest.mark.parametrize(("row", "words"), [
    (f"Phone,E-Mail\n{SHARED},intruder@else.example\n", "Several people have this number; write a name beside it."),
    ("Card,E-Mail\nC-77,intruder@else.example\n", "Several people have this card; write a name beside it."),
])
def test_a_row_without_a_name_is_nobody_where_several_share_the_address(desk, family, row, words):
    people = Person.objects.count()
    page = shown(desk, upload(desk, row))
    assert words in page and "known as" not in page
    bringing = carried_out(desk, row)
    assert bringing.counts() == {"broken": 1} and bringing.rows.get().reason == words
    assert not Identity.objects.filter(value="intruder@else.example").exists()
    assert Person.objects.count() == people


def test_a_row_without_a_name_whose_addresses_are_of_two_people_is_nobody(desk, joe, family):
    bringing = carried_out(desk, f"Phone,E-Mail\n{SHARED.replace('111', '222')},joe@hallam.example\n")
    assert bringing.counts() == {"changed": 1}
    bringing = carried_out(desk, "Card,E-Mail\nC-77,joe@hallam.example\n")
    assert bringing.counts() == {"broken": 1}


def test_a_name_beside_a_shared_address_says_who_it_is(desk, family):
    bringing = carried_out(desk, f"Name,Phone,E-Mail\nEllen Ward,{SHARED},ellen@ward.example\n")
    assert bringing.counts() == {"changed": 1} and bringing.rows.get().person == family[2]


def test_another_name_beside_a_shared_address_is_somebody_new_though_one_of_them_has_no_name(desk, family, owner):
    nameless = Person.meet(phone=SHARED, by=owner.person)
    bringing = carried_out(desk, f"Name,Phone\nTom Ward,{SHARED}\n")
    nameless.refresh_from_db()
    assert bringing.counts() == {"created": 1} and not nameless.name


def test_an_address_of_one_alone_needs_no_name(desk, joe):
    bringing = carried_out(desk, "E-Mail,City\njoe@hallam.example,Leeds\n")
    assert bringing.counts() == {"changed": 1} and bringing.rows.get().person == joe


def test_the_same_whole_row_twice_is_one_person_in_the_preview_as_in_the_end(desk):
    text = "Name\nCarla Onlyname\nCarla Onlyname\nPetra Plain\n"
    page = shown(desk, upload(desk, text))
    assert "2 are new." in page and "Line 3 repeats line 2." in page and "Bring 2 people in" in page
    bringing = carried_out(desk, text)
    assert bringing.counts() == {"created": 2, "same": 1}
    assert Person.objects.filter(full_name="Carla Onlyname").count() == 1


def test_the_same_name_in_rows_that_differ_is_two_people(desk):
    text = "Name,Favourite colour\nCarla Onlyname,blue\nCarla Onlyname,red\n"
    page = shown(desk, upload(desk, text))
    assert "2 are new." in page and "repeats" not in page
    assert carried_out(desk, text).counts() == {"created": 2}
    assert carried_out(desk, text).counts() == {"same": 2}


def test_a_row_that_adds_to_an_earlier_one_is_shown_as_that_person(desk):
    text = ("Name,E-Mail,Phone,Ort\nAnn Vale,ann@vale.example,,\nAnn Vale,ann@vale.example,0161 321,\n"
            "Bo Vale,ann@vale.example,,\nAnn Vale,,0161 321,Leeds\n,,0161 321,York\n,ann@vale.example,,York\n")
    page = shown(desk, upload(desk, text))
    assert "2 are new." in page
    assert "Line 3 tells of the same person as line 2." in page and "line 5" in page.lower()
    assert "Several people have this mail address" in page
    assert carried_out(desk, text).counts() == {"created": 2, "changed": 3, "broken": 1}


def test_a_row_that_fills_in_somebody_we_know_makes_the_next_known_too(desk, joe):
    text = "Name,E-Mail,Phone\nJoe Hallam,joe@hallam.example,0161 987\nJoe Hallam,,0161 987\n"
    page = shown(desk, upload(desk, text))
    assert "2 are known already" in page and "new." not in page
    assert carried_out(desk, text).counts() == {"changed": 1, "same": 1}
