"""Where a member is when they are not at work, in words: away until a day, or back at an hour."""

from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.look.times import exact_words, reader_locale
from alongside.members.models import Member


@dataclass(frozen=True)
class Absence:
    """That a member is not at work; `until` is empty where nobody knows."""

    away: bool
    until: str
    words: str

    def __str__(self):
        if self.away:
            said = _("away until %(day)s") % {"day": self.until}
            return f"{said} ({self.words})" if self.words else said
        return _("at work again %(when)s") % {"when": self.until} if self.until else _("not at work now")


def absence_of(member: Member, at: datetime | None = None) -> Absence | None:
    """Why `member` is not here at that moment, in the reader's language; None while they are at work."""
    at = at or timezone.now()
    if member.is_at_work(at):
        return None
    if member.is_away(at):
        days = (member.away_until - at.astimezone(member.own_zone).date()).days
        day = format_date(member.away_until, "EEEE" if days < 7 else "d MMMM", locale=reader_locale())
        return Absence(away=True, until=day, words=member.away_words)
    back = member.back_at(at) if member.is_active else None
    return Absence(away=False, until=exact_words(back, at) if back else "", words="")
