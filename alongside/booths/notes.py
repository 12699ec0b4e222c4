"""What was written in the notes of a booth, for those who read it outside the live page."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from alongside.booths.models import Booth


@dataclass(frozen=True)
class Notes:
    """The notes, as Markdown and as the editor's own JSON (ProseMirror)."""

    markdown: str
    prosemirror: dict


def notes_of(booth: Booth) -> Notes | None:
    """The notes of `booth` as they stand, by `record.notes_of`; None in a house that cannot read them."""
    if find_spec("alongside.booths.record") is None:
        return None
    return import_module("alongside.booths.record").notes_of(booth)
