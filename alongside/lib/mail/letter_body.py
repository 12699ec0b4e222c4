"""Our composer's text as the two bodies of a mail: plain text, and simple HTML that says the same."""

import html
import re

from alongside.lib.picture_marks import MARK, in_words

LINK = re.compile(
    r"(?P<url>https?://[^\s<>\"'\u201c\u201d]{1,2000}[^\s<>\"'\u201c\u201d.,;:!?)\]}])"
    r"|(?P<mail>(?<![\w.+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,6}\.[A-Za-z]{2,24}\b)"
)
PARAGRAPHS = re.compile(r"\n[ \t]*\n+")


def as_plain(text: str, signature: str = "", quoted: tuple[str, str] | None = None) -> str:
    """The plain body: pictures as `[name]`, signature under `-- `, history (attribution, text) after `> `."""
    parts = [in_words(text).rstrip()]
    if signature.strip():
        parts.append("-- \n" + signature.strip())
    if quoted:
        attribution, history = quoted
        history = in_words(history).strip().split("\n")
        lines = [f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in history]
        parts.append("\n".join([attribution, *lines]) if attribution else "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def as_html(text: str, cids: dict[int, str], signature: str = "", quoted: tuple[str, str] | None = None) -> str:
    """The HTML body; `cids` maps file ids to the Content-IDs under which their pictures travel."""
    parts = [f"<p>{_lines(paragraph, cids)}</p>" for paragraph in PARAGRAPHS.split(text.strip()) if paragraph.strip()]
    if signature.strip():
        parts.append(f'<p style="color:#666666">-- <br>{_lines(signature.strip(), {})}</p>')
    if quoted:
        attribution, history = quoted
        shown = "".join(f"<p>{_lines(piece, {})}</p>" for piece in PARAGRAPHS.split(history.strip()))
        parts.append(f'<p>{html.escape(attribution)}</p><blockquote type="cite">{shown}</blockquote>')
    body = "\n".join(parts)
    return f'<!doctype html>\n<html><head><meta charset="utf-8"></head><body dir="auto">\n{body}\n</body></html>\n'


def _lines(text: str, cids: dict[int, str]) -> str:
    pieces, end = [], 0
    for found in MARK.finditer(text):
        pieces.append(_linked(text[end : found.start()]))
        name, cid = html.escape(found[1] or ""), cids.get(int(found[2]))
        pieces.append(f'<img src="cid:{html.escape(cid)}" alt="{name}">' if cid else f"[{name}]")
        end = found.end()
    pieces.append(_linked(text[end:]))
    return "".join(pieces).replace("\n", "<br>\n")


def _linked(text: str) -> str:
    pieces, end = [], 0
    for found in LINK.finditer(text):
        pieces.append(html.escape(text[end : found.start()]))
        shown = html.escape(found[0])
        pieces.append(f'<a href="{"mailto:" if found["mail"] else ""}{shown}">{shown}</a>')
        end = found.end()
    pieces.append(html.escape(text[end:]))
    return "".join(pieces)
