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
    raw = json.dumps([at.isoformat(), id]).encode()
    return signing.Signer(salt="cursor").sign(base64.urlsafe_b64encode(raw).decode().rstrip("="))


def read_cursor(text: str | None) -> tuple[datetime, int] | None:
    """The place a cursor stands for, or None for no cursor. Raises BadCursor for anything we did not make."""
    if not text:
        return None
    try:
        packed = signing.Signer(salt="cursor").unsign(text)
        at, id = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
        return datetime.fromisoformat(at), int(id)
    except (signing.BadSignature, binascii.Error, ValueError, TypeError) as broken:
        raise BadCursor(text) from broken
