"""Signed links: they name a file, whom they are for and until when, and say nothing to anyone else."""

import base64
import binascii
import json
import math
import time

from django.core import signing

from alongside.lib.principal import Principal

SALT = "alongside.files.link"
STEADY_MINUTES = 30  # links made within one such span are the same


class BadLink(ValueError):
    """The link was not made by us, or is for someone else."""


class Over(BadLink):
    """The link was for this reader, and its time is over."""


def make_token(file_id: int, principal: Principal, minutes: int, now: float | None = None) -> str:
    """A token for `principal` to fetch the file, valid for `minutes` and up to STEADY_MINUTES more."""
    now = time.time() if now is None else now
    span = STEADY_MINUTES * 60
    until = math.ceil((now + minutes * 60) / span) * span
    raw = json.dumps([file_id, reader(principal), until], separators=(",", ":")).encode()
    packed = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    return signing.Signer(salt=SALT, sep=".").sign(packed)


def read_token(token: str, principal: Principal, now: float | None = None) -> int:
    """The id of the file that the token is for. Raises BadLink."""
    try:
        packed = signing.Signer(salt=SALT, sep=".").unsign(token)
        file_id, wanted, until = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    except (signing.BadSignature, binascii.Error, ValueError, TypeError) as broken:
        raise BadLink("not a link of ours") from broken
    if principal.kind == "anonymous" or wanted != reader(principal):
        raise BadLink("this link is for someone else")
    if (time.time() if now is None else now) > until:
        raise Over("this link is over")
    return file_id


def reader(principal: Principal) -> str:
    """What a link remembers of whom it is for. Raises ValueError for nobody."""
    if principal.kind == "anonymous" or principal.person_id is None:
        raise ValueError("a link is made for someone")
    return f"{principal.kind}:{principal.person_id}"
