"""What people wrote, as safe HTML: paragraphs, links, inline pictures; and sizes in words."""

import re
from collections.abc import Mapping

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from alongside.look.times import reader_locale

# One pass, no nesting of repeats: the time is linear in the length of the text
_MARKS = re.compile(
    r"(?P<url>\b(?:https?://|www\.)[^\s<>\"]{1,2000})"
    r"|(?P<mail>\b[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})"
    r"|(?P<picture>!\[(?P<name>[^\]\n]{0,200})\]\(file:(?P<file>[A-Za-z0-9-]{1,64})\))",
    re.ASCII,
)
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_PAIRS = {")": "(", "]": "[", "}": "{"}


def paragraphs(text: str | None, files: Mapping[str, str] | None = None) -> Markup:
    """Return plain `text` as escaped `<p>`s with links.

    Blank lines part paragraphs, line ends become `<br>`. Web and mail addresses become links that pass on
    neither opener nor rank. `files` maps ids of inline pictures (`![name](file:ID)`) to their addresses; a
    picture that is not in it stays as its name.
    """
    plain = (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if not plain:
        return Markup("")
    blocks = (_line_ends(linked(block.strip("\n"), files)) for block in _BLANK.split(plain))
    return Markup("\n").join(Markup(f"<p>{block}</p>") for block in blocks)


def linked(text: str, files: Mapping[str, str] | None = None) -> Markup:
    """Return `text` escaped, with its addresses as links and its picture marks as pictures."""
    parts: list[str] = []
    position = 0
    for found in _MARKS.finditer(text):
        parts.append(str(escape(text[position : found.start()])))
        parts.append(_mark(found, files or {}))
        position = found.end()
    parts.append(str(escape(text[position:])))
    return Markup("".join(parts))


def _line_ends(html: Markup) -> str:
    return str(html).replace("\n", "<br>\n")


def _mark(found: re.Match, files: Mapping[str, str]) -> str:
    if found["url"]:
        return _web_link(found["url"])
    if found["mail"]:
        address = escape(found["mail"])
        return f'<a href="mailto:{address}">{address}</a>'
    name, address = escape(found["name"]), files.get(found["file"])
    if address is None:
        return f"[{name}]"
    return f'<img src="{escape(address)}" alt="{name}" loading="lazy">'


def _web_link(url: str) -> str:
    address, tail = _without_tail(url)
    target = address if "://" in address else f"https://{address}"
    return (
        f'<a href="{escape(target)}" rel="noopener nofollow ugc" target="_blank">{escape(address)}</a>{escape(tail)}'
    )


def _without_tail(url: str) -> tuple[str, str]:
    """Part an address from the punctuation that ends its sentence."""
    end = len(url)
    while end:
        last = url[end - 1]
        opening = _PAIRS.get(last)
        unpaired = opening and url.count(last, 0, end) > url.count(opening, 0, end)
        if last not in ".,;:!?'*_~…”’»" and not unpaired:
            break
        end -= 1
    return url[:end], url[end:]


def filesize(size: int | None) -> str:
    """Return bytes in words, in the reader's language: "3 KB", "1.4 MB"."""
    amount = float(size or 0)
    for words, written in (
        (_("%(amount)s B"), "#,##0"), (_("%(amount)s KB"), "#,##0"), (_("%(amount)s MB"), "#,##0.#"),
    ):  # fmt: skip
        if amount < 1000:
            return words % {"amount": format_decimal(amount, written, locale=reader_locale())}
        amount /= 1000
    return _("%(amount)s GB") % {"amount": format_decimal(amount, "#,##0.#", locale=reader_locale())}
