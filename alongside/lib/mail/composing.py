"""Outgoing mail as bytes: text and HTML beside each other, pictures within, files attached (RFC 5322, 2045–2049)."""

import base64
import quopri
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

from alongside.lib.mail import letter_body, letterhead
from alongside.lib.mail.letterhead import Unsafe
from alongside.lib.picture_marks import images

__all__ = ["Composed", "Enclosed", "Outgoing", "Unsafe", "compose"]

TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,100}")
ID = re.compile(r"[^\s<>\x00-\x1f\x7f]{3,998}")
MAX_REFERENCES = 40
LONGEST_LINE = 900


@dataclass
class Enclosed:
    """A file that travels along. `id` is ours, by which the text may show it (`![name](file:ID)`)."""

    name: str
    type: str
    data: bytes
    id: int | None = None


@dataclass
class Outgoing:
    """What is to be sent: addresses as (name, address), ids without brackets, `quoted` as (attribution, text)."""

    sender: tuple[str, str]
    to: list[tuple[str, str]]
    text: str
    message_id: str
    subject: str = ""
    cc: list[tuple[str, str]] = field(default_factory=list)
    reply_to: tuple[str, str] | None = None
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    date: datetime | None = None
    files: list[Enclosed] = field(default_factory=list)
    signature: str = ""
    quoted: tuple[str, str] | None = None
    automatic: bool = False


@dataclass(frozen=True)
class Composed:
    """The bytes, and whether a server must know SMTPUTF8 to carry them."""

    raw: bytes
    smtputf8: bool


@dataclass
class _Part:
    headers: list[str]
    body: bytes


def compose(mail: Outgoing) -> Composed:
    """The mail as bytes with CRLF lines; raises Unsafe for a value that would break out of its header."""
    shown = set(images(mail.text))
    inline = [enclosed for enclosed in mail.files if enclosed.id in shown and enclosed.type.startswith("image/")]
    attached = [enclosed for enclosed in mail.files if enclosed not in inline]
    domain = letterhead.ascii_domain(mail.sender[1]).rpartition("@")[2]
    cids = {enclosed.id: f"f{enclosed.id}.{secrets.token_hex(6)}@{domain}" for enclosed in inline}
    part = _bodies(mail, inline, cids)
    if attached:
        part = _multipart("mixed", [part, *[_file(enclosed) for enclosed in attached]])
    head = "\r\n".join([*_headers(mail), *part.headers]).encode("utf-8")
    addresses = [mail.sender, *mail.to, *mail.cc, *([mail.reply_to] if mail.reply_to else [])]
    return Composed(
        head + b"\r\n\r\n" + part.body, not all(address.rpartition("@")[0].isascii() for _, address in addresses)
    )


def _headers(mail: Outgoing) -> list[str]:
    lines = [
        letterhead.date(mail.date or datetime.now(UTC)),
        letterhead.addresses("From", [mail.sender]),
        *([letterhead.addresses("Reply-To", [mail.reply_to])] if mail.reply_to else []),
        letterhead.addresses("To", mail.to) if mail.to else "To: undisclosed-recipients:;",
        *([letterhead.addresses("Cc", mail.cc)] if mail.cc else []),
        letterhead.text("Subject", mail.subject),
        f"Message-ID: {_bracketed(mail.message_id)}",
    ]
    if mail.in_reply_to:
        lines.append(letterhead.words("In-Reply-To", [_bracketed(mail.in_reply_to)]))
    references = [one for one in mail.references if ID.fullmatch(one)]
    if len(references) > MAX_REFERENCES:  # the first one and the latest, as RFC 5537 (3.4.4) shortens them
        references = [references[0], *references[-MAX_REFERENCES + 1 :]]
    if references:
        lines.append(letterhead.words("References", [_bracketed(one) for one in references]))
    if mail.automatic:
        lines += ["Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All"]
    return [*lines, "MIME-Version: 1.0"]


def _bracketed(message_id: str) -> str:
    if not ID.fullmatch(message_id):
        raise Unsafe(f"no Message-ID: {message_id[:60]!r}")
    return f"<{message_id}>"


def _bodies(mail: Outgoing, inline: list[Enclosed], cids: dict) -> _Part:
    plain = _text("plain", letter_body.as_plain(mail.text, mail.signature, mail.quoted))
    rich = _text("html", letter_body.as_html(mail.text, cids, mail.signature, mail.quoted))
    if inline:
        rich = _multipart(
            "related", [rich, *[_file(enclosed, cids[enclosed.id]) for enclosed in inline]], 'type="text/html"'
        )
    return _multipart("alternative", [plain, rich])


def _text(kind: str, text: str) -> _Part:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    data = text.encode("utf-8", "replace")
    headers = [f"Content-Type: text/{kind}; charset=utf-8"]
    if data.isascii() and all(len(line) <= LONGEST_LINE for line in data.split(b"\n")) and b"\x00" not in data:
        return _Part([*headers, "Content-Transfer-Encoding: 7bit"], data.replace(b"\n", b"\r\n"))
    quoted = quopri.encodestring(data)
    if len(quoted) <= len(data) * 1.6:
        return _Part([*headers, "Content-Transfer-Encoding: quoted-printable"], quoted.replace(b"\n", b"\r\n"))
    return _Part([*headers, "Content-Transfer-Encoding: base64"], _base64(data))


def _file(enclosed: Enclosed, cid: str = "") -> _Part:
    kind = enclosed.type if TYPE.fullmatch(enclosed.type) else "application/octet-stream"
    if kind.startswith(("multipart/", "message/")):  # these may not be base64 (RFC 2046), and a file is a file
        kind = "application/octet-stream"
    name = " ".join(letterhead.BREAKING.sub(" ", enclosed.name).split()) or "file"
    headers = [
        f"Content-Type: {kind}{letterhead.parameter('name', name)}",
        f"Content-Disposition: {'inline' if cid else 'attachment'}{letterhead.parameter('filename', name)}",
        "Content-Transfer-Encoding: base64",
    ]
    if cid:
        headers.append(f"Content-ID: <{cid}>")
    return _Part(headers, _base64(enclosed.data))


def _base64(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def _multipart(kind: str, parts: list[_Part], more: str = "") -> _Part:
    boundary = f"=_{secrets.token_hex(16)}"
    pieces = []
    for part in parts:
        head = "\r\n".join(part.headers).encode("utf-8")
        pieces.append(b"--" + boundary.encode() + b"\r\n" + head + b"\r\n\r\n" + part.body.rstrip(b"\r\n") + b"\r\n")
    body = b"".join(pieces) + b"--" + boundary.encode() + b"--\r\n"
    more = f"; {more}" if more else ""
    return _Part([f'Content-Type: multipart/{kind}{more};\r\n boundary="{boundary}"'], body)
