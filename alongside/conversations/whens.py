"""Hours in words to choose from: when to look again, when to send; in the reader's own zone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

MORNING, EVENING = 9, 18


@dataclass(frozen=True)
class When:
    """One choice: its words, and the moment."""

    words: str
    at: datetime

    @property
    def value(self) -> str:
        """As a form sends it."""
        return self.at.isoformat()

    @property
    def local(self) -> str:
        """As a field for date and time holds it, in the reader's zone."""
        return timezone.localtime(self.at).strftime("%Y-%m-%dT%H:%M")


def choices(now: datetime | None = None) -> list[When]:
    """In three hours, this evening, tomorrow morning, Monday, in a month: those that lie ahead and differ."""
    here = timezone.localtime(now or timezone.now()).replace(second=0, microsecond=0)
    monday = here + timedelta(days=7 - here.weekday())
    found = [
        When(_("In three hours"), here + timedelta(hours=3)),
        When(_("This evening"), here.replace(hour=EVENING, minute=0)),
        When(_("Tomorrow morning"), _morning(here + timedelta(days=1))),
        When(_("Monday morning"), _morning(monday)),
        When(_("In a month"), _morning(here + timedelta(days=30))),
    ]
    if here.hour >= EVENING - 4:
        del found[1]
    return [when for place, when in enumerate(found) if when.at > here and when.at not in
            {other.at for other in found[:place]}]


def _morning(day: datetime) -> datetime:
    return day.replace(hour=MORNING, minute=0)
