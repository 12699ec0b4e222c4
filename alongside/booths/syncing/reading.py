"""Reading a document on the server: what stands in it now, or stood in a version, without its page being open."""

from dataclasses import dataclass

from alongside.booths.models import Booth
from alongside.booths.syncing import store, versions
from alongside.lib import child

LIMITS = child.Limits(seconds=10)


@dataclass(frozen=True)
class Reading:
    """The goal as text; the notes as a tree; the sketch as its shapes by their ids.

    A part of the notes is `{"type": element, "attrs": {…}, "content": [parts]}` or, for text,
    `{"text": words, "marks": {name: attributes}}`: the elements and marks of the page's own schema.
    """

    goal: str
    notes: list[dict]
    sketch: dict[str, dict]


def read(booth: Booth, version: int | None = None) -> Reading:
    """What stands in the booth's document, or in one of its versions.

    The work is done in a child process. Raises lib.child.ChildError when it cannot be done, Snapshot.DoesNotExist.
    """
    parts = store.whole(booth.id).parts if version is None else [versions.data_of(booth, version)]
    return Reading(**child.call("alongside.booths.syncing.document.read", parts, limits=LIMITS))
