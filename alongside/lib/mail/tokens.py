"""Signed tokens by which an answer finds its conversation, and the order in which threading trusts what a mail says.

A token is `c.<id>.<random>.<signature>` in base 32 without padding, lower case: it survives systems that change case,
fits a local part (64 characters) and says nothing but a number. It routes and grants nothing.
"""

import base64
import hashlib
import hmac
import re
import secrets

SIGNATURE_BYTES = 10
RANDOM_BYTES = 5
MAX_ID = 2**63 - 1
TOKEN = re.compile(r"\bc\.([1-9][0-9]{0,18})\.([a-z2-7]{8})\.([a-z2-7]{16})\b", re.I)


def sign(conversation_id: int, key: bytes) -> str:
    """A new token for the conversation; every call gives another one. `key` is at least 16 secret bytes."""
    if not 0 < conversation_id <= MAX_ID:
        raise ValueError(conversation_id)
    nonce = _base32(secrets.token_bytes(RANDOM_BYTES))
    return f"c.{conversation_id}.{nonce}.{_signature(conversation_id, nonce, key)}"


def verify(token: str, key: bytes) -> int | None:
    """The conversation that a token names, or None where it was not signed with `key`."""
    found = TOKEN.fullmatch(token.strip())
    return _verified(found, key) if found else None


def find(text: str, key: bytes) -> int | None:
    """The conversation of the first rightly signed token in a Message-ID or an address, or None."""
    for found in TOKEN.finditer(text[:2000]):
        conversation_id = _verified(found, key)
        if conversation_id is not None:
            return conversation_id
    return None


def message_id(conversation_id: int, key: bytes, domain: str) -> str:
    """A new Message-ID (without brackets) that carries the conversation's token."""
    return f"{sign(conversation_id, key)}@{domain}"


def plus_address(address: str, token: str) -> str:
    """`address` with the token after a plus sign, so that an answer to it names its conversation by itself."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def without_plus(address: str) -> str:
    """`address` without what stands after a plus sign."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" if domain else address


def conversation_of(mail: dict, key: bytes) -> int | None:
    """The conversation that a parsed mail names by a signed token: where it came to, else in what it answers."""
    addresses = [entry["address"] for name in ("to", "cc") for entry in mail.get(name, [])]
    for text in [
        *mail.get("delivered_to", []),
        *addresses,
        *mail.get("in_reply_to", []),
        *reversed(mail.get("references", [])),
    ]:
        conversation_id = find(text, key)
        if conversation_id is not None:
            return conversation_id
    return None


def ancestors(mail: dict) -> list[str]:
    """The Message-IDs that a parsed mail answers, the nearest first: In-Reply-To, then References from the end."""
    return list(dict.fromkeys([*mail.get("in_reply_to", []), *reversed(mail.get("references", []))]))


def _verified(found: re.Match, key: bytes) -> int | None:
    conversation_id = int(found[1])
    if conversation_id > MAX_ID:
        return None
    expected = _signature(conversation_id, found[2].lower(), key)
    return conversation_id if hmac.compare_digest(expected, found[3].lower()) else None


def _signature(conversation_id: int, nonce: str, key: bytes) -> str:
    if len(key) < 16:
        raise ValueError("the key is too short")
    digest = hmac.new(key, f"alongside thread {conversation_id} {nonce}".encode(), hashlib.sha256).digest()
    return _base32(digest[:SIGNATURE_BYTES])


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode("ascii").rstrip("=").lower()
