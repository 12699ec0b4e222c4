"""What is due now, soon and later; whose; and the number on the rail."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from alongside.lib.tallies import ask
from alongside.promises import listing
from alongside.promises.forms import DueForm
from alongside.promises.models import Promise
from alongside.promises.times import THIS_WEEK, TODAY, TOMORROW, day_of, due, due_words, end_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def _in_utc():
    with timezone.override(UTC):
        yield


@pytest.fixture
def promised(joe, lena):
    """A function that writes down a promise of Lena's due in some hours from NOON."""

    def promise(hours: float = 0, owner=lena, **more):
        more.setdefault("due_at", NOON + timedelta(hours=hours))
        return Promise.make(person=joe, words="Call", by=lena.person, owner=owner, at=NOON - timedelta(days=9), **more)

    return promise


def found(principal, whose=listing.MINE) -> dict[str, list]:
    """The ids of each section."""
    return {part.name: [each.promise.id for each in part.lines]
            for part in listing.sections(principal, whose, now=NOON)}


def test_by_when_it_is_due(promised, lena):
    late, within, today = promised(-2), promised(0.9), promised(due_at=end_of(NOON.date()), whole_day=True)
    afternoon, tomorrow, later = promised(3), promised(30), promised(72)
    assert found(lena.principal()) == {
        "now": [late.id, within.id, today.id], "soon": [afternoon.id, tomorrow.id], "later": [later.id]}
    assert ask([listing.tally(lena.principal(), now=NOON)]) == [3]


def test_what_is_settled_is_not_listed(promised, lena):
    promised(1).keep(by=lena.person)
    assert found(lena.principal()) == {}


def test_whose(promised, lena, dishwasher, teller, counter_team):
    mine, mates, nobodys, others = (promised(1, owner=who) for who in (lena, dishwasher, None, teller))
    assert found(lena.principal()) == {"now": [mine.id]}
    assert found(lena.principal(), listing.TEAM) == {"now": [mine.id, mates.id, nobodys.id]}
    assert found(lena.principal(), listing.ALL) == {"now": [mine.id, mates.id, nobodys.id, others.id]}


def test_what_one_settled_just_now_can_be_taken_back(promised, lena, dishwasher):
    promise = promised(1)
    promise.keep(by=lena.person)
    assert [each.promise for each in listing.just_settled(lena.principal())] == [promise]
    assert listing.just_settled(dishwasher.principal()) == []
    assert listing.just_settled(lena.principal(), now=timezone.now() + timedelta(hours=1)) == []


def test_quick_choices():
    assert [day_of(choice, NOON).day for choice in (TODAY, TOMORROW, THIS_WEEK)] == [18, 19, 20]
    assert day_of(THIS_WEEK, NOON + timedelta(days=2)).day == 22  # on Friday: until Sunday


@pytest.mark.parametrize(("days", "words"), [(0, "This week"), (2, "This week"), (3, "Next week"), (4, "Next week")])
def test_at_the_weekend_the_next_week_is_offered(signed_in, lena, joe, monkeypatch, days, words):
    now = NOON + timedelta(days=days)
    if days > 2:
        assert day_of(THIS_WEEK, now).day == 27  # its Friday
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    assert dict(DueForm().fields["when"].choices)[THIS_WEEK] == words


def test_a_day_alone_means_its_end_in_the_readers_zone():
    with timezone.override("America/New_York"):
        at, whole_day = due(NOON.date(), None)
    assert whole_day and at == datetime(2026, 11, 19, 4, 59, 59, tzinfo=UTC)
    assert due(NOON.date(), time(15)) == (NOON + timedelta(hours=3), False)


def test_words_for_when(promised):
    assert due_words(promised(3), NOON) == "by 15:00"
    assert due_words(promised(24), NOON) == "by tomorrow 12:00"
    assert due_words(promised(due_at=end_of(NOON.date()), whole_day=True), NOON) == "today"
    assert due_words(promised(due_at=end_of(NOON.date() - timedelta(days=1)), whole_day=True), NOON) == (
        "was due yesterday")
