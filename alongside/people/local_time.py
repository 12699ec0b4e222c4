"""What the clock says where a person is."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_skeleton, format_time
from django.utils import timezone

from alongside.look.times import reader_locale


@dataclass(frozen=True)
class LocalTime:
    """The hour at a person's place, and how that place is called in the zone's name."""

    now: datetime
    place: str

    @property
    def words(self) -> str:
        """The hour as the reader's language writes it: "8:19"."""
        return format_time(self.now.time(), "short", locale=reader_locale()).removeprefix("0")

    @property
    def asleep(self) -> bool:
        """True in the small hours, when a call would wake them."""
        return self.now.hour < 7 or self.now.hour >= 22


def local_time(zone: str, now: datetime | None = None) -> LocalTime | None:
    """The local time in `zone` (as Europe/Lisbon), or None when we know no zone or a broken one."""
    if not zone:
        return None
    try:
        here = (now or timezone.now()).astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return None
    return LocalTime(here, zone.rpartition("/")[2].replace("_", " "))


def month_words(value: datetime) -> str:
    """The month and year of `value` in the reader's zone and language: "March 2019"."""
    return format_skeleton("yMMMM", timezone.localtime(value).replace(tzinfo=None), locale=reader_locale())
