"""What speaks for and against two records being one person, field by field, in words."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alongside.people.models import CARD, EMAIL, NATIONAL_ID, PHONE, Person, Suggestion

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
            several = len(seen) > 1
            verdicts = [_verdict(each, _field(each["field"]) if several else "") for each in seen]
            found.append(Line(label, one, other, verdicts))
    return found


def _kinds():
    return (
        (_("Name"), ("given_name", "surname"), _names),
        (_("Birthday"), ("date_of_birth",), lambda person: [date_format(person.born)] if person.born else []),
        (_("Mail"), ("email",), lambda person: _reached(person, EMAIL)),
        (_("Phone"), ("phone",), lambda person: _reached(person, PHONE)),
        (_("Address"), ("street", "area", "locality"), lambda person: [str(each) for each in person.addresses.all()]),
        (_("National id"), ("national_id",), lambda person: _reached(person, NATIONAL_ID)),
        (pgettext("compared", "Card"), ("card",), lambda person: _reached(person, CARD)),
    )


def _names(person: Person) -> list[str]:
    called = "" if set(person.called.split()) <= set(person.full_name.split()) else person.called
    return [name for name in (person.full_name, called) if name]


def _reached(person: Person, kind: str) -> list[str]:
    return [identity.value for identity in person.identities.all() if identity.kind == kind]


def _verdict(seen: dict, field: str = "") -> Verdict:
    words, bits = _level(seen["level"]), seen["bits"]
    words = f"{field}: {words}" if field else words
    return Verdict(words, FOR if bits >= 1 else AGAINST if bits <= -1 else LITTLE)


def reasons(suggestion: Suggestion) -> tuple[list[str], list[str]]:
    """What speaks for and against it, without a word of what either record says: "Phone: the same"."""
    why = {each["field"]: each for each in suggestion.why}
    found = [_verdict(why[field], label if len(fields) == 1 else _field(field))
             for label, fields, _said in _kinds() for field in fields if field in why]
    return tuple([each.words for each in found if each.speaks == way] for way in (FOR, AGAINST))


def question(other: Person, known: Person) -> str:
    """How one asks whoever stands there as `known` whether they are `other` too, by the end of something of theirs.

    Only the person themself makes anything of it: it tells no name, no address and no number.
    """
    theirs = {(identity.kind, identity.key) for identity in known.reached}
    others = [identity for identity in other.reached if (identity.kind, identity.key) not in theirs]
    for kind, shown, words in ((CARD, 4, _("Is that also you, with the card that ends in %(end)s?")),
                               (PHONE, 3, _("Have you also given us a number that ends in %(end)s?"))):
        keys = [identity.key for identity in others if identity.kind == kind and len(identity.key) >= 2 * shown]
        if keys:
            return words % {"end": keys[0][-shown:]}
    return plain_question()


def plain_question() -> str:
    """The same where nothing may be told, or there is nothing to tell by."""
    return _("Have you been with us before, under another name or number?")


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
