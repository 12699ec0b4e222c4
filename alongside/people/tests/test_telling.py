"""Whether a text of others tells of somebody."""

import pytest

from alongside.people import merging
from alongside.people.models import Person
from alongside.people.telling import known_of


@pytest.mark.parametrize("text, told", [
    ("hallam.csv", True), ("The list of HALLÁM", True), ("joe_and_ida.vcf", True), ("to joe@hallam.example", True),
    ("joey.csv", False), ("customers.csv", False), ("", False), ("hallam@elsewhere.example", True),
])
def test_by_a_word_of_a_name_or_an_address(joe, text, told):
    assert known_of([joe.id]).is_told_of(text) is told


def test_by_a_name_in_a_script_without_spaces(db):
    mei = Person.meet(called="娜娜", full_name="李娜")
    assert known_of([mei.id]).is_told_of("李娜的朋友.csv")


def test_names_of_two_letters_are_in_every_text_and_tell_of_nobody(db):
    al = Person.meet(called="Al", full_name="Al Wu")
    assert not known_of([al.id]).is_told_of("al wu and others")


def test_by_whatever_the_whole_cluster_is_called(joe, ryan, lena):
    merging.merge(joe, ryan, by=lena.person)
    joe.refresh_from_db()
    assert known_of(joe.cluster_ids).is_told_of("Kessler.vcf")
