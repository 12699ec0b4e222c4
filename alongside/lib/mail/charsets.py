"""Bytes to text, whatever a mail claims its character set to be; never raises."""

import codecs
import re

# Labels as mail programs use them, and the wider set that their writers really mean (WHATWG Encoding, labels).
ALIASES = {
    "": "utf-8",
    "ascii": "us-ascii",
    "ansi_x3.4-1968": "us-ascii",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "iso-8859-11": "cp874",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
}
GUESSED = {"us-ascii", "unknown-8bit", "x-unknown", "unknown", "default", "8bit", "binary", "default_charset"}
FORBIDDEN = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")


def decode(data: bytes, label: str | None = None, fallback: str | None = None) -> str:
    """`data` as text: by its label, else by looking at it (UTF-8, then `fallback`, then Windows-1252)."""
    name = known(label)
    if name and name not in GUESSED:
        try:
            return tidy(data.decode(name))
        except UnicodeDecodeError:
            return _despite_errors(data, name)
        except (LookupError, ValueError):
            pass
    return _guess(data, fallback)


def _guess(data: bytes, fallback: str | None) -> str:
    for name in ("utf-8", known(fallback)):
        if name and name not in GUESSED:
            try:
                return tidy(data.decode(name))
            except (UnicodeError, LookupError):
                continue
    return tidy(data.decode("cp1252", "replace"))


def _despite_errors(data: bytes, name: str) -> str:
    """Text of bytes that do not fit their label: the label's own reading unless most of it would be lost."""
    text = data.decode(name, "replace")
    if text.count("\ufffd") * 50 > len(text):
        return _guess(data, None)
    return tidy(text)


def known(label: str | None) -> str | None:
    """The codec's name for a label, or None where there is no such text codec."""
    if label is None:
        return None
    label = label.strip().strip("\"'").lower().split("*")[0][:60]
    label = ALIASES.get(label, label)
    if label in GUESSED:
        return label
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    if info.name in FORBIDDEN or info.name.replace("-", "_") in FORBIDDEN or not info._is_text_encoding:
        return None
    return info.name


def tidy(text: str) -> str:
    """Text that a database can hold: no NUL, no lone surrogate."""
    return UNPRINTABLE.sub("\ufffd", text)
