"""A usual week in words: "8:00–12:00, 13:00–17:00" read and written, and the names of the days."""

import re
from datetime import time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from alongside.look.times import reader_locale

_CLOCK = r"(\d{1,2})(?:[:.h](\d{2})?)?"
_SPAN = re.compile(rf"\s*{_CLOCK}\s*[-–—]\s*{_CLOCK}\s*", re.ASCII)
MOST_SPANS = 6  # a day


def day_names() -> list[str]:
    """The seven days from Monday, in the reader's language."""
    names = reader_locale().days["stand-alone"]["wide"]
    return [names[day] for day in range(7)]


def read_spans(words: str) -> list[tuple[time, time]]:
    """The spans that `words` name, in order; none for nothing. Raises ValidationError that says how to write them."""
    parts = [part for part in re.split(r"[,;\n]", words) if part.strip()]
    found = sorted(_span(part) for part in parts[: MOST_SPANS + 1])
    if len(found) > MOST_SPANS:
        raise ValidationError(_("That is more than fits into a day."))
    for (_begins, ends), (later, _ends) in zip(found, found[1:], strict=False):
        if later < ends or ends <= _begins:
            raise ValidationError(_("Two of these overlap."))
    return found


def write_spans(spans) -> str:
    """Spans (anything with `begins` and `ends`) as one writes them."""
    return ", ".join(f"{each.begins:%-H:%M}–{each.ends:%-H:%M}" for each in spans)


def _span(words: str) -> tuple[time, time]:
    matched = _SPAN.fullmatch(words)
    try:
        first, second, third, fourth = (int(number or 0) for number in matched.groups())
        begins, ends = time(first, second), time(0 if (third, fourth) == (24, 0) else third, fourth)
    except (AttributeError, ValueError) as unread:
        raise ValidationError(_("Write it as 8:00–12:00, 13:00–17:00.")) from unread
    if begins == ends and begins != time():
        raise ValidationError(_("It ends when it begins."))
    return begins, ends
