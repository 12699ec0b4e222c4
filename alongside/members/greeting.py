"""What the house says first, by the hour where it stands."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _


def greeting(now: datetime | None = None) -> str:
    """Good morning, afternoon or evening, by the clock of the active zone; `now` must be aware."""
    hour = timezone.localtime(now).hour
    if 4 <= hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")
