"""Content-Type and Content-Disposition: value and parameters (RFC 2045, RFC 2231), as leniently as mail is written."""

import re
from urllib.parse import unquote_to_bytes

from alongside.lib.mail import charsets, words

MAX_PARAMETERS = 100
MISSING_SEMICOLON = re.compile(r"\r?\n[ \t]+(?=[\w.*-]{1,40}\s?=(?![=?]))")
GLUED_FIRST = re.compile(r"[^\s=]+(\s+)[\w.*-]{1,40}\s?=")
NAME = re.compile(r"[;\s]*([^=;]*)(=?)\s*")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"?', re.S)
BARE = re.compile(r"[^;]*")
COMMENT = re.compile(r"\([^()]*\)")
SECTION = re.compile(r"^([^*]+)(?:\*(\d{1,3}))?(\*)?$")


def read(value: bytes, charset: str | None = None) -> tuple[str, dict[str, str]]:
    """The value in lower case (`text/plain`, `attachment`) and its parameters, names in lower case."""
    text = MISSING_SEMICOLON.sub("; ", words.raw_text(value, charset).lstrip())
    head = BARE.match(text)[0]
    if glued := GLUED_FIRST.match(head):  # the semicolon before the first parameter is missing
        head = head[: glued.start(1)]
    kind = COMMENT.sub("", head) if "(" in head else head
    kind = "".join(kind.split()) if "/" in kind else kind.strip()
    return charsets.tidy(kind.lower()[:200]), _parameters(text[len(head) :])


def _parameters(text: str) -> dict[str, str]:
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, value in _pairs(text):
        section = SECTION.match(name) if "*" in name else None
        if section:
            place = int(section[2]) if section[2] else 0
            pieces.setdefault(section[1], {})[place] = (bool(section[3]), value)
        else:
            plain.setdefault(name, words.decode_words(value))
    for name, parts in pieces.items():
        joined = _join(parts)
        if joined or name not in plain:
            plain[name] = joined
    return plain


def _pairs(text: str):
    """Names and raw values, at most MAX_PARAMETERS of them."""
    at = 0
    for _ in range(MAX_PARAMETERS):
        if at >= len(text):
            return
        found = NAME.match(text, at)
        name, at = found[1].strip().lower(), found.end()
        if not found[2]:
            continue
        value = ""
        if quoted := QUOTED.match(text, at):
            value, at = _unquote(quoted[1]), quoted.end()
        bare = BARE.match(text, at)
        value, at = value + _bare(bare[0]), bare.end()
        if name and value:
            yield name, value


def _unquote(value: str) -> str:
    """The inside of a quoted string; a backslash in a Windows path is no escape, but `\\\\` and `\\"` are."""
    value = words.INNER_FOLD.sub(" ", value) if "\n" in value else value
    return re.sub(r'\\(["\'\\])', r"\1", value) if "\\" in value else value


def _bare(value: str) -> str:
    value = words.unfold(value).strip()
    if "(" in value and not value.startswith("("):
        value = COMMENT.sub("", value).strip()
    return value


def _join(parts: dict[int, tuple[bool, str]]) -> str:
    """A value from its numbered sections; the first encoded one names the character set, and some name it again."""
    charset, data = "", []
    for number in sorted(parts):
        encoded, text = parts[number]
        if encoded and not charset and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
            charset = charset or "utf-8"
        elif encoded and charset and text.lower().startswith(f"{charset.lower()}'"):
            text = text[len(charset) + 1 :].removeprefix("'")
        data.append(unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace"))
    return charsets.decode(b"".join(data), charset or "utf-8")
