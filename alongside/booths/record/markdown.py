"""ProseMirror's JSON as Markdown (CommonMark, with tables, task lists and strikes of GitHub's dialect)."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

MARKS = {"strong": "**", "em": "*", "strike": "~~"}
SAFE = ("http", "https", "mailto", "tel")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~])")
_LINE_START = re.compile(r"^(\s*)([#+\-=>]|\d+[.)])", re.MULTILINE)

Address = Callable[[str], str]  # from what a picture's `src` says to where it lies


def as_markdown(document: dict, address: Address = str) -> str:
    """The document in Markdown; `address` says where a picture lies. What is unknown gives its text."""
    blocks = [_block(node, address) for node in document.get("content", ())]
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"


def escaped(text: str) -> str:
    """Words as they are, whatever Markdown would make of them."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def _block(node: dict, address: Address) -> str:
    if node.get("type") == "text":
        return _marked(node)
    draw = _BLOCKS.get(node.get("type", ""))
    return draw(node, address) if draw else _inline(node, address)


def _blocks(node: dict, address: Address, between: str = "\n\n") -> str:
    return between.join(filter(str.strip, (_block(child, address) for child in node.get("content", ()))))


def _heading(node: dict, address: Address) -> str:
    level = min(6, max(1, int(node.get("attrs", {}).get("level") or 1)))
    return f"{'#' * level} {_one_line(_inline(node, address))}"


def _list(node: dict, address: Address) -> str:
    number = int(node.get("attrs", {}).get("order") or 1)
    lines = []
    for at, item in enumerate(node.get("content", ())):
        mark = f"{number + at}." if node["type"] == "ordered_list" else "-"
        if item.get("type") == "task_item":
            mark += " [x]" if item.get("attrs", {}).get("checked") in (True, "true") else " [ ]"
        indent = " " * (len(f"{number + at}. ") if node["type"] == "ordered_list" else 2)
        lines.append(f"{mark} " + _blocks(item, address, "\n").replace("\n", f"\n{indent}"))
    return "\n".join(lines)


def _quote(node: dict, address: Address) -> str:
    return "\n".join(f"> {line}".rstrip() for line in _blocks(node, address).splitlines())


def _code(node: dict, address: Address) -> str:
    words = _text(node)
    longest = max((len(run) for run in re.findall(r"`+", words)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{words}\n{fence}"


def _table(node: dict, address: Address) -> str:
    rows = [[_one_line(_blocks(cell, address, " ")) for cell in row.get("content", ())]
            for row in node.get("content", ())]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _inline(node: dict, address: Address) -> str:
    return "".join(_run(child, address) for child in node.get("content", ()))


def _run(node: dict, address: Address) -> str:
    kind = node.get("type")
    if kind == "text":
        return _marked(node)
    if kind == "hard_break":
        return "\\\n"
    if kind == "image":
        return _picture(node, address)
    return _block(node, address)


def _picture(node: dict, address: Address) -> str:
    attrs = node.get("attrs", {})
    return f"![{escaped(str(attrs.get('alt') or ''))}]({_target(address(str(attrs.get('src') or '')))})"


def _marked(node: dict) -> str:
    marks = {mark.get("type"): mark.get("attrs", {}) for mark in node.get("marks", ())}
    text = node.get("text", "")
    if "code" in marks:
        tick = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
        text = f"{tick} {text} {tick}" if len(tick) > 1 else f"`{text}`"
    else:
        text = escaped(text)
    before, words, after = _around(text)
    if words:
        for name, sign in MARKS.items():
            words = f"{sign}{words}{sign}" if name in marks else words
        if "link" in marks and (href := str(marks["link"].get("href") or "")) and _is_safe(href):
            words = f"[{words}]({_target(href)})"
    return before + words + after


def _around(text: str) -> tuple[str, str, str]:
    """White space outside of a mark's signs, where Markdown wants it."""
    words = text.strip(" ")
    start = text.find(words) if words else len(text)
    return text[:start], words, text[start + len(words):]


def _is_safe(href: str) -> bool:
    try:
        return urlsplit(href).scheme.lower() in SAFE
    except ValueError:
        return False


def _target(href: str) -> str:
    return href.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace("\n", "")


def _text(node: dict) -> str:
    return node.get("text", "") + "".join(_text(child) for child in node.get("content", ()))


def _one_line(text: str) -> str:
    return " ".join(text.replace("\\\n", " ").split())


_BLOCKS: dict[str, Callable[[dict, Address], str]] = {
    "paragraph": _inline, "heading": _heading, "bullet_list": _list, "ordered_list": _list, "task_list": _list,
    "blockquote": _quote, "code_block": _code, "table": _table, "horizontal_rule": lambda node, address: "---",
    "list_item": _blocks, "task_item": _blocks, "table_cell": _blocks, "table_header": _blocks, "table_row": _blocks,
}
