"""What speaks for and against two records being one person, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def reasons(why: list[dict]) -> tuple[list[str], list[str]]:
    """(for, against), the weightiest first. What says little is left out."""
    speaks_for = [_words(each) for each in why if each["bits"] >= 1]
    against = [_words(each) for each in why if each["bits"] <= -1]
    return speaks_for, against


def _words(each: dict) -> str:
    return f"{_field(each['field'])}: {_level(each['level'])}"


def _field(field: str) -> str:
    return {
        "given_name": _("Given name"), "surname": _("Family name"), "date_of_birth": _("Birthday"), "email": _("Mail"),
        "national_id": _("National id"), "phone": _("Phone"), "street": _("Street"), "area": _("Place"),
        "locality": _("Part of town"),
    }[field]


def _level(level: str) -> str:
    return {
        "exact": pgettext("compared", "the same"), "near": pgettext("compared", "nearly the same"),
        "alike": pgettext("compared", "alike"), "other": pgettext("compared", "another"),
        "nickname": pgettext("compared", "a short form"), "initial": pgettext("compared", "an initial"),
        "swapped": pgettext("compared", "the other way round"),
    }[level]
