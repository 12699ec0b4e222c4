"""Raw mail as a plain structure: who, to whom, when, what, with what; capped everywhere and never raising.

Runs in a child (`lib.child`): `alongside.lib.mail.parsing.parse`.
"""

import re
from datetime import UTC, datetime

from alongside.lib.mail import addresses, bounces, charsets, dates, hypertext, layout, machines, mime, words
from alongside.lib.mail.mime import Part

MAX_TEXT = 1_000_000  # characters of text that are kept
MAX_SUBJECT = 1000
MAX_IDS = 100
MAX_NAME = 200
HELD_AS_TEXT = ("text/plain", "text/html")
MESSAGE_ID = re.compile(r"<([^<>]{1,998})>")
PATH = re.compile(r"^.*[/\\]")
UNPRINTABLE = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
TRACED = (
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-forwarded-to",
    "x-forwarded-for",
    "resent-to",
)
EXTENSIONS = {
    "text/plain": "txt",
    "text/html": "html",
    "message/rfc822": "eml",
    "application/pdf": "pdf",
    "text/calendar": "ics",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "application/ms-tnef": "dat",
    "message/delivery-status": "txt",
}


def parse(raw: bytes, rich: bool = True) -> dict:
    """{"mail": …, "files": [bytes, …]}: the structure of a mail, and its attachments' bytes in the same order.

    Without `rich` HTML is neither cleaned nor laid out (for a mail that took too long). Times are ISO 8601, UTC.
    """
    root = mime.read(raw)
    body = Body(root)
    text, html_source = body.text(rich), body.html()
    charset = next((part.params.get("charset") for part in root.walk() if part.params.get("charset")), None)
    subject = words.text_of(root.get("subject") or b"", charset)[:MAX_SUBJECT]
    attachments, files = _attachments(body.attachments, hypertext.cids(html_source) if html_source else set())
    places = {item["cid"].lower(): index for index, item in enumerate(attachments) if item["cid"]}
    machine = machines.read(root, subject, text)
    mail = {
        **_people(root, charset),
        **_threading(root),
        "subject": subject,
        "date": _date(root),
        "text": text[:MAX_TEXT],
        "flowed": body.flowed,
        "delsp": body.delsp,
        "html": hypertext.clean(html_source, places) if html_source and rich else None,
        "has_html": bool(html_source),
        "attachments": attachments,
        "machine": machine,
        "bounce": bounces.read(root, text) if machine["kind"] == "bounce" else None,
        "authentication_results": [words.text_of(value)[:2000] for value in root.all("authentication-results")[:5]],
        "size": len(raw),
        "cut": len(text) > MAX_TEXT or any(part.cut for part in root.walk()),
    }
    return {"mail": mail, "files": files}


class Body:
    """Which parts are the message and which are attached (RFC 8621, 4.1.4)."""

    def __init__(self, root: Part):
        self.text_parts: list[Part] = []
        self.html_parts: list[Part] = []
        self.attachments: list[Part] = []
        self._sort([root], "mixed", False, self.html_parts, self.text_parts)
        texts = [part for part in self.text_parts if part.kind == "text/plain"]
        self.flowed = bool(texts) and all(part.params.get("format", "").lower() == "flowed" for part in texts)
        self.delsp = self.flowed and all(part.params.get("delsp", "").lower() == "yes" for part in texts)

    def _sort(self, parts: list[Part], parent: str, alternative: bool, html: list | None, text: list | None) -> None:
        text_length = len(text) if text is not None else -1
        html_length = len(html) if html is not None else -1
        for place, part in enumerate(parts):
            if part.is_multipart:
                kind = part.kind.partition("/")[2]
                self._sort(part.children, kind, alternative or kind == "alternative", html, text)
            elif not self._is_inline(part, place, parent):
                self.attachments.append(part)
            elif parent == "alternative":
                self._choose(part, html, text)
            else:
                html, text = self._append(part, alternative, html, text)
        if parent == "alternative" and html is not None and text is not None:
            if text_length == len(text) and html_length != len(html):
                text += html[html_length:]
            if html_length == len(html) and text_length != len(text):
                html += text[text_length:]

    def _is_inline(self, part: Part, place: int, parent: str) -> bool:
        if part.disposition == "attachment":
            return False
        picture = part.kind.startswith(("image/", "audio/", "video/"))
        if part.kind not in HELD_AS_TEXT and not picture:
            return False
        return place == 0 or (parent != "related" and (picture or not part.name))

    def _choose(self, part: Part, html: list | None, text: list | None) -> None:
        if part.kind == "text/plain" and text is not None:
            text.append(part)
        elif part.kind == "text/html" and html is not None:
            html.append(part)
        else:
            self.attachments.append(part)

    def _append(self, part: Part, alternative: bool, html: list | None, text: list | None):
        if alternative and part.kind == "text/plain":
            html = None
        elif alternative and part.kind == "text/html":
            text = None
        if text is not None:
            text.append(part)
        if html is not None:
            html.append(part)
        if part.kind not in HELD_AS_TEXT or (text is None and html is None):
            self.attachments.append(part)
        return html, text

    def text(self, rich: bool = True) -> str:
        """The plain text: text parts as they are, HTML where there is nothing else laid out as text."""
        pieces = []
        for part in self.text_parts:
            if part.kind == "text/plain":
                pieces.append(decoded(part))
            elif part.kind == "text/html":
                source = decoded(part)
                pieces.append(layout.to_text(source) if rich else layout.plainest_text(source))
        text = "\n".join(pieces)
        if not text.strip() and self.html_parts and not any(part in self.text_parts for part in self.html_parts):
            sources = [decoded(part) for part in self.html_parts if part.kind == "text/html"]
            text = "\n".join(
                layout.to_text(source) if rich else layout.plainest_text(source) for source in sources
            )
        return text

    def html(self) -> str:
        """The HTML parts as one source, "" where there is none; text between them is kept as preformatted."""
        if not any(part.kind == "text/html" for part in self.html_parts):
            return ""
        pieces = []
        for part in self.html_parts:
            if part.kind == "text/html":
                pieces.append(decoded(part))
            elif part.kind == "text/plain":
                pieces.append(layout.as_html(decoded(part)))
        return "\n".join(pieces)


