"""The notes of a shared document as ProseMirror's JSON, which every editor of that family reads.

`syncing.reading` gives them as a tree. A mark that may stand twice on one run has a hash behind its name there
(`comment--x8f2`), as y-prosemirror writes it.
"""

from collections.abc import Iterable

DEEPEST = 24  # nodes within nodes; deeper ones are flattened to their text, for somebody only made them to hurt
_WHOLE = ("level", "order", "width", "colspan", "rowspan")


def as_json(notes: Iterable[dict]) -> dict:
    """The whole document: `{"type": "doc", "content": […]}`."""
    return {"type": "doc", "content": _nodes(notes, 0)}


def _nodes(parts: Iterable[dict], depth: int) -> list[dict]:
    found: list[dict] = []
    for part in parts:
        if "text" in part:
            found += [_run(part)] if part["text"] else []
        else:
            found += [_node(part, depth + 1)] if depth < DEEPEST else _flat(part)
    return found


def _flat(part: dict) -> list[dict]:
    """The text of everything within, without a function for each level."""
    runs, waiting = [], [part]
    while waiting:
        each = waiting.pop()
        if "text" in each:
            runs += [_run(each)] if each["text"] else []
        else:
            waiting += reversed(each.get("content", ()))
    return runs


def _node(part: dict, depth: int) -> dict:
    node: dict = {"type": part["type"]}
    if attrs := {name: _value(name, value) for name, value in part.get("attrs", {}).items()}:
        node["attrs"] = attrs
    if content := _nodes(part.get("content", ()), depth):
        node["content"] = content
    return node


def _value(name: str, value):
    """Attributes as the schema has them: numbers are whole ones."""
    if name in _WHOLE and isinstance(value, (int, float, str)):
        try:
            return int(float(value))
        except (ValueError, OverflowError):
            return None
    return value


def _run(part: dict) -> dict:
    run: dict = {"type": "text", "text": part["text"]}
    marks = [_mark(name, value) for name, value in sorted((part.get("marks") or {}).items()) if value is not None]
    return run | ({"marks": marks} if marks else {})


def _mark(name: str, value) -> dict:
    mark: dict = {"type": name.partition("--")[0]}
    if isinstance(value, dict) and value:
        mark["attrs"] = dict(value)
    return mark
