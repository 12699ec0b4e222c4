"""Passwords of other people's servers, encrypted with a key made from the installation's secret."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class CannotRead(Exception):
    """The secret was written with another installation's key; it must be given again."""


def _cipher() -> Fernet:
    key = hashlib.sha256(b"alongside mailbox password\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(text: str) -> str:
    """`text` encrypted; an empty text stays empty."""
    return _cipher().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """What was sealed. Raises CannotRead when the installation's secret has changed since."""
    if not sealed:
        return ""
    try:
        return _cipher().decrypt(sealed.encode()).decode()
    except InvalidToken as wrong:
        raise CannotRead from wrong
