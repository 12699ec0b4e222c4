"""What came while two were shown as one goes to whose it is: the rows, and what the timeline tells of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.moments.models import Had, Note
from alongside.people.merging import later, merge, unmerge
from alongside.people.models import Person, Relation
from alongside.profiles.models import Answer, Question, QuestionSet
from alongside.promises.models import Promise
from alongside.visits.models import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def parted(joe, ryan, lena, market):
    """Joe and Joseph, who were one for a while: all that came then is said to be Joseph's."""
    joseph = Person.meet(full_name="Joseph Hallam", phone="+44 161 555 0100")
    served = Question.objects.create(set=QuestionSet.objects.create(name="Café"), words="How are they served?")
    merging = merge(joe, joseph, by=lena.person)
    joe.refresh_from_db()
    Visit.begin(joe, location=market, by=lena.person)
    Note.keep(joe, by=lena.person, text="Sits outside")
    Had.keep(joe, by=lena.person, what="Filter coffee")
    Promise.make(person=joe, words="Keep a table", due_at=timezone.now() + timedelta(days=1), by=lena.person)
    Answer.give(joe, served, "Quickly", provenance="told", by=lena.person)
    Relation.tie(joe, ryan, "household", by=lena.person)
    theirs: dict[str, list[int]] = {}
    for each in later(merging):
        theirs.setdefault(each.belonging, []).append(each.item.id)
    unmerge(merging, by=lena.person, theirs=theirs)
    return Person.objects.get(pk=joe.pk), Person.objects.get(pk=joseph.pk)


CAME = ("Sits outside", "Filter coffee", "Keep a table", "Quickly", "lives with", "Market Street")


def test_the_life_of_each_tells_what_is_theirs(parted, counter):
    joe, joseph = (counter.get(f"/people/{person.id}").content.decode() for person in parted)
    assert [words for words in CAME if words not in joseph] == []
    assert [words for words in CAME if words in joe] == []


def test_nothing_of_it_goes_when_the_other_is_forgotten(parted, counter, owner, signed_in):
    joe, joseph = parted
    signed_in(owner).post(f"/people/{joe.pk}/forget", {"how": "delete", "sure": "on"})
    assert not Person.objects.filter(pk=joe.pk).exists()
    page = signed_in(owner).get(f"/people/{joseph.pk}").content.decode()
    assert [words for words in CAME if words not in page] == []
