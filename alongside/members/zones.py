"""Time zones and languages as people choose them."""

import os
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# Languages that people may write in and the search knows the word stems of; any other is searched by its plain words.
WRITTEN = [
    "ar",
    "da",
    "de",
    "el",
    "en",
    "es",
    "fi",
    "fr",
    "ga",
    "hi",
    "hu",
    "hy",
    "id",
    "it",
    "ja",
    "ko",
    "lt",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sr",
    "sv",
    "ta",
    "th",
    "tr",
    "uk",
    "zh",
]


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """Every zone that names a place ('Europe/Paris'), and UTC."""
    places = {name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))}
    return ("UTC", *sorted(places))


@lru_cache(maxsize=1)
def zone_choices() -> list:
    """Zones for a select box, grouped by part of the world: [('UTC', 'UTC'), ('Europe', [(name, city), …]), …]."""
    groups: dict[str, list] = {}
    for name in zone_names()[1:]:
        area, _slash, city = name.partition("/")
        groups.setdefault(area, []).append((name, city.replace("_", " ").replace("/", ", ")))
    return [("UTC", "UTC"), *groups.items()]


def machine_zone() -> str:
    """The zone that this machine is set to, as a first guess for a new house; UTC when it does not say."""
    place = Path(os.environ.get("TZ", "").lstrip(":") or "/etc/localtime")
    name = str(place.resolve() if place.is_absolute() else place).rpartition("zoneinfo/")[2]
    return name if name in zone_names() else "UTC"


def validate_zone(name: str) -> None:
    """Raises ValidationError for anything that is no zone."""
    if name not in zone_names():
        raise ValidationError(_("We know no time zone of that name."))


def zone_of(*names: str | None) -> ZoneInfo | None:
    """The first of `names` that is a zone; None when none is."""
    known = zone_names()
    return next((ZoneInfo(name) for name in names if name and name in known), None)


def language_of(*codes: str | None) -> str | None:
    """The first of `codes` that the screens are written in; None when none is."""
    spoken = dict(settings.LANGUAGES)
    return next((code for code in codes if code in spoken), None)


def written_choices() -> list[tuple[str, str]]:
    """Languages people may write in, by their names in the reader's own language."""
    try:
        names = Locale.parse(get_language() or "en", sep="-").languages
    except (UnknownLocaleError, ValueError):
        names = Locale.parse("en").languages
    return sorted(((code, names.get(code, code)) for code in WRITTEN), key=lambda choice: choice[1].casefold())
