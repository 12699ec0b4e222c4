"""How a name sounds, as a key: the same for the usual writings of one sound in European and romanised names."""

import re
from functools import lru_cache

_SPELLINGS = [
    ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("sh", "s"), ("ch", "c"), ("cz", "c"), ("sz", "s"), ("zh", "j"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("ck", "k"), ("qu", "kw"), ("x", "ks"),
    ("tz", "ts"), ("ie", "i"), ("ei", "i"), ("ey", "i"), ("ay", "i"), ("oe", "o"), ("ae", "e"), ("ue", "u"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ea", "i"), ("w", "v"), ("y", "i"), ("q", "k"),
]
_SOFT = re.compile(r"c(?=[ei])")
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"(?<=.)[aeiouh]")


@lru_cache(maxsize=300_000)
def sounds(name: str) -> str:
    """The key of a folded, romanised name: "schmidt", "schmitt" and "shmit" are one; "" stays ""."""
    key = name.replace(" ", "")
    if key.startswith(("kn", "wr", "gn")):
        key = key[1:]
    for written, heard in _SPELLINGS:
        key = key.replace(written, heard)
    key = _SOFT.sub("s", key).replace("c", "k").replace("z", "s").replace("d", "t").replace("v", "f")
    return _TWICE.sub(r"\1", _VOWELS.sub("", _TWICE.sub(r"\1", key)))
