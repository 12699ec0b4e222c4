"""What a bounce says: which addresses failed, why, and which of our messages it is about (RFC 3464, and the others)."""

import email
import re

from flufl.bounce import scan_message

from alongside.lib.mail import charsets, words
from alongside.lib.mail.mime import Part

MAX_SCANNED = 200_000
MAX_ADDRESSES = 20
ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
FIELD = re.compile(r"^([A-Za-z-]{1,60})[ \t]*:[ \t]*([^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*)", re.M)
MESSAGE_ID = re.compile(r"^[ \t>|]*Message-ID[ \t]*:[ \t\r\n]*<([^<>\r\n]{3,300})>", re.M | re.I)
REFERENCE_IN_JSON = re.compile(r'"messageId"\s*:\s*"([^"]{3,300})"')
STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
REPLY_CODE = re.compile(r"(?<![\d.])([45])\d\d[ -](?=\D)")
LABELLED = re.compile(
    r"(?:^|[\r\n])[ \t>*-]*(?:RCPT TO|To|Recipient(?: address)?|Final-Recipient|Original-Recipient|Failed recipient|"
    r"emailAddress|could not be delivered to|delivered to|Unknown user|User unknown|for|Envelope-To)\W{0,12}"
    r"(?:rfc822;)?[ \t<\"]*(" + ADDRESS.pattern + ")",
    re.I,
)
DIAGNOSTIC_LINE = re.compile(r"^.*(?:(?<![\d.])[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b).*$", re.M)
RETURNED_COPY = re.compile(
    r"(?:^|\n)[ \t>*=|-]*(?:(?:original|returned|your|undelivered|unsent|included is a copy of|copy of)[\w\s,-]{0,60}"
    r"(?:message|mail|headers?|letter|text)[^\n]{0,40}(?:follows?|below|enclosed|is|:|-{3,}|\*{3,}|={3,})|"
    r"-{3,}[^\n]{0,60}(?:message|mail|copy)[^\n]{0,40}-{3,})[^\n]*\n",
    re.I,
)


def read(root: Part, text: str) -> dict:
    """{"recipients": [{address, action, status, diagnostic}], "message_ids": […]} of a mail known to be a bounce."""
    own = {_address_in(root, name) for name in ("to", "delivered-to")} - {""}
    recipients = _from_report(root) or _from_headers(root)
    if not recipients:
        recipients = _from_text(root, text, own)
    return {"recipients": recipients[:MAX_ADDRESSES], "message_ids": _message_ids(root, text)}


def _from_report(root: Part) -> list[dict]:
    found: dict[str, dict] = {}
    for part in root.walk():
        if part.kind != "message/delivery-status" and part.kind != "message/global-delivery-status":
            continue
        for block in re.split(r"\n[ \t]*\r?\n", _text(part)):
            fields = {name.lower(): words.unfold(value).strip() for name, value in FIELD.findall(block)}
            named = (
                fields.get("original-recipient") or fields.get("final-recipient") or fields.get("x-actual-recipient")
            )
            address = _first_address(named) or _first_address(fields.get("final-recipient"))
            if address:
                found.setdefault(
                    address.lower(),
                    _entry(
                        address, fields.get("action", ""), fields.get("status", ""), fields.get("diagnostic-code", "")
                    ),
                )
    return list(found.values())


def _from_headers(root: Part) -> list[dict]:
    addresses: list[str] = []
    for value in root.all("x-failed-recipients"):
        addresses += ADDRESS.findall(words.raw_text(value))
    return [_entry(address) for address in dict.fromkeys(addresses)]


def _from_text(root: Part, text: str, own: set[str]) -> list[dict]:
    """Addresses that old systems name in their own ways; our own address is never one of them."""
    addresses = [address for address in _by_pattern_library(root) if address.lower() not in own]
    head = RETURNED_COPY.split(text, maxsplit=1)[0][:20_000]
    if not addresses:
        addresses = [address for address in LABELLED.findall(head) if address.lower() not in own]
    if not addresses:
        addresses = [
            address for address in ADDRESS.findall(head) if address.lower() not in own and not _is_daemon(address)
        ][:3]
    if not addresses:
        addresses = [address for part in _returned(root) for address in _recipients_of(_text(part)[:20_000])]
    if not addresses:
        addresses = _recipients_of(text[len(head) :][:20_000]) or LABELLED.findall(head) or ADDRESS.findall(head)[:1]
    lines = DIAGNOSTIC_LINE.findall(head)
    reason = lines[0].strip() if lines else ""
    return [_entry(address, "", "", reason) for address in dict.fromkeys(address.strip("<>.") for address in addresses)]


def _by_pattern_library(root: Part) -> list[str]:
    """What flufl.bounce knows of the formats of some thirty mail systems; it reads the standard library's message."""
    try:
        temporary, permanent = scan_message(email.message_from_bytes(root.raw[:MAX_SCANNED]))
    except Exception:
        return []
    found = [
        charsets.decode(item if isinstance(item, bytes) else str(item).encode()) for item in permanent or temporary
    ]
    return [address for address in sorted(found) if ADDRESS.fullmatch(address)]


def _entry(address: str, action: str = "", status: str = "", diagnostic: str = "") -> dict:
    diagnostic = " ".join(diagnostic.split())[:500]
    code = STATUS.search(status) or STATUS.search(diagnostic)
    kind = code[1] if code else ""
    if not kind and (reply := REPLY_CODE.search(diagnostic)):
        kind = reply[1]
    if not action:
        action = "delayed" if kind == "4" else "failed"
    return {
        "address": address,
        "action": action.lower()[:20],
        "status": code[0] if code else "",
        "diagnostic": diagnostic,
    }


def _returned(root: Part) -> list[Part]:
    kinds = (
        "message/rfc822",
        "text/rfc822-headers",
        "message/global",
        "message/global-headers",
        "message/rfc822-headers",
    )
    return [part for part in root.walk() if part.kind in kinds]


def _recipients_of(head: str) -> list[str]:
    return [
        address for name, value in FIELD.findall(head) if name.lower() == "to" for address in ADDRESS.findall(value)
    ]


def _message_ids(root: Part, text: str) -> list[str]:
    """Ids of the messages that came back: of the copy enclosed, else of one quoted, else those replied to."""
    ids: list[str] = []
    for part in _returned(root):
        ids += MESSAGE_ID.findall(_text(part)[:50_000])[:1]
    if not ids:
        for part in root.walk():
            if not part.is_multipart and part.kind.startswith(("text/", "message/", "application/octet")):
                ids += MESSAGE_ID.findall(_text(part)[:MAX_SCANNED])[:2]
    ids += REFERENCE_IN_JSON.findall(text[:MAX_SCANNED])[:2]
    for name in ("in-reply-to", "references", "x-original-message-id", "original-message-id"):
        for value in root.all(name):
            ids += re.findall(r"<([^<>\s]{3,300})>", words.raw_text(value))
    return list(dict.fromkeys(ids))[:10]


def _text(part: Part) -> str:
    return charsets.decode(part.content()[:MAX_SCANNED], part.params.get("charset"))


def _first_address(value: str | None) -> str:
    if not value:
        return ""
    found = ADDRESS.search(value.partition(";")[2] if ";" in value else value)
    return found[0] if found else ""


def _address_in(root: Part, name: str) -> str:
    value = root.get(name)
    found = ADDRESS.search(words.raw_text(value)) if value else None
    return found[0].lower() if found else ""


def _is_daemon(address: str) -> bool:
    return bool(re.match(r"(?:mailer-?daemon|post_?master|no-?reply|mail)@", address, re.I))
