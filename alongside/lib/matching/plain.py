"""A record made comparable: folded, romanised, cut into the fields that are compared."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from alongside.lib.text import sort_key
from alongside.lib.unvowelled import romanised

FIELDS = ("given_name", "surname", "nickname", "email", "phone", "date_of_birth", "street", "postcode", "city",
          "national_id", "card")
ALIASES = {
    "rec_id": "id", "first_name": "given_name", "firstname": "given_name", "fname": "given_name",
    "last_name": "surname",
    "lastname": "surname", "family_name": "surname", "lname": "surname", "name": "name", "full_name": "name",
    "called": "nickname", "mail": "email", "e-mail": "email", "email_address": "email", "telephone": "phone",
    "phone_number": "phone", "mobile": "phone", "dob": "date_of_birth", "birth_date": "date_of_birth",
    "birthdate": "date_of_birth", "born": "date_of_birth", "birthday": "date_of_birth", "address": "street",
    "address_1": "street", "address_2": "locality", "suburb": "city", "town": "city", "zip": "postcode",
    "zipcode": "postcode", "zip_code": "postcode", "postal_code": "postcode", "state": "region",
    "soc_sec_id": "national_id", "ssn": "national_id", "card_number": "card",
    "street_number": "street_number", "cluster": "group",
    "cluster_id": "group", "ent_id": "group", "entity_id": "group",
}
HOME = ("house", "street", "locality", "postcode", "city", "region")
KNOWN = frozenset(("id", "group", "name", "street_number", "locality", "region", *FIELDS))
TITLES = frozenset("mr mrs ms miss dr prof sir herr frau monsieur madame mme jr sr".split())
STREET_WORDS = {"st": "street", "str": "strasse", "rd": "road", "ave": "avenue", "av": "avenue", "dr": "drive",
                "ct": "court", "cct": "circuit", "pl": "place", "cr": "crescent", "cres": "crescent", "ln": "lane",
                "bd": "boulevard", "bvd": "boulevard", "blvd": "boulevard", "sq": "square", "tce": "terrace"}
PHONE_DIGITS = 8
_NOT_LETTERS = re.compile(r"[^\w]+|_")
_NOT_DIGITS = re.compile(r"\D+")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_HOUSE = re.compile(r"\d+[a-z]?")
_MONTHS = {name: at for at, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


class Plain(NamedTuple):
    """One person as they are compared. A field of which nothing is known is "".

    `older` are further writings of which only how and where they are reached counts: a second phone, a home before.
    """

    given: str
    surname: str
    nickname: str
    email: str
    phone: str
    born: str
    house: str
    street: str
    locality: str
    postcode: str
    city: str
    region: str
    national: str
    card: str = ""
    older: tuple["Plain", ...] = ()


def column(name: str) -> str:
    """The name of a column as we know it: "Rec_ID " → "id"."""
    name = name.strip().strip("\ufeff").casefold().replace(" ", "_")
    return ALIASES.get(name, name)


def plain(row: dict) -> Plain:
    """A row (columns as in FIELDS) made comparable."""
    say = row.get
    given, surname = words(say("given_name") or ""), words(say("surname") or "")
    if not given and not surname and say("name"):
        given, surname = halves(say("name"))
    house, street = place(say("street") or "", say("street_number") or "")
    return Plain(given, surname, words(say("nickname") or ""), email(say("email") or ""), phone(say("phone") or ""),
                 day(say("date_of_birth") or ""), house, street, words(say("locality") or ""),
                 code(say("postcode") or ""), words(say("city") or ""), words(say("region") or ""),
                 code(say("national_id") or ""), code(say("card") or ""))


@lru_cache(maxsize=500_000)
def words(text: str) -> str:
    """Romanised and folded, letters and digits only, without titles: "Dr. Zoë O’Neil-Ray" → "zoe oneil ray"."""
    folded = sort_key(romanised(text)).replace("'", "").replace("`", "")
    found = [word for word in _NOT_LETTERS.split(folded) if word]
    kept = [word for word in found if word not in TITLES]
    return " ".join(kept or found)


def halves(name: str) -> tuple[str, str]:
    """A whole name as given name and surname: "Ryan, Joe" and "Joe Ryan" are both ("joe", "ryan")."""
    before, comma, after = name.partition(",")
    if comma and words(after):
        return words(after), words(before)
    parts = words(name).split()
    return (" ".join(parts[:-1]), parts[-1]) if len(parts) > 1 else ("".join(parts), "")


def email(text: str) -> str:
    """A mail address without case and without what follows a "+"; "" for what is none."""
    local, at, domain = text.strip().casefold().rpartition("@")
    local = local.partition("+")[0]
    return f"{local}@{domain}" if at and local and "." in domain else ""


def phone(text: str) -> str:
    """The last eight digits, which are the same with and without the country's; "" for fewer than five."""
    digits = _NOT_DIGITS.sub("", text)
    return digits[-PHONE_DIGITS:].lstrip("0") if len(digits) >= 5 else ""


def code(text: str) -> str:
    """A postcode or a number of an authority: letters and digits, without case."""
    return _NOT_LETTERS.sub("", text.strip().casefold()) if text else ""


@lru_cache(maxsize=200_000)
def day(text: str) -> str:
    """A date as YYYYMMDD, from 1980-05-17, 19800517, 17.5.1980, 17/05/80 or 17 May 1980; else its digits."""
    parts = [_MONTHS.get(part[:3].lower(), part) if part.isalpha() else part for part in _PARTS.findall(text)]
    numbers = [int(part) for part in parts if str(part).isdigit()][:3]
    if len(numbers) == 1:
        return str(parts[0]) if len(str(parts[0])) in (4, 8) else ""
    if len(numbers) < 3:
        return ""
    first, second, third = numbers
    year, month, number = (first, second, third) if first > 31 else (third, second, first)
    if month > 12:
        month, number = number, month
    if year < 100:
        year += 1900 if year > datetime.now(UTC).year % 100 else 2000
    return f"{year:04d}{month:02d}{number:02d}"


def place(street: str, number: str) -> tuple[str, str]:
    """The house's number and the street: "6 Mill St." → ("6", "mill street")."""
    parts = words(street).split()
    house = code(number) or next((part for part in parts if _HOUSE.fullmatch(part)), "")
    return house, " ".join(STREET_WORDS.get(part, part) for part in parts if part != house)
