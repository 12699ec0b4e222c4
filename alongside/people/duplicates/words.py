"""What speaks for and against two records being one person, field by field, in words."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alongside.people.models import EMAIL, NATIONAL_ID, PHONE, Person, Suggestion

FOR, AGAINST, LITTLE = "for", "against", "little"


@dataclass(frozen=True)
class Verdict:
    """What was seen in one field: in words, and whether it speaks FOR one person, AGAINST it, or says LITTLE."""

    words: str
    speaks: str


@dataclass(frozen=True)
class Line:
    """One thing that was compared: what both records say of it, and what follows from it."""

    label: str
    one: list[str]
    other: list[str]
    verdicts: list[Verdict]


def compared(suggestion: Suggestion) -> list[Line]:
    """Everything that one of the two says, always in the same order."""
    why = {each["field"]: each for each in suggestion.why}
    found = []
    for label, fields, said in _kinds():
        one, other = said(suggestion.one), said(suggestion.other)
        seen = [why[field] for field in fields if field in why]
        if one or other:
            found.append(Line(label, one, other, [_verdict(each, alone=len(seen) == 1) for each in seen]))
    return found


def _kinds():
    return (
        (_("Name"), ("given_name", "surname"), _names),
        (_("Birthday"), ("date_of_birth",), lambda person: [date_format(person.born)] if person.born else []),
        (_("Mail"), ("email",), lambda person: _reached(person, EMAIL)),
        (_("Phone"), ("phone",), lambda person: _reached(person, PHONE)),
        (_("Address"), ("street", "area", "locality"), lambda person: [str(each) for each in person.addresses.all()]),
        (_("National id"), ("national_id",), lambda person: _reached(person, NATIONAL_ID)),
    )


def _names(person: Person) -> list[str]:
    called = "" if set(person.called.split()) <= set(person.full_name.split()) else person.called
    return [name for name in (person.full_name, called) if name]


def _reached(person: Person, kind: str) -> list[str]:
    return [identity.value for identity in person.identities.all() if identity.kind == kind]


def _verdict(seen: dict, alone: bool) -> Verdict:
    words = _level(seen["level"]) if alone else f"{_field(seen['field'])}: {_level(seen['level'])}"
    bits = seen["bits"]
    return Verdict(words, FOR if bits >= 1 else AGAINST if bits <= -1 else LITTLE)


def _field(field: str) -> str:
    return {
        "given_name": _("Given name"), "surname": _("Family name"), "street": _("Street"), "area": _("Place"),
        "locality": _("Part of town"),
    }[field]


def _level(level: str) -> str:
    return {
        "exact": pgettext("compared", "the same"), "near": pgettext("compared", "nearly the same"),
        "alike": pgettext("compared", "alike"), "other": pgettext("compared", "another"),
        "nickname": pgettext("compared", "a short form"), "initial": pgettext("compared", "an initial"),
        "swapped": pgettext("compared", "the other way round"),
    }[level]
