"""Times in words: near ones short, far ones whole, in the reader's zone and language."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from alongside.look.times import at, exact_words, full_when, period, seconds_left, short_words, when

NOW = datetime(2026, 2, 24, 7, 30, tzinfo=UTC)  # a Tuesday


@pytest.fixture(autouse=True)
def london():
    """The reader sits in London and reads plain English."""
    with timezone.override(ZoneInfo("Europe/London")), translation.override("en"):
        yield


def ago(**span):
    return NOW - timedelta(**span)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (datetime(2026, 2, 24, 7, 5, tzinfo=UTC), "7:05"),
        (ago(days=1), "Mon"),
        (ago(days=6), "Wed"),
        (ago(days=10), "14 Feb"),
        (datetime(2019, 3, 4, 9, 0, tzinfo=UTC), "4 Mar 2019"),
    ],
)
def test_the_nearer_the_shorter(value, words):
    assert short_words(value, NOW) == words


def test_what_must_be_kept_to_the_minute_says_the_clock():
    assert exact_words(NOW + timedelta(hours=2), NOW) == "9:30"
    assert exact_words(NOW + timedelta(days=1), NOW) == "tomorrow 7:30"
    assert exact_words(NOW + timedelta(days=2), NOW) == "Thu 7:30"
    assert exact_words(ago(days=10), NOW) == "14 Feb 7:30"


def test_the_day_is_the_readers_own():
    late = datetime(2026, 2, 23, 23, 30, tzinfo=UTC)
    assert short_words(late, NOW) == "Mon"
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert short_words(late, NOW) == "8:30"


@pytest.mark.parametrize(
    ("language", "clock", "date"),
    [("de", "07:05", "14. Feb."), ("en-us", "7:05\u202fAM", "Feb 14"), ("fr", "07:05", "14 févr.")],
)
def test_each_language_has_its_own_way(language, clock, date):
    with translation.override(language):
        assert short_words(datetime(2026, 2, 24, 7, 5, tzinfo=UTC), NOW) == clock
        assert short_words(ago(days=10), NOW) == date


def test_an_unknown_language_reads_plain_english():
    with translation.override("xx"):
        assert short_words(ago(days=10), NOW) == "14 Feb"


def test_the_element_carries_the_exact_time_and_the_whole_date():
    html = when(ago(days=1), NOW)
    assert 'datetime="2026-02-23T07:30:00+00:00"' in html
    assert 'title="Monday, 23 February 2026, 7:30"' in html or 'title="Monday 23 February 2026, 7:30"' in html
    assert html.endswith(">Mon</time>")
    assert ">Mon 7:30</time>" in at(ago(days=1), NOW)
    assert "2026, 7:30</time>" in full_when(ago(days=1))


def test_no_time_is_no_words():
    assert when(None) == at(None) == full_when(None) == ""


def test_a_life_is_headed_by_week_month_and_year():
    assert period(ago(days=1), NOW) == "This week"
    assert period(ago(days=3), NOW) == "February"
    assert period(datetime(2019, 3, 4, tzinfo=UTC), NOW) == "2019"


def test_seconds_left_are_never_below_nothing():
    assert seconds_left(timezone.now() - timedelta(seconds=5)) == 0
    assert 8 <= seconds_left(timezone.now() + timedelta(seconds=10)) <= 10
