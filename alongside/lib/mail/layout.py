"""HTML of mail as plain text, and plain text as HTML."""

import html
import re

from inscriptis import Inscriptis
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.html_properties import Display
from inscriptis.model.config import ParserConfig
from inscriptis.model.html_element import HtmlElement
from lxml import etree
from lxml import html as trees

from alongside.lib.mail.markup import MAX_HTML, is_monstrous

TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]{0,20})[^<>]{0,5000}>")
WIDE_TEXT = re.compile(r"[ \t\xa0]+\n")
MANY_LINES = re.compile(r"\n{3,}")
LAYOUT = {**CSS_PROFILES["strict"], "blockquote": HtmlElement(display=Display.block, margin_before=1, margin_after=1)}
CONFIG = ParserConfig(css=LAYOUT, display_links=False, display_images=False)
EMPTY_QUOTE_END = re.compile(r"(?:\n>+)+(?=\n(?!>)|\Z)")
EMPTY_QUOTE_START = re.compile(r"(?:(?<=\n\n)|\A)(?:>+\n)+(?=>)")
OPENED, CLOSED = "\ue0a1", "\ue0a2"


def to_text(source: str) -> str:
    """HTML as plain text: blocks on their own lines, quotes after `> `; what is too deep is read tag by tag."""
    source = source[: MAX_HTML * 2].replace("\x00", "\ufffd")
    if not source.strip():
        return ""
    if not is_monstrous(source):
        try:
            return _laid_out(source)
        except (
            ValueError,
            RecursionError,
            AssertionError,
            TypeError,
            KeyError,
            IndexError,
            AttributeError,
            etree.LxmlError,
        ):
            pass  # inscriptis fails on odd CSS and odd tables in these ways
    return plainest_text(source)


def _laid_out(source: str) -> str:
    tree = trees.fromstring(source.encode("utf-8", "replace"), parser=trees.HTMLParser(encoding="utf-8"))
    quotes = tree.findall(".//blockquote")
    for quote in quotes:
        first, last = etree.Element("div"), etree.Element("div")
        first.text, last.text = OPENED, CLOSED
        first.tail, quote.text = quote.text, None
        quote.insert(0, first)
        quote.append(last)
    text = _tidy_lines(Inscriptis(tree, CONFIG).get_text())
    return _with_marks(text) if quotes else text


def _with_marks(text: str) -> str:
    """Put `> ` before the lines of quotes, once for every quote that they stand in."""
    depth, lines = 0, []
    for line in text.split("\n"):
        depth += line.count(OPENED)
        shown = line.replace(OPENED, "").replace(CLOSED, "")
        if shown.strip() or not (OPENED in line or CLOSED in line):
            lines.append(f"{'>' * depth} {shown.strip()}".rstrip() if depth else shown)
        depth = max(0, depth - line.count(CLOSED))
    return _tidy_lines(EMPTY_QUOTE_START.sub("", EMPTY_QUOTE_END.sub("", "\n".join(lines))))


BLOCK = {
    "p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "pre", "hr", "ul", "ol",
}  # fmt: skip
UNSEEN = re.compile(r"<(script|style|head|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.S | re.I)


def plainest_text(source: str) -> str:
    """HTML as text, tag by tag, in one pass."""
    text = UNSEEN.sub(" ", source)
    text = TAG.sub(lambda found: "\n" if found[1].lower() in BLOCK else " ", text.replace("\n", " "))
    return _tidy_lines(html.unescape(text))


META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)


def declared_charset(data: bytes) -> str | None:
    """The character set that the HTML itself names, if any."""
    found = META_CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else None


def as_html(text: str) -> str:
    """Plain text as HTML that looks the same."""
    lines = html.escape(text.strip("\n")).split("\n")
    return f"<div>{'<br>'.join(lines)}</div>" if text.strip() else ""


def _tidy_lines(text: str) -> str:
    text = WIDE_TEXT.sub("\n", text.replace("\r", "") + "\n").strip("\n")
    return MANY_LINES.sub("\n\n", text)
