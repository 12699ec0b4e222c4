"""Times in words, in the reader's zone and language: "8:19", "Mon", "14 Feb", "4 Mar 2019"."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

HOUSE_ENGLISH = Locale.parse("en_GB")


def reader_locale() -> Locale:
    """Return the Babel locale of the active translation; plain English is written day before month."""
    return _locale(translation.get_language() or "en")


@lru_cache(maxsize=64)
def _locale(code: str) -> Locale:
    if code == "en":
        return HOUSE_ENGLISH
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return HOUSE_ENGLISH


@lru_cache(maxsize=64)
def _clock_pattern(locale: Locale) -> str:
    pattern = locale.time_formats["short"].pattern
    return pattern.replace("HH", "H") if locale.language == "en" else pattern


@lru_cache(maxsize=4096)
def _words(minute: datetime, style: str, locale: Locale) -> str:
    """Format a naive local minute; cached, for a list shows the same few styles again and again."""
    if style == "clock":
        return format_datetime(minute, _clock_pattern(locale), locale=locale)
    if style == "weekday":
        return format_date(minute, "EEE", locale=locale)
    if style == "full":
        day = format_date(minute, "full", locale=locale)
        return f"{day}, {_words(minute, 'clock', locale)}"
    if style == "month":
        return format_date(minute, "LLLL", locale=locale)
    return format_skeleton(style, minute, locale=locale)


def _local(value: datetime) -> datetime:
    """Return the aware `value` as a naive minute in the reader's zone."""
    return timezone.localtime(value).replace(second=0, microsecond=0, tzinfo=None, fold=0)


def _day_words(local: datetime, today: datetime, locale: Locale) -> str:
    days = (local.date() - today.date()).days
    if days == 0:
        return ""
    if -7 < days < 7:
        return _words(local, "weekday", locale)
    return _words(local, "MMMd" if local.year == today.year else "yMMMd", locale)


def short_words(value: datetime, now: datetime | None = None) -> str:
    """Return the shortest words that still say when: the clock today, the weekday this week, else the date."""
    return _short(_local(value), now, reader_locale())


def exact_words(value: datetime, now: datetime | None = None) -> str:
    """Return day and clock, for what must be kept to the minute: "8:19", "Mon 8:19", "14 Feb 8:19"."""
    return _exact(_local(value), now, reader_locale())


def full_words(value: datetime) -> str:
    """Return the whole date and the clock, as a title shows them."""
    return _words(_local(value), "full", reader_locale())


def _short(local: datetime, now: datetime | None, locale: Locale) -> str:
    return _day_words(local, _local(now or timezone.now()), locale) or _words(local, "clock", locale)


def _exact(local: datetime, now: datetime | None, locale: Locale) -> str:
    today = _local(now or timezone.now())
    day = _("tomorrow") if (local.date() - today.date()).days == 1 else _day_words(local, today, locale)
    clock = _words(local, "clock", locale)
    return f"{day} {clock}" if day else clock


def _element(value: datetime, words: Callable, now: datetime | None = None) -> Markup:
    local, locale = _local(value), reader_locale()
    title = escape(_words(local, "full", locale))
    return Markup(f'<time datetime="{value.isoformat()}" title="{title}">{escape(words(local, now, locale))}</time>')


def when(value: datetime | None, now: datetime | None = None) -> Markup:
    """Return a `<time>` with the shortest words; nothing for None."""
    return _element(value, _short, now) if value else Markup("")


def at(value: datetime | None, now: datetime | None = None) -> Markup:
    """Return a `<time>` with day and clock; nothing for None."""
    return _element(value, _exact, now) if value else Markup("")


def full_when(value: datetime | None) -> Markup:
    """Return a `<time>` with the whole date and the clock; nothing for None."""
    return _element(value, lambda local, _now, locale: _words(local, "full", locale)) if value else Markup("")


def period(value: datetime, now: datetime | None = None) -> str:
    """Return the heading a timeline puts over `value`: this week, the month of this year, or the year."""
    local, today = _local(value), _local(now or timezone.now())
    monday = today.toordinal() - today.weekday()
    if local.toordinal() >= monday:
        return _("This week")
    if local.year == today.year:
        return _words(local.replace(day=1, hour=0, minute=0), "month", reader_locale())
    return str(local.year)


def seconds_left(until: datetime) -> int:
    """Return whole seconds from now until `until`, never below zero."""
    return max(0, round((until - timezone.now()).total_seconds()))
