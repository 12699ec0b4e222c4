"""The document itself (Yjs, by pycrdt): takes updates, says what others lack; folded and read in child processes.

pycrdt counts places in texts in bytes of UTF-8; no place of a Python string is ever handed to it here. A fault in it
comes as an exception that is no `Exception`; it leaves this module as `Unusable`, and the page is made anew.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from math import isfinite

from pycrdt import Doc, Map, Text, XmlElement, XmlFragment, XmlText, get_update, merge_updates

from alongside.booths.syncing.dissecting import dissect
from alongside.booths.syncing.protocol import NOTHING_NEW, Nonsense, number, read_number

GOAL, NOTES, SKETCH = "goal", "notes", "sketch"  # the shared parts: Y.Text, Y.XmlFragment, Y.Map
DEEPEST = 200  # elements in elements, of what is read
MERGED_AT_ONCE = 100  # more in one go costs more than in several


class Unusable(Exception):
    """The document cannot take this, and may have taken half of it: throw the page away and make it anew."""


@contextmanager
def _sound():
    """What fails inside raises Unusable, also a panic of the library."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as fault:
        if isinstance(fault, Exception) or type(fault).__name__ == "PanicException":
            raise Unusable(f"{type(fault).__name__}: {fault}") from None
        raise


class Page:
    """One document in memory."""

    def __init__(self, updates: Iterable[bytes] = ()):
        with _sound():
            self._doc = Doc()
            self._goal = self._doc.get(GOAL, type=Text)
            self._news: list[bytes] = []
            self._doc.observe(lambda event: self._news.append(event.update))
        self.take(updates)

    def take(self, updates: Iterable[bytes]) -> bytes:
        """Take updates in; returns what is new by them as one update, empty when nothing is.

        It is written anew from what was understood, so that browsers can read it, too: some of what a stranger sends is
        read by this library and not by theirs. Raises Unusable; this page is not to be used any more then.
        """
        with _sound():
            self._news.clear()
            with self._doc.transaction():
                for update in updates:
                    self._doc.apply_update(update)
            return self._news.pop() if self._news else b""

    def state(self) -> bytes:
        """The state vector: how far each device's changes are known here."""
        with _sound():
            return self._doc.get_state()

    def clocks(self) -> dict[int, int]:
        """The same as numbers: device → the clock that its next change will have."""
        return read_state(self.state())

    def whole(self) -> bytes:
        """Everything, as one update; what was deleted is left out."""
        with _sound():
            return self._doc.get_update()

    def lacking(self, state: bytes) -> bytes:
        """What somebody with that state vector lacks. Raises Nonsense when it is none."""
        read_state(state)
        with _sound():
            return self._doc.get_update(state)

    def deletions(self) -> dict[int, list[tuple[int, int]]]:
        """Everything that was deleted: device → ranges of clocks, in order."""
        ranges: dict[int, list[tuple[int, int]]] = {}
        for client, start, end in dissect(self.lacking(self.state())).deleted:
            ranges.setdefault(client, []).append((start, end))
        return {client: sorted(spans) for client, spans in ranges.items()}

    def goal(self) -> str:
        """The goal, as it is written now."""
        with _sound():
            return str(self._goal)


def read_state(state: bytes) -> dict[int, int]:
    """A state vector as numbers. Raises Nonsense."""
    count, at = read_number(state, 0)
    clocks = {}
    for _ in range(count):
        client, at = read_number(state, at)
        clocks[client], at = read_number(state, at)
    if at != len(state):
        raise Nonsense("something follows the state")
    return clocks


def written_state(clocks: dict[int, int]) -> bytes:
    """The state vector of those clocks."""
    return number(len(clocks)) + b"".join(number(client) + number(clock) for client, clock in clocks.items())


def merged(updates: list[bytes]) -> bytes:
    """Several updates as one. Raises Unusable."""
    with _sound():
        while len(updates) > 1:
            updates = [merge_updates(*updates[at : at + MERGED_AT_ONCE])
                       for at in range(0, len(updates), MERGED_AT_ONCE)]
        return updates[0] if updates else NOTHING_NEW


def without(update: bytes, clocks: dict[int, int]) -> bytes:
    """The update without changes of those devices up to those clocks. Raises Unusable."""
    with _sound():
        return get_update(update, written_state(clocks))


def opened(updates: list[bytes]) -> tuple[Page, list[int]]:
    """A page of those updates, and which of them (places in the list) it cannot take."""
    try:
        return Page(updates), []
    except Unusable:
        return _tried_one_by_one(updates)


def _tried_one_by_one(updates: list[bytes]) -> tuple[Page, list[int]]:
    page, good, refused = Page(), [], []
    for place, update in enumerate(updates):
        try:
            page.take([update])
            good.append(update)
        except Unusable:
            refused.append(place)
            page = Page(good)
    return page, refused


def fold(updates: list[bytes]) -> dict:
    """Make one of many: `data`, the whole document, and the number of its parts that hold parts, `types`; the places
    of updates of which it lacks something, `left`, and of those it cannot take, `refused`.

    An update is left where it builds on changes that have not arrived here: it is folded once they have.
    """
    page, refused = opened(updates)
    clocks = page.clocks()
    left = [place for place, update in enumerate(updates) if place not in refused and not _holds(clocks, update)]
    data = page.whole()
    return {"data": data, "types": dissect(data).types, "left": left, "refused": refused}


def _holds(clocks: dict[int, int], update: bytes) -> bool:
    try:
        parts = dissect(update)
    except Nonsense:
        return False
    return all(clocks.get(client, 0) >= end for client, _start, end in (*parts.made, *parts.deleted))


def read(updates: list[bytes]) -> dict:
    """What stands in a document: `goal` (text), `notes` (a tree, see `_children`), `sketch` (shapes by their ids)."""
    page, _refused = opened(updates)
    with _sound():
        notes = page._doc.get(NOTES, type=XmlFragment)
        sketch = page._doc.get(SKETCH, type=Map)
        shapes = {key: _plain(sketch[key]) for key in sketch if isinstance(sketch[key], dict)}
        return {"goal": page.goal(), "notes": _children(notes, 0), "sketch": shapes}


def _children(node, depth: int) -> list[dict]:
    """What lies in an element: `{"type", "attrs", "content"}`, or for texts `{"text", "marks": {name: attributes}}`."""
    found = []
    for child in node.children if depth < DEEPEST else ():
        if isinstance(child, XmlText):
            found += [{"text": text, "marks": _plain(marks or {})} for text, marks in child.diff()
                      if isinstance(text, str)]
        elif isinstance(child, XmlElement):
            found.append({"type": child.tag, "attrs": _plain(dict(child.attributes)),
                          "content": _children(child, depth + 1)})
    return found


def _plain(value):
    """Values as JSON has them: whole numbers are whole, and nothing is left that is a part of the document."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else value if isfinite(value) else None
    return value if value is None or isinstance(value, str | int | bool) else None
