"""Searching for somebody with two records: found once, by what either says, with the words of both."""

import pytest

from alongside.events.delivery import deliver_all
from alongside.lib.principal import Principal
from alongside.people.merging import merge, unmerge
from alongside.people.models import Person
from alongside.search.finding import find

pytestmark = pytest.mark.django_db


@pytest.fixture
def joseph(db):
    """Joe once more, from a letter."""
    return Person.meet(full_name="Joseph Hallam", email="joseph@letters.example")


@pytest.fixture
def merging(joe, joseph, says, lena):
    """Both wrote, and are one."""
    says(joe, "a table by the window")
    says(joseph, "a table on the terrace")
    made = merge(joe, joseph, by=lena.person)
    deliver_all()
    return made


@pytest.mark.parametrize("words", ["joseph", "hallam", "joseph@letters"])
def test_people_are_found_as_they_stand_and_once(merging, words, lena, joe):
    assert find(lena.principal(), words).people == [joe]


@pytest.mark.parametrize("words", ["person:joe table", "from:joe table", "with:joseph table", "person:joseph table"])
def test_filters_mean_the_whole_cluster(merging, words, lena, joe):
    hits = find(lena.principal(), words).hits
    assert len(hits) == 2 and {(hit.person_id, hit.person, hit.author_id, hit.author) for hit in hits} == {
        (joe.id, "Joe", joe.id, "Joe")}


def test_they_find_their_own_words_under_both_records(merging, joe, ryan):
    assert len(find(Principal(kind="person", person_id=joe.id), "table").hits) == 2
    assert find(Principal(kind="person", person_id=ryan.id), "table").hits == []


def test_parted_they_are_found_apart(merging, lena, joe, joseph):
    unmerge(merging, by=lena.person)
    deliver_all()
    assert find(lena.principal(), "joseph").people == [joseph]
    assert len(find(lena.principal(), "person:joseph table").hits) == 1
