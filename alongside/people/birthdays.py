"""When somebody was born: what can be so, and how near their birthday is."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FIRST_YEAR = 1880
NEAR = 14  # days ahead in which a card speaks of the birthday


def lived(born: date) -> date:
    """`born`, where somebody may be born then. Raises ValueError, whose words say what is wrong."""
    if born.year < FIRST_YEAR or born > timezone.localdate():
        raise ValueError(_("Nobody we serve can be born on that day. Look at the year once more."))
    return born


def born_of(value: str) -> date | None:
    """The day that `value` writes as 1988-05-03; None for an empty one. Raises ValueError with words."""
    if not value.strip():
        return None
    try:
        day = datetime.strptime(value.strip(), "%Y-%m-%d").date()  # noqa: DTZ007  a birthday has no zone
    except ValueError:
        raise ValueError(_("Write the day as year, month and day, such as 1988-05-03.")) from None
    return lived(day)


def near(born: date | None, today: date | None = None) -> str:
    """That their birthday is today or in a few days, in words; empty where it is not near or not known.

    Who was born on 29 February has it on 1 March in other years, as most law counts.
    """
    days = _days_until(born, today or timezone.localdate()) if born else NEAR + 1
    if days > NEAR:
        return ""
    if days < 2:
        return _("their birthday is tomorrow") if days else _("it is their birthday today")
    return ngettext("their birthday is in %(num)d day", "their birthday is in %(num)d days", days) % {"num": days}


def _days_until(born: date, today: date) -> int:
    return min(days for year in (today.year, today.year + 1) if (days := (_in(born, year) - today).days) >= 0)


def _in(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
