"""By when: what a member chooses, in the reader's zone, and how it reads."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.look.times import exact_words, short_words

TODAY, TOMORROW, THIS_WEEK, THEN = "today", "tomorrow", "week", "then"
SOON = timedelta(hours=1)  # what is due within it is due now
FRIDAY, SUNDAY = 4, 6


def end_of(day: date) -> datetime:
    """The last moment of `day` in the reader's zone."""
    after = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(after) - timedelta(seconds=1)


def day_of(choice: str, now: datetime | None = None) -> date:
    """The day that a quick choice names; the week's is its Friday, on that day its Sunday, then the next Friday."""
    today = timezone.localdate(now)
    if choice == TODAY:
        return today
    if choice == TOMORROW:
        return today + timedelta(days=1)
    last = FRIDAY if today.weekday() < FRIDAY else SUNDAY
    if is_weekend(today):
        last = FRIDAY + 7
    return today + timedelta(days=last - today.weekday())


def is_weekend(day: date) -> bool:
    """When this week has no day left but today and tomorrow, which are offered beside it."""
    return day.weekday() > FRIDAY


def due(day: date, clock: time | None) -> tuple[datetime, bool]:
    """When a promise for `day` is due, and whether that is by the end of the day."""
    if clock is None:
        return end_of(day), True
    return timezone.make_aware(datetime.combine(day, clock)), False


def due_words(promise, now: datetime | None = None) -> str:
    """"by 15:00", "today", "by tomorrow 9:00", "was due Mon": when it is due, as a line says it."""
    now = now or timezone.now()
    words = day_and_hour(promise.due_at, promise.whole_day, now)
    if promise.due_at <= now:
        return _("was due %(when)s") % {"when": words}
    return words if promise.whole_day else _("by %(when)s") % {"when": words}


def day_and_hour(at: datetime, whole_day: bool, now: datetime | None = None) -> str:
    """The day in words, and the hour unless it is the whole day."""
    now = now or timezone.now()
    if not whole_day:
        return exact_words(at, now)
    days = (timezone.localdate(at) - timezone.localdate(now)).days
    return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get(days) or short_words(at, now)


def whole_words(at: datetime, now: datetime | None = None) -> str:
    """Day and hour, both said, for what stands beside another time; the day alone for the end of it."""
    now, day = now or timezone.now(), timezone.localdate(at)
    if at == end_of(day):
        return day_and_hour(at, True, now)
    words = exact_words(at, now)
    return _("today %(clock)s") % {"clock": words} if day == timezone.localdate(now) else words
