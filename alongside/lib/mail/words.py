"""Text of header values: raw bytes, folding and encoded words (RFC 2047), as leniently as mail is written."""

import binascii
import re

from alongside.lib.mail import charsets

MAX_VALUE = 16_384  # characters of one header value that are looked at
ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
FOLD = re.compile(r"[ \t]*\r?\n[ \t]*")
INNER_FOLD = re.compile(r"\r?\n[ \t]*")
OPENING = "([{<\"'“‘«/ \t"
NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def text_of(value: bytes, charset: str | None = None) -> str:
    """An unstructured header's value (bytes as they came, folds included) as one line of text."""
    return decode_words(raw_text(value, charset), space=True).strip()


def raw_text(value: bytes, charset: str | None = None) -> str:
    """A header's bytes as text, encoded words still encoded; `charset` helps where they are not UTF-8."""
    value = value[:MAX_VALUE]
    return value.decode("ascii") if value.isascii() else charsets.decode(value, None, charset)


def unfold(text: str) -> str:
    """Folded lines as one."""
    return FOLD.sub(" ", text) if "\n" in text else text


def decode_words(text: str, space: bool = False) -> str:
    """`text` with its encoded words decoded and its folds undone.

    With `space`, a word glued to the text before it is set off, as in `[SPAM]=?utf-8?Q?Hello?=`.
    """
    if "=?" not in text:
        return charsets.tidy(unfold(text))
    pieces: list[str] = []
    waiting: list[bytes] = []
    waiting_charset = ""
    end = 0

    def put() -> None:
        if waiting:
            pieces.append(charsets.decode(b"".join(waiting), waiting_charset))
            waiting.clear()

    for found in ENCODED_WORD.finditer(text):
        between = text[end : found.start()]
        if between.strip() or not end:
            put()
            pieces.append(unfold(between))
            if space and between and between[-1] not in OPENING and between.strip():
                pieces.append(" ")
        data = _decode_word(found[1], found[2], INNER_FOLD.sub("", found[3]))
        if found[1].lower() != waiting_charset:
            put()
            waiting_charset = found[1].lower()
        waiting.append(data)
        end = found.end()
    put()
    pieces.append(unfold(text[end:]))
    return charsets.tidy("".join(pieces)).replace("\r", "").replace("\n", " ")


def _decode_word(charset: str, kind: str, text: str) -> bytes:
    """The bytes of an encoded word; letters that were left raw in it go back to its own character set."""
    try:
        data = text.encode("ascii" if text.isascii() else charsets.known(charset) or "utf-8")
    except (UnicodeError, LookupError):
        data = text.encode("utf-8", "replace")
    if kind in "qQ":
        return binascii.a2b_qp(data, header=True)
    return decode_base64(data)


def decode_base64(data: bytes) -> bytes:
    """Base64 with whatever does not belong there left out."""
    letters = NOT_BASE64.sub(b"", data)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    try:
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    except binascii.Error:
        return b""
