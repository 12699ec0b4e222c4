"""The notes of a shared document as ProseMirror's JSON, which every editor of that family reads.

y-prosemirror keeps a node as an XML element named like its type, with its attributes, and text as runs that bear an
attribute for each mark; a mark that may stand twice on one run has a hash behind its name (`comment--x8f2`).
"""

from pycrdt import XmlElement, XmlFragment, XmlText

DEEPEST = 24  # nodes within nodes; deeper ones are flattened to their text, for somebody only made them to hurt
_WHOLE = ("level", "order", "width", "colspan", "rowspan")


def as_json(notes: XmlFragment) -> dict:
    """The whole document: `{"type": "doc", "content": […]}`."""
    return {"type": "doc", "content": _children(notes, 0)}


def _children(parent, depth: int) -> list[dict]:
    found: list[dict] = []
    for child in parent.children:
        if isinstance(child, XmlText):
            found += _runs(child)
        elif isinstance(child, XmlElement):
            found += [_node(child, depth + 1)] if depth < DEEPEST else _flat(child)
    return found


def _flat(element: XmlElement) -> list[dict]:
    """The text of everything within, without a function for each level."""
    runs, waiting = [], [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, XmlText):
            runs += _runs(node)
        else:
            waiting += reversed(list(node.children))
    return runs


def _node(element: XmlElement, depth: int) -> dict:
    node: dict = {"type": element.tag}
    attrs = {name: _value(name, value) for name, value in dict(element.attributes).items()}
    if attrs:
        node["attrs"] = attrs
    content = _children(element, depth)
    if content:
        node["content"] = content
    return node


def _value(name: str, value):
    """Attributes as the schema has them: Yjs gives every number back as a float."""
    if name in _WHOLE and isinstance(value, (int, float, str)):
        try:
            return int(float(value))
        except (ValueError, OverflowError):
            return None
    return value


def _runs(text: XmlText) -> list[dict]:
    runs = []
    for words, formats in text.diff():
        if not isinstance(words, str) or not words:
            continue
        run: dict = {"type": "text", "text": words}
        marks = [_mark(name, value) for name, value in sorted((formats or {}).items()) if value is not None]
        if marks:
            run["marks"] = marks
        runs.append(run)
    return runs


def _mark(name: str, value) -> dict:
    mark: dict = {"type": name.partition("--")[0]}
    if isinstance(value, dict) and value:
        mark["attrs"] = dict(value)
    return mark
