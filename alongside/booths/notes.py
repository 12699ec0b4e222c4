"""What was written in the notes of a booth, for those who read it outside the live page."""

from dataclasses import dataclass

from alongside.booths.models import Booth
from alongside.booths.record.markdown import as_markdown
from alongside.booths.record.notes import as_json
from alongside.booths.syncing import reading


@dataclass(frozen=True)
class Notes:
    """The notes, as Markdown and as the editor's own JSON (ProseMirror)."""

    markdown: str
    prosemirror: dict


def notes_of(booth: Booth) -> Notes:
    """The notes of `booth` as they stand. Raises lib.child.ChildError when they cannot be read."""
    document = as_json(reading.read(booth).notes)
    return Notes(as_markdown(document).strip(), document)
