"""The time zones of the world, as people write them down."""

from zoneinfo import available_timezones

from django.utils.translation import gettext as _


def zone_of(value: str) -> str:
    """A zone the world knows, such as Europe/Lisbon, or none. Raises ValueError, whose words say how it is written."""
    zone = value.strip()
    if zone and zone not in available_timezones():
        raise ValueError(_("We do not know this zone. Write it like Europe/Lisbon."))
    return zone
