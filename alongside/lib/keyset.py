"""Pages by key: where the last page ended, never how many rows to skip."""

import base64
import binascii
import json
from datetime import datetime

from django.core import signing


class BadCursor(ValueError):
    """The cursor was not made by us, or was damaged on its way."""


def make_cursor(at: datetime, id: int) -> str:
    """An opaque text for the place just after the row (`at`, `id`) in a list ordered newest first."""
    return _write([at.isoformat(), id], "cursor")


def read_cursor(text: str | None) -> tuple[datetime, int] | None:
    """The place a cursor stands for, or None for no cursor. Raises BadCursor for anything we did not make."""
    return _read(text, "cursor", datetime.fromisoformat)


def make_name_cursor(key: str, id: int, salt: str) -> str:
    """The same for a list ordered by name: just after the row (`key`, `id`) in the list that `salt` names."""
    return _write([key, id], salt)


def read_name_cursor(text: str | None, salt: str) -> tuple[str, int] | None:
    """The place such a cursor stands for, or None for no cursor. Raises BadCursor, for one of another list too."""
    return _read(text, salt, str)


def _write(place: list, salt: str) -> str:
    raw = json.dumps(place).encode()
    return signing.Signer(salt=salt).sign(base64.urlsafe_b64encode(raw).decode().rstrip("="))


def _read(text: str | None, salt: str, first) -> tuple | None:
    if not text:
        return None
    try:
        packed = signing.Signer(salt=salt).unsign(text)
        where, id = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
        return first(where), int(id)
    except (signing.BadSignature, binascii.Error, ValueError, TypeError) as broken:
        raise BadCursor(text) from broken
