"""A line of somebody's card as one reads it: a language by its name, a birthday in the reader's own way."""

from django.conf import settings
from django.utils.formats import date_format


def line_in_words(field: str, value) -> str:
    """What stands in the column `field` of a person, in words; empty where nothing does."""
    if not value:
        return ""
    if field == "language":
        return dict(settings.LANGUAGES).get(value, value)
    return date_format(value) if field == "born" else value
