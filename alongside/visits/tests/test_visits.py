"""Coming in, being here, leaving, and the tap that was a slip."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.events.models import Event
from alongside.lib.principal import ANONYMOUS, Principal
from alongside.lib.taking_back import TooLate
from alongside.members.models import Location
from alongside.people import belongings, timeline
from alongside.people.merging import merge
from alongside.visits.jobs import end_forgotten
from alongside.visits.models import FORGOTTEN_AFTER, PHONE, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(db):
    return Location.found(name="Market Street")


@pytest.fixture
def bridge(db):
    return Location.found(name="Bridge Street")


def kinds_of(person):
    return list(Event.objects.filter(subject_id=person.id, kind__startswith="visits.").order_by("id")
                .values_list("kind", flat=True))


def test_somebody_comes_in_is_here_and_leaves(joe, lena, market):
    visit = Visit.begin(joe, location=market, by=lena.person)
    assert [here.person for here in Visit.objects.here(market)] == [joe]
    visit.leave(by=lena.person)
    visit.leave(by=lena.person)
    assert not Visit.objects.here(market).exists()
    assert kinds_of(joe) == ["visits.began", "visits.ended"]


def test_who_is_here_already_goes_on_with_their_visit(joe, lena, dishwasher, market):
    first = Visit.begin(joe, location=market, by=lena.person)
    assert Visit.begin(joe, location=market, by=dishwasher.person) == first
    assert kinds_of(joe) == ["visits.began"]


def test_nobody_is_at_two_places(joe, lena, market, bridge):
    first = Visit.begin(joe, location=market, by=lena.person)
    second = Visit.begin(joe, location=bridge, by=lena.person)
    first.refresh_from_db()
    assert first.ended_at == second.began_at
    assert not Visit.objects.here(market).exists()
    assert Visit.objects.here(bridge).get() == second


def test_a_call_ends_a_visit_at_the_counter(joe, lena, market):
    Visit.begin(joe, location=market, by=lena.person)
    call = Visit.begin(joe, location=market, kind=PHONE, by=lena.person)
    assert Visit.objects.here(market).get() == call


def test_somebody_else_was_meant(joe, lena, market):
    visit = Visit.begin(joe, location=market, by=lena.person)
    visit.take_back(by=lena.person)
    assert not Visit.objects.exists()
    entries, _after = timeline.page(joe, lena.principal())
    assert [entry for entry in entries if entry.template.startswith("visits/")] == []


def test_taking_back_lets_the_visit_go_on_that_ended_for_it(joe, lena, market, bridge):
    first = Visit.begin(joe, location=market, by=lena.person)
    Visit.begin(joe, location=bridge, by=lena.person).take_back(by=lena.person)
    assert Visit.objects.here(market).get() == first


def test_only_who_tapped_takes_back_and_not_for_long(joe, lena, dishwasher, market):
    visit = Visit.begin(joe, location=market, by=lena.person)
    with pytest.raises(TooLate):
        visit.take_back(by=dishwasher.person)
    Visit.objects.update(began_at=timezone.now() - timedelta(minutes=11))
    visit.refresh_from_db()
    with pytest.raises(TooLate):
        visit.take_back(by=lena.person)
    assert Visit.objects.count() == 1


def test_they_did_not_leave_after_all(joe, lena, market):
    visit = Visit.begin(joe, location=market, by=lena.person)
    visit.leave(by=lena.person)
    visit.stay(by=lena.person)
    assert Visit.objects.here(market).get() == visit


def test_who_came_again_since_does_not_stay_in_the_old_visit(joe, lena, market, bridge):
    old = Visit.begin(joe, location=market, by=lena.person)
    old.leave(by=lena.person)
    Visit.begin(joe, location=bridge, by=lena.person)
    with pytest.raises(TooLate):
        old.stay(by=lena.person)


def test_nobody_stays_for_half_a_day(joe, lena, market):
    came = timezone.now() - FORGOTTEN_AFTER - timedelta(hours=5)
    visit = Visit.begin(joe, location=market, by=lena.person, at=came)
    assert not Visit.objects.here(market).exists()
    end_forgotten(0)
    visit.refresh_from_db()
    assert visit.ended_at == came + FORGOTTEN_AFTER
    assert Visit.begin(joe, location=market, by=lena.person) != visit


def test_two_records_of_one_person_are_here_once(joe, stranger, lena, market):
    Visit.begin(joe, location=market, by=lena.person)
    visit = Visit.begin(stranger, location=market, by=lena.person)
    merge(joe, stranger, by=lena.person)
    joe.refresh_from_db()
    stranger.refresh_from_db()
    again = Visit.begin(stranger, location=market, by=lena.person)
    assert again == visit
    assert again.whose == joe


def test_a_visit_stands_on_the_timeline(joe, lena, market):
    visit = Visit.begin(joe, location=market, by=lena.person)
    entries, _after = timeline.page(joe, lena.principal())
    assert visit in [entry.context.get("visit") for entry in entries]


def test_members_see_visits_a_person_their_own(joe, ryan, lena, market):
    visit = Visit.begin(joe, location=market, by=lena.person)
    assert Visit.objects.visible_to(lena.principal()).get() == visit
    assert Visit.objects.visible_to(Principal(kind="person", person_id=joe.id)).get() == visit
    assert not Visit.objects.visible_to(Principal(kind="person", person_id=ryan.id)).exists()
    assert not Visit.objects.visible_to(ANONYMOUS).exists()


def test_what_is_held_can_be_given_out_moved_and_let_go(joe, ryan, lena, market):
    held = belongings.named("visits")
    Visit.begin(joe, location=market, by=lena.person, at=timezone.now() - timedelta(days=800)).leave(by=lena.person)
    recent = Visit.begin(joe, location=market, by=lena.person)
    assert [told.value for told in held.held([joe.id])] == ["Market Street"] * 2
    assert [row["by"] for row in held.export([joe.id])] == ["Lena"] * 2
    before = timezone.now() - timedelta(days=700)
    assert held.expired("visits", before) == 1
    assert held.discard("visits", before) == 1
    assert [item.id for item in held.since([joe.id], before)] == [recent.id]
    assert held.move([recent.id], ryan.id) == 1
    assert Visit.objects.of(ryan).get() == recent
    assert held.erase([ryan.id], "anonymise") == 0
    assert held.erase([ryan.id], "delete") == 1


def test_a_visit_given_to_somebody_who_is_here_ends(joe, ryan, lena, market):
    Visit.begin(ryan, location=market, by=lena.person)
    open_one = Visit.begin(joe, location=market, by=lena.person)
    belongings.named("visits").move([open_one.id], ryan.id)
    assert Visit.objects.of(ryan).filter(ended_at=None).count() == 1
    assert Visit.objects.of(ryan).count() == 2
