"""When a member serves: a usual week in their zone, being away, and the page for it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from alongside.events.models import Event
from alongside.members.models import Member
from alongside.members.weeks import read_spans

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def at(clock: str, day: date = MONDAY) -> datetime:
    """That moment in UTC."""
    return datetime.combine(day, time.fromisoformat(clock), UTC)


def span(words: str, weekday: int = 0) -> tuple:
    """A span of the week from "8:00–12:00"."""
    begins, ends = read_spans(words)[0]
    return weekday, begins, ends


def test_a_member_without_hours_is_always_at_work(lena):
    assert lena.is_at_work(at("03:00"))
    assert lena.back_at(at("03:00")) == at("03:00")


def test_only_within_the_spans_of_that_day(lena):
    lena.keep_hours([span("8-12"), span("13-17")], by=lena.person)
    assert [lena.is_at_work(at(clock)) for clock in ("07:59", "08:00", "12:00", "13:00", "17:00")] == [
        False, True, False, True, False]
    assert not lena.is_at_work(at("09:00", MONDAY + timedelta(days=1)))


def test_the_week_is_meant_in_their_own_zone(lena):
    lena.prefer(by=lena.person, zone="America/New_York")
    lena.keep_hours([span("8-12")], by=lena.person)
    assert not lena.is_at_work(at("08:00"))
    assert lena.is_at_work(at("13:30"))


def test_a_span_goes_on_past_midnight(lena):
    lena.keep_hours([span("22-2")], by=lena.person)
    assert lena.is_at_work(at("23:00"))
    assert lena.is_at_work(at("01:59", MONDAY + timedelta(days=1)))
    assert not lena.is_at_work(at("02:00", MONDAY + timedelta(days=1)))
    assert not lena.is_at_work(at("01:00"))


def test_away_ends_on_the_first_day_back(lena):
    lena.go_away(MONDAY, "on holiday", by=lena.person)
    assert not lena.is_at_work(at("23:59", MONDAY - timedelta(days=1)))
    assert lena.is_at_work(at("00:00"))


def test_back_at_is_the_next_span_after_the_time_away(lena):
    lena.keep_hours([span("9-17", weekday=1)], by=lena.person)
    lena.go_away(MONDAY, by=lena.person)
    assert lena.back_at(at("12:00", MONDAY - timedelta(days=3))) == at("09:00", MONDAY + timedelta(days=1))
    assert lena.back_at(at("10:00", MONDAY + timedelta(days=1))) == at("10:00", MONDAY + timedelta(days=1))


def test_whoever_left_is_not_at_work(lena, owner):
    lena.leave(by=owner.person)
    assert not lena.is_at_work(at("10:00"))


def test_being_away_is_told_once(lena):
    for _again in range(2):
        lena.go_away(MONDAY, "on holiday", by=lena.person)
    assert Event.objects.filter(kind="members.away").count() == 1
    lena.go_away(None, by=lena.person)
    assert lena.away_words == ""
    assert Event.objects.filter(kind="members.back").exists()


@pytest.mark.parametrize("words", ["eight to noon", "25-26", "8", "8-8", "8-12, 11-13", "22-2, 23-24", "8-9," * 8])
def test_words_that_are_no_hours_are_refused(words):
    with pytest.raises(ValidationError):
        read_spans(words)


def test_hours_are_read_as_people_write_them():
    assert read_spans("13.30–17, 8h-12:00") == [(time(8), time(12)), (time(13, 30), time(17))]
    assert read_spans("18-24") == [(time(18), time(0))]
    assert read_spans(" ") == []


def test_the_own_page_keeps_the_week_and_shows_it(lena, signed_in):
    client, tomorrow = signed_in(lena), timezone.localdate() + timedelta(days=1)
    kept = client.post("/settings/hours", {"day_0": "8-12, 13-17", "away_until": tomorrow, "away_words": "at sea"})
    assert kept.status_code == 302
    page = client.get("/settings/hours").content.decode()
    assert "8:00–12:00, 13:00–17:00" in page and "at sea" in page


def test_a_wrong_line_keeps_what_was_there(lena, signed_in):
    lena.keep_hours([span("8-12")], by=lena.person)
    refused = signed_in(lena).post("/settings/hours", {"day_0": "whenever"})
    assert refused.status_code == 422 and "Write it as" in refused.content.decode()
    assert lena.hours.count() == 1


def test_an_admin_keeps_the_hours_of_others_and_not_of_the_owner(admin, lena, owner, signed_in):
    client = signed_in(admin)
    assert client.post(f"/settings/members/{lena.id}/hours", {"day_4": "9-10"}).status_code == 302
    assert Member.objects.get(id=lena.id).hours.get().weekday == 4
    assert client.post(f"/settings/members/{owner.id}/hours", {}).status_code == 403
