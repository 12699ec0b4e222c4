"""A file's name is a label: cleaned for reading, and written safely into a header."""

import re
import unicodedata
from urllib.parse import quote

LONGEST = 150
NAMELESS = "file"
# Controls, and the marks that turn reading direction or hide letters ("invoice\u202efdp.exe").
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def clean_name(name: str) -> str:
    """A name that can be shown and saved: no folders, no hidden or forbidden characters, LONGEST at most."""
    name = unicodedata.normalize("NFC", name or "").replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(" " if c.isspace() else c for c in name if c.isspace() or unicodedata.category(c) not in _HIDDEN)
    name = " ".join(_FORBIDDEN.sub("_", name).split()).strip(". ")
    if len(name) > LONGEST:
        stem, dot, ending = name.rpartition(".")
        ending = dot + ending if dot and len(ending) <= 10 else ""
        name = (stem if ending else name)[: LONGEST - len(ending)].rstrip(". ") + ending
    return name or NAMELESS


def disposition(kind: str, name: str) -> str:
    """A Content-Disposition header: `kind` is attachment or inline (RFC 6266, both forms of the name)."""
    name = clean_name(name)
    plain = "".join(c if c.isascii() and c not in '%"\\' else "_" for c in name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
