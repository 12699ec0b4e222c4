"""A life tells that two records became one or two again, and with whom somebody belongs: who said so, and when."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.lib.principal import ANONYMOUS, Principal
from alongside.people import timeline
from alongside.people.merging import merge, unmerge
from alongside.people.models import Merging, Person, Relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def joseph(joe):
    """Joe once more, from a letter."""
    return Person.meet(full_name="Joseph Hallam", email="joseph@letters.example")


def page(client, person) -> str:
    return client.get(f"/people/{person.id}").content.decode()


def lines(person, principal) -> list:
    return timeline.page(Person.objects.get(pk=person.pk), principal)[0]


def test_a_merging_stands_there_with_who_did_it_and_how_to_undo_it(joe, joseph, lena, signed_in):
    merging = merge(joe, joseph, by=lena.person, why="He said so")
    said = page(signed_in(lena), joe)
    assert "are shown as one person." in said and "He said so" in said
    assert said.count(f'href="/people/mergings/{merging.id}"') == 2  # under the name, and where it happened
    (line,) = lines(joe, lena.principal())
    assert line.context["by"] == lena.person


def test_a_parting_stands_on_both_lives_and_is_not_undone_twice(joe, joseph, lena, signed_in):
    merging = merge(joe, joseph, by=lena.person)
    unmerge(merging, by=lena.person)
    client = signed_in(lena)
    said = page(client, joe)
    assert "are two people again." in said and "Parted again since." in said
    assert f"/people/mergings/{merging.id}" not in said
    assert "are two people again." in page(client, joseph)


def test_where_they_are_one_again_each_stands_once(joe, joseph, lena):
    unmerge(merge(joe, joseph, by=lena.person), by=lena.person)
    merge(joe, joseph, by=lena.person)
    Relation.tie(joe, joseph, "colleague", by=lena.person)
    assert [line.label for line in lines(joe, lena.principal())] == [
        "Belongs with", "Two records became one", "Two people again", "Two records became one"]


def test_how_people_belong_together_is_said_from_each_side(ryan, austin, lena, signed_in):
    relation = Relation.tie(ryan, austin, "parent", by=lena.person, words="every second week")
    client = signed_in(lena)
    assert "parent of" in page(client, ryan) and "child of" in page(client, austin)
    relation.end(by=lena.person)
    said = page(client, austin)
    assert "No longer:" in said and "every second week" in said
    assert [line.context["by"] for line in lines(ryan, lena.principal())] == [lena.person] * 2


def test_whoever_was_merged_is_named_as_they_stand(ryan, joe, joseph, lena):
    Relation.tie(ryan, joseph, "colleague", by=lena.person)
    merge(joe, joseph, by=lena.person)
    (line,) = lines(ryan, lena.principal())
    assert line.context["other"] == joe


def test_a_person_reads_their_own_and_nobody_else_anything(joe, joseph, ryan, lena):
    merge(joe, joseph, by=lena.person)
    Relation.tie(joe, ryan, "colleague", by=lena.person)
    own = lines(joe, Principal(kind="person", person_id=joe.id))
    assert len(own) == 2 and not own[1].context["can_part"]
    assert lines(joe, Principal(kind="person", person_id=lena.person_id)) == []
    assert lines(joe, ANONYMOUS) == []


def test_what_was_forgotten_leaves_no_line(joe, joseph, lena):
    merge(joe, joseph, by=lena.person)
    Merging.objects.all().delete()
    assert lines(joe, lena.principal()) == []


def test_many_are_drawn_with_as_many_questions_as_few(joe, lena):
    counts = []
    for _round in range(2):
        for _each in range(4):
            other = Person.meet(email="someone@elsewhere.example")
            Relation.tie(joe, other, "other", by=lena.person)
            merge(joe, Person.meet(email="me@hallam.example"), by=lena.person)
        person = Person.objects.get(pk=joe.pk)
        with CaptureQueriesContext(connection) as seen:
            assert timeline.page(person, lena.principal())
        counts.append(len(seen))
    assert counts[0] == counts[1]
