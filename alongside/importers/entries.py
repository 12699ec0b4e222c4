"""One person as a row of a file tells of them, checked."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from alongside.lib.text import sort_key
from alongside.people.birthdays import lived
from alongside.people.models import CARD, EMAIL, EXTERNAL, PHONE

_SEVERAL = re.compile(r"[;,\n]+")
_DATE = re.compile(r"^(\d{1,4})[-./ ](\d{1,2})[-./ ](\d{1,4})$")
_LIMITS = {"called": 120, "full_name": 240, "street": 200, "postcode": 20, "city": 120, "what_matters": 4000}


class Broken(Exception):
    """The row cannot be brought in; the words say why."""


@dataclass
class Entry:
    """Who a row tells of. `identities` are (kind, value); `place` holds the parts of an address."""

    called: str = ""
    full_name: str = ""
    identities: list[tuple[str, str]] = field(default_factory=list)
    born: date | None = None
    place: dict[str, str] = field(default_factory=dict)
    what_matters: str = ""

    @property
    def name_key(self) -> str:
        """The name in a form in which two writings of it are equal; the words in any order."""
        return " ".join(sorted(sort_key(self.full_name or self.called).split()))

    @property
    def print(self) -> str:
        """A hash of all that the row says."""
        said = [self.called, self.full_name, sorted(self.identities), str(self.born), self.place, self.what_matters]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def entry_of(values: dict[str, list[str]], day_first: bool = True) -> Entry:
    """The entry that `values`, by field, tell of. Raises Broken with words for whoever made the file."""
    said = {name: " ".join(parts).strip() for name, parts in values.items()}
    for name, most in _LIMITS.items():
        if len(said.get(name, "")) > most:
            raise Broken(_("“%(start)s…” is longer than %(most)s letters.") % {"start": said[name][:30], "most": most})
    full = said.get("full_name") or " ".join(filter(None, (said.get("given_name"), said.get("surname"))))
    if len(full) > _LIMITS["full_name"]:
        raise Broken(_("The name is longer than %(most)s letters.") % {"most": _LIMITS["full_name"]})
    entry = Entry(
        called=said.get("called") or _first(said, full), full_name=full,
        identities=_identities(values), born=_born(said.get("born", ""), day_first),
        place={name: said[name] for name in ("street", "postcode", "city") if said.get(name)},
        what_matters=said.get("what_matters", ""),
    )
    if said.get("country"):
        if len(said["country"]) != 2 or not said["country"].isalpha():
            raise Broken(_("“%(country)s” is not a country in two letters, such as PT.") % {"country": said["country"]})
        entry.place["country"] = said["country"].upper()
    if not (entry.called or entry.full_name or entry.identities):
        raise Broken(_("Neither a name nor an address stands in this row."))
    return entry


def _first(said: dict[str, str], full: str) -> str:
    return (said.get("given_name") or full).partition(" ")[0][:120]


def _identities(values: dict[str, list[str]]) -> list[tuple[str, str]]:
    found = [(EMAIL, _mail(one)) for one in _each(values, "email")]
    found += [(PHONE, _phone(one)) for one in _each(values, "phone")]
    found += [(CARD, _short(one)) for one in values.get("card", ()) if one.strip()]
    found += [(EXTERNAL, _short(one)) for one in values.get("external", ()) if one.strip()]
    return list(dict.fromkeys(found))


def _each(values: dict[str, list[str]], name: str) -> list[str]:
    return [one.strip() for cell in values.get(name, ()) for one in _SEVERAL.split(cell) if one.strip()]


def _mail(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError as wrong:
        raise Broken(_("“%(mail)s” does not look like a mail address.") % {"mail": value[:80]}) from wrong
    return value


def _phone(value: str) -> str:
    if sum(c.isdigit() for c in value) < 3 or len(value) > 40:
        raise Broken(_("“%(phone)s” does not look like a phone number.") % {"phone": value[:80]})
    return value


def _short(value: str) -> str:
    if len(value) > 254:
        raise Broken(_("“%(start)s…” is longer than %(most)s letters.") % {"start": value[:30], "most": 254})
    return value.strip()


def _born(value: str, day_first: bool) -> date | None:
    """A date as people write it: 1961-04-02, 2.4.1961, 4/2/1961. Raises Broken."""
    if not value:
        return None
    digits = re.fullmatch(r"\d{8}", value)
    match = _DATE.match(f"{value[:4]}-{value[4:6]}-{value[6:]}" if digits else value)
    try:
        one, two, three = (int(part) for part in match.groups())
        if one > 31:
            return lived(date(one, two, three))
        day, month = (one, two) if day_first or one > 12 else (two, one)
        if month > 12:
            day, month = month, day
        return lived(date(three, month, day))
    except (AttributeError, ValueError) as wrong:
        raise Broken(_("“%(date)s” is not a birthday we can read.") % {"date": value[:40]}) from wrong
