"""Days as people type them: 2026-11-22, 22.11.2026, 2026-11, 2026, today, yesterday, 7d, 3w, 2m, 1y."""

import re
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.lib.text import fold

_BACK = {"d": 1, "w": 7, "m": 30, "y": 365}


class BadDay(ValueError):
    """Not a day in any form that is known here."""


def span_of(text: str) -> tuple[datetime, datetime]:
    """The first moment of the day, month or year that `text` names, and the first moment after it, in our zone.

    Raises BadDay.
    """
    text, today = fold(text), timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    if text in ("today", fold(_("today"))):
        return today, _later(today, days=1)
    if text in ("yesterday", fold(_("yesterday"))):
        return _later(today, days=-1), today
    if back := re.fullmatch(r"(\d{1,4})([dwmy])", text):
        first = _later(today, days=-int(back[1]) * _BACK[back[2]])
        return first, _later(first, days=1)
    return _written(text)


def _written(text: str) -> tuple[datetime, datetime]:
    iso = re.fullmatch(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", text)
    dotted = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    if not (iso or dotted):
        raise BadDay(text)
    year, month, day = (iso.groups() if iso else (dotted[3], dotted[2], dotted[1]))
    try:
        first = _moment(int(year), int(month or 1), int(day or 1))
        if day:
            return first, _later(first, days=1)
        if month:
            return first, _moment(int(year) + int(month) // 12, int(month) % 12 + 1, 1)
        return first, _moment(int(year) + 1, 1, 1)
    except (ValueError, OverflowError) as wrong:
        raise BadDay(text) from wrong


def _moment(year: int, month: int, day: int) -> datetime:
    return timezone.make_aware(datetime(year, month, day))  # noqa: DTZ001  made aware in our zone right here


def _later(moment: datetime, days: int) -> datetime:
    """The same clock time some days later, whatever the clocks did between. Raises BadDay out of all time."""
    try:
        return timezone.make_aware(moment.replace(tzinfo=None) + timedelta(days=days))
    except OverflowError as wrong:
        raise BadDay(str(days)) from wrong
