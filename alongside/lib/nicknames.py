"""Given names and what people make of them: "bill" may be William, "Sascha" may be Alexander. Folded, romanised."""

import re
from functools import lru_cache
from pathlib import Path

# In the file a group begins at the margin: a name, then its short and other forms in any language. A form may stand in
# several.
_GROUPS = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
_MEMBERS = [frozenset(group.split()) for group in re.split(r"\n(?! )", _GROUPS.strip())]
NAMES: dict[str, frozenset[int]] = {}
for _at, _group in enumerate(_MEMBERS):
    for _word in _group:
        NAMES[_word] = NAMES.get(_word, frozenset()) | {_at}


def may_be(one: str, other: str) -> bool:
    """Whether two folded given names may be those of one person: both stand in one group."""
    groups = NAMES.get(one)
    return groups is not None and not groups.isdisjoint(NAMES.get(other, ()))


@lru_cache(maxsize=10_000)
def forms(name: str) -> frozenset[str]:
    """Every name that stands in a group with `name`, itself too."""
    return frozenset({name}).union(*(_MEMBERS[group] for group in NAMES.get(name, ())))
