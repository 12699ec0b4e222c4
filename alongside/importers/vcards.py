"""Reads vCards 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) as phones and address books write them."""

import quopri
import re
from dataclasses import dataclass, field

from alongside.importers.fields import LEFT_OUT
from alongside.importers.tables import MOST_ROWS, NotATable, decoded

_LINE = re.compile(r"^(?:[\w-]+\.)?([\w-]+)((?:;(?:[^\":;]|\"[^\"]*\")*)*):(.*)$", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass
class Card:
    """One card: the line it begins on, what it says by field, what else it says, and why it is broken, if it is."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)  # names in `fields.LEFT_OUT`
    broken: str = ""

    def add(self, name: str, value: str) -> None:
        """Note one value, unless it is empty."""
        if value.strip():
            self.values.setdefault(name, []).append(value.strip())


def read(raw: bytes) -> list[Card]:
    """Every card in `raw`. Raises NotATable when there is none, or far too many."""
    cards: list[Card] = []
    card = None
    for line, text in _unfolded(decoded(raw)):
        upper = text.strip().upper()
        if upper == "BEGIN:VCARD":
            if card:
                card.broken = "unfinished"
            card = Card(line)
            cards.append(card)
            if len(cards) > MOST_ROWS:
                raise NotATable("too_long")
        elif upper == "END:VCARD":
            card = None
        elif card:
            _take(card, text)
    if not cards:
        raise NotATable("empty")
    if card:
        card.broken = "unfinished"
    return cards


def _unfolded(text: str):
    """Each whole line with the number of its first: what begins with a blank goes on, as does a soft break."""
    number, held, began = 0, None, 0
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if held is not None and line[:1] in (" ", "\t"):
            held += line[1:]
        elif held is not None and held.endswith("=") and "QUOTED-PRINTABLE" in held.upper():
            held = held[:-1] + line
        else:
            if held is not None:
                yield began, held
            held, began = line, number
    if held is not None:
        yield began, held


def _take(card: Card, text: str) -> None:
    match = _LINE.match(text)
    if not match:
        return
    name, parameters, value = match[1].upper(), match[2].upper(), match[3]
    if "QUOTED-PRINTABLE" in parameters:
        value = quopri.decodestring(value.encode("latin-1", "replace")).decode("utf-8", "replace")
    if name in _READERS:
        _READERS[name](card, value)
    elif name in LEFT_OUT and value.strip(" ;"):
        card.left_out.add(name)


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _parts(value: str) -> list[str]:
    """The components of a structured value; several names in one component are parted by a blank."""
    return [" ".join(_plain(each) for each in _cut(part, ",")).strip() for part in _cut(value, ";")]


def _cut(value: str, at: str) -> list[str]:
    parts, held, escaped = [], "", False
    for character in value:
        if character == at and not escaped:
            parts.append(held)
            held = ""
        else:
            held += character
        escaped = character == "\\" and not escaped
    return [*parts, held]


def _name(card: Card, value: str) -> None:
    family, given, more, before, after = (*_parts(value), "", "", "", "", "")[:5]
    card.add("surname", family)
    card.add("given_name", f"{given} {more}")


def _address(card: Card, value: str) -> None:
    _box, _extended, street, city, _region, postcode, country = (*_parts(value), *[""] * 7)[:7]
    for name, part in (("street", street), ("city", city), ("postcode", postcode)):
        if name not in card.values:
            card.add(name, part)
    if len(country) == 2 and "country" not in card.values:
        card.add("country", country)


def _born(card: Card, value: str) -> None:
    digits = value.partition("T")[0].replace("-", "")
    if len(digits) == 8 and digits.isdecimal():
        card.add("born", f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")


def _simple(name: str):
    return lambda card, value: card.add(name, _plain(value))


def _phone(card: Card, value: str) -> None:
    card.add("phone", _plain(value).removeprefix("tel:").removeprefix("TEL:").partition(";")[0])


def _mail(card: Card, value: str) -> None:
    card.add("email", _plain(value).removeprefix("mailto:"))


_READERS = {
    "FN": _simple("full_name"), "N": _name, "NICKNAME": _simple("called"), "EMAIL": _mail, "TEL": _phone,
    "ADR": _address, "BDAY": _born, "NOTE": _simple("what_matters"), "UID": _simple("external"),
}
