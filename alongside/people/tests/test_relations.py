"""How people belong together."""

import pytest
from django.db import IntegrityError

from alongside.people.merging import merge
from alongside.people.models import Person, Relation

pytestmark = pytest.mark.django_db


def test_a_tie_is_written_once_and_seen_from_both_sides(ryan, austin, lena):
    tie = Relation.tie(ryan, austin, "parent", by=lena.person)
    assert Relation.tie(ryan, austin, "parent", by=lena.person) == tie
    assert list(Relation.objects.of(ryan)) == list(Relation.objects.of(austin)) == [tie]


def test_a_tie_that_ended_is_kept_and_may_be_tied_again(ryan, austin, lena):
    Relation.tie(ryan, austin, "household", by=lena.person).end(by=lena.person)
    assert not Relation.objects.of(ryan) and Relation.objects.count() == 1
    Relation.tie(ryan, austin, "household", by=lena.person)
    assert Relation.objects.of(ryan).count() == 1


def test_whoever_was_merged_brings_their_ties(joe, ryan, austin, lena):
    Relation.tie(ryan, austin, "parent", by=lena.person)
    merge(joe, ryan, by=lena.person)
    assert Relation.objects.of(Person.objects.get(pk=joe.pk)).count() == 1


def test_nobody_belongs_to_themself_and_unknown_ties_are_refused(ryan, austin, lena):
    with pytest.raises(KeyError):
        Relation.tie(ryan, austin, "owns", by=lena.person)
    with pytest.raises(IntegrityError):
        Relation.tie(ryan, ryan, "family", by=lena.person)
