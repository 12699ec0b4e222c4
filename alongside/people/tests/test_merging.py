"""Two records that are one person: shown as one, parted again for good, and nothing rewritten."""

from datetime import date, timedelta

import pytest
from django.core import serializers

from alongside.events.models import Event
from alongside.people import belongings, timeline
from alongside.people.belongings import Belonging, Item
from alongside.people.merging import (
    BOTH_SERVE,
    SAME,
    TAKEN,
    CannotMerge,
    NotMerged,
    conflicts,
    later,
    merge,
    ordered,
    unmerge,
)
from alongside.people.models import Identity, Merging, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def joseph(joe):
    """Joe once more, from a letter."""
    return Person.meet(full_name="Joseph Hallam", email="joseph@letters.example", what_matters="Oat milk",
                       born=date(1961, 4, 2))


def everything() -> str:
    """Every row about people but the mergings themselves, as text."""
    rows = [*Person.objects.order_by("id"), *Identity.objects.order_by("id")]
    return serializers.serialize("json", rows)


def test_two_are_shown_as_one(joe, joseph, lena):
    merge(joe, joseph, by=lena.person)
    joe.refresh_from_db()
    assert joe.cluster_ids == [joe.id, joseph.id]
    assert Person.objects.get(pk=joseph.id).standing() == joe
    assert list(Person.objects.with_email("joseph@letters.example")) == [joe]
    assert Person.objects.all().beginning_with("joseph") == [joe]


def test_merging_and_parting_leaves_everything_as_it_was(joe, joseph, lena):
    before = everything()
    merging = merge(joe, joseph, by=lena.person, choices={"full_name": TAKEN})
    assert everything() != before and Person.objects.get(pk=joe.pk).full_name == "Joseph Hallam"
    unmerge(merging, by=lena.person)
    assert everything() == before


def test_what_only_the_other_says_is_shown_and_every_contradiction_named(joe, joseph, lena):
    joe.describe(by=lena.person, what_matters="No sugar")
    assert {(each.field, each.kept, each.taken) for each in conflicts(joe, joseph)} >= {
        ("what_matters", "No sugar", "Oat milk")}
    merge(joe, joseph, by=lena.person)
    joe.refresh_from_db()
    assert (joe.what_matters, joe.born) == ("No sugar", date(1961, 4, 2))


def test_what_was_changed_since_is_not_put_back(joe, joseph, lena):
    merging = merge(joe, joseph, by=lena.person, choices={"full_name": TAKEN})
    joe.refresh_from_db()
    joe.rename(called=joe.called, full_name="Joe H. Hallam", by=lena.person)
    unmerge(merging, by=lena.person)
    joe.refresh_from_db()
    assert joe.full_name == "Joe H. Hallam"


def test_mergings_upon_mergings_part_as_they_came(joe, joseph, ryan, lena):
    first = merge(joseph, ryan, by=lena.person)
    second = merge(joe, joseph, by=lena.person)
    assert Person.objects.get(pk=joe.pk).cluster_ids == [joe.id, *sorted((joseph.id, ryan.id))]
    unmerge(second, by=lena.person)
    assert Person.objects.get(pk=joseph.pk).cluster_ids == [joseph.id, ryan.id]
    assert Person.objects.get(pk=joe.pk).cluster_ids == [joe.id]
    unmerge(first, by=lena.person)
    assert Person.objects.filter(merged_into=None).count() == Person.objects.count()


def test_an_inner_merging_parts_within_the_outer_one(joe, joseph, ryan, lena):
    first = merge(joseph, ryan, by=lena.person)
    merge(joe, joseph, by=lena.person)
    unmerge(first, by=lena.person)
    assert Person.objects.get(pk=joe.pk).cluster_ids == [joe.id, joseph.id]
    assert Person.objects.get(pk=ryan.pk).merged_into is None


def test_a_merging_is_undone_once(joe, joseph, lena):
    merging = merge(joe, joseph, by=lena.person)
    unmerge(merging, by=lena.person)
    with pytest.raises(NotMerged):
        unmerge(merging, by=lena.person)


def test_nobody_is_merged_with_themself_nor_two_who_serve(joe, joseph, lena, teller):
    with pytest.raises(CannotMerge) as refused:
        merge(joe, joe, by=lena.person)
    assert refused.value.reason == SAME
    with pytest.raises(CannotMerge) as refused:
        merge(lena.person, teller.person, by=lena.person)
    assert refused.value.reason == BOTH_SERVE
    merge(joe, joseph, by=lena.person)
    with pytest.raises(CannotMerge):
        merge(joseph, joe, by=lena.person)
    assert Merging.objects.count() == 1


def test_whoever_serves_is_kept_then_whom_we_know_longer(joe, joseph, lena):
    assert ordered(joe, lena.person) == (lena.person, joe)
    Person.objects.filter(pk=joseph.pk).update(since=joe.since - timedelta(days=9))
    joseph.refresh_from_db()
    assert ordered(joe, joseph) == (joseph, joe)


def test_it_stands_in_the_ledger_for_both(joe, joseph, lena):
    merging = merge(joe, joseph, by=lena.person)
    unmerge(merging, by=lena.person)
    assert Event.objects.filter(kind="people.merged", subject_id=joe.id, actor_id=lena.person.id).count() == 1
    assert set(Event.objects.filter(kind="people.unmerged").values_list("subject_id", flat=True)) == {joe.id, joseph.id}


class Deeds(Belonging):
    """Something that a room above would hold: rows of (id, person, at)."""

    name, label = "deeds", "Deeds"

    def __init__(self, rows):
        self.rows = rows

    def since(self, person_ids, moment):
        rows = [(id, person, at) for id, (person, at) in self.rows.items()]
        return [Item(id, "a deed", at) for id, person, at in rows if person in person_ids and at > moment]

    def move(self, ids, person_id):
        for id in ids:
            self.rows[id] = (person_id, self.rows[id][1])
        return len(ids)


def test_what_came_since_is_asked_about_and_goes_where_it_belongs(joe, joseph, lena, monkeypatch):
    deeds = Deeds({1: (joe.id, joe.since)})
    monkeypatch.setattr(belongings, "_belongings", {"deeds": deeds})
    merging = merge(joe, joseph, by=lena.person)
    deeds.rows |= {2: (joe.id, merging.at + timedelta(hours=1)), 3: (joe.id, merging.at + timedelta(hours=2)),
                   4: (joseph.id, merging.at + timedelta(hours=3))}
    assert [each.item.id for each in later(merging)] == [2, 3]  # 1 is older, 4 says itself whose it is
    unmerge(merging, by=lena.person, theirs={"deeds": [1, 3]})
    assert {id: person for id, (person, _) in deeds.rows.items()} == {1: joe.id, 2: joe.id, 3: joseph.id, 4: joseph.id}


def test_one_life_on_one_timeline(joe, joseph, lena, monkeypatch):
    entry = timeline.Entry(at=joe.since, icon="person", label="Met", template="", context={})
    monkeypatch.setattr(timeline, "_loaders", {"people.met": lambda events, principal: {e.id: entry for e in events}})
    assert len(timeline.page(joe, lena.principal())[0]) == 1
    merge(joe, joseph, by=lena.person)
    joe.refresh_from_db()
    assert len(timeline.page(joe, lena.principal())[0]) == 2
