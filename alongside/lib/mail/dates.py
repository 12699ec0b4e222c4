"""Dates of mail, the broken ones too."""

import re
from datetime import UTC, datetime, timedelta, timezone

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
ZONES = {
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "cet": 1,
    "cest": 2,
    "mez": 1,
    "mesz": 2,
    "bst": 1,
    "eet": 2,
    "eest": 3,
    "msk": 3,
    "jst": 9,
    "est5edt": -5,
}
DATE = re.compile(
    r"(\d{1,2})[\s-]+([A-Za-z]{3,9}|\d{1,2})[\s-]+(\d{2,4})[\s,]+(\d{1,2})[:.\s](\d{2})(?:[:.\s](\d{2})(?:\.\d+)?)?"
    r"\s*([+-]\d{4}|[A-Za-z][A-Za-z0-9]*)?"
)
ASCTIME = re.compile(
    r"([A-Za-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s+(?:([A-Za-z]+|[+-]\d{4})\s+)?(\d{4})"
)
ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
COMMENT = re.compile(r"\([^()]*\)")
MAX_LENGTH = 500


def read(text: str) -> datetime | None:
    """The moment a Date header tells, aware, or None where it tells none."""
    text = text[-MAX_LENGTH:]
    while (shorter := COMMENT.sub(" ", text)) != text:
        text = shorter
    text = text.rpartition(";")[2].strip()
    try:
        return _rfc(text) or _asctime(text) or _iso(text)
    except (ValueError, OverflowError):
        return None


def _rfc(text: str) -> datetime | None:
    found = DATE.search(text)
    if not found:
        return None
    day, month, year, hour, minute, second, zone = found.groups()
    number = int(month) if month.isdigit() else MONTHS.get(month[:3].lower())
    return number and _moment(_year(year), number, int(day), hour, minute, second, zone)


def _asctime(text: str) -> datetime | None:
    found = ASCTIME.search(text)
    if not found or found[1].lower() not in MONTHS:
        return None
    return _moment(int(found[7]), MONTHS[found[1].lower()], int(found[2]), found[3], found[4], found[5], found[6])


def _iso(text: str) -> datetime | None:
    if not ISO.match(text):
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _year(text: str) -> int:
    """RFC 5322, 4.3: two digits under 50 are of this century, other short ones of the last."""
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(text) == 3 else year


def _moment(year, month, day, hour, minute, second, zone) -> datetime:
    second = min(int(second or 0), 59)  # a leap second
    return datetime(year, month, day, int(hour), int(minute), second, tzinfo=_zone(zone))


def _zone(text: str | None) -> timezone:
    if not text:
        return UTC
    if text[0] in "+-":
        offset = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
        if offset >= timedelta(hours=15):
            return UTC
        return timezone(-offset if text[0] == "-" else offset)
    return timezone(timedelta(hours=ZONES.get(text.lower(), 0)))
