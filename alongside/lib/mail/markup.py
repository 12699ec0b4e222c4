"""What both readings of HTML need to know of it: how deep and how large it is, and which tags end by themselves."""

import re

MAX_HTML = 1_500_000  # characters that are cleaned; a longer one is shown as text
MAX_DEPTH = 200  # nested open tags: nh3 took 14 s on 200 KB of them
MAX_TAGS = 60_000
VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "param", "source", "track"}
OPTIONAL_END = {"p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup"}
TAG_START = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,20})")


def is_monstrous(source: str) -> bool:
    """Whether HTML nests so deeply, or has so many tags, that parsing it would take seconds.

    A rough count that spares honest mail the child's time limit; against who hides tags from it, that limit stands.
    """
    if source.count("<") > MAX_TAGS:
        return True
    unclosed: dict[str, int] = {}
    depth = 0
    for found in TAG_START.finditer(source):
        name = found[2].lower()
        if name in VOID or name in OPTIONAL_END:
            continue
        if not found[1]:
            unclosed[name] = unclosed.get(name, 0) + 1
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif unclosed.get(name):
            unclosed[name] -= 1
            depth -= 1
    return False