def decoded(part: Part) -> str:
    """A text part's text, line ends as one."""
    data = part.content()
    label = part.params.get("charset")
    if not label and part.kind == "text/html":
        label = layout.declared_charset(data)
    return charsets.decode(data, label).replace("\r\n", "\n").replace("\r", "\n")


def _people(root: Part, charset: str | None) -> dict:
    def everyone(name: str) -> list[dict]:
        return [entry for value in root.all(name)[:10] for entry in addresses.read(value, charset)][
            : addresses.MAX_ADDRESSES
        ]

    traced = [entry["address"] for name in TRACED for value in root.all(name)[:10] for entry in addresses.read(value)]
    return {
        "from": addresses.first(root.get("from"), charset),
        "sender": addresses.first(root.get("sender"), charset),
        "reply_to": everyone("reply-to"),
        "to": everyone("to"),
        "cc": everyone("cc"),
        "return_path": (addresses.first(root.get("return-path")) or {}).get("address", ""),
        "delivered_to": list(dict.fromkeys(address.lower() for address in traced if "@" in address))[:20],
    }


def _threading(root: Part) -> dict:
    ids = _ids(root.get("message-id"))
    return {
        "message_id": ids[0] if ids else "",
        "in_reply_to": [one for value in root.all("in-reply-to")[:3] for one in _ids(value)][:MAX_IDS],
        "references": [one for value in root.all("references")[:3] for one in _ids(value)][-MAX_IDS:],
    }


def _ids(value: bytes | None) -> list[str]:
    """Message-IDs without their brackets; a bare word counts as one."""
    if not value:
        return []
    text = "".join(words.raw_text(value).replace("\n", " ").replace("\r", ""))
    found = [one.strip() for one in MESSAGE_ID.findall(text)]
    found = found or [one.strip("<>,;") for one in text.split()]
    return [charsets.tidy(one)[:998] for one in found if one][: MAX_IDS * 2]


def _date(root: Part) -> str | None:
    """The mail's own date in UTC, or None where it is missing or cannot be."""
    for name in ("date", "resent-date", "delivery-date"):
        value = root.get(name)
        moment = dates.read(words.raw_text(value)) if value else None
        if moment and 1980 <= moment.year <= datetime.now(UTC).year + 1:
            return moment.astimezone(UTC).isoformat()
    return None


def _attachments(parts: list[Part], shown: set[str]) -> tuple[list[dict], list[bytes]]:
    described, files = [], []
    for number, part in enumerate(parts, 1):
        data = part.content()
        cid = _cid(part)
        described.append(
            {
                "name": name_of(part, number),
                "type": part.kind[:100],
                "size": len(data),
                "cid": cid,
                "inline": bool(cid and cid.lower() in shown),
            }
        )
        files.append(data)
    return described, files


def _cid(part: Part) -> str:
    ids = _ids(part.get("content-id"))
    return ids[0][:300] if ids else ""


def name_of(part: Part, number: int) -> str:
    """An attachment's label: what its sender called it without path and control characters, else a made-up one."""
    name = UNPRINTABLE.sub("", PATH.sub("", part.name)).strip()
    if not name and part.kind == "message/rfc822":
        subject = words.text_of(mime.read(part.content()[: mime.MAX_HEADER_BYTES]).get("subject") or b"")
        name = f"{UNPRINTABLE.sub('', subject).replace('/', ' ').strip()[:80] or 'message'}.eml"
    if not name:
        kind = part.kind.partition("/")[2]
        ending = EXTENSIONS.get(part.kind) or (kind if kind.isalnum() and len(kind) <= 5 else "bin")
        name = f"attachment-{number}.{ending}"
    if len(name) > MAX_NAME:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: MAX_NAME - 12]}…{dot}{ending}" if dot and len(ending) <= 10 else name[:MAX_NAME]
    return name
