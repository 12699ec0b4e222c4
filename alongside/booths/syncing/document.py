"""The document itself (Yjs, by pycrdt): takes updates, says what others lack; folded and read in child processes.

pycrdt counts places in texts in bytes of UTF-8; no place of a Python string is ever handed to it here. A fault in it
comes as an exception that is no `Exception`; it leaves this module as `Unusable`, and the page is made anew.
"""

import re
from collections import ChainMap
from collections.abc import Iterable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import isfinite

from pycrdt import Doc, Map, Text, XmlElement, XmlFragment, XmlText, get_update, merge_updates

from alongside.booths.syncing.dissecting import Parts, dissect, written_deletions
from alongside.booths.syncing.protocol import NOTHING_NEW, Nonsense, number, read_number

GOAL, NOTES, SKETCH = "goal", "notes", "sketch"  # the shared parts: Y.Text, Y.XmlFragment, Y.Map
DEEPEST = 200  # elements in elements, of what is read
TWO_UNITS = re.compile(b"[\xf0-\xf4][\x80-\xbf]{3}")  # a letter that counts as two in UTF-16, such as an emoji
MERGED_AT_ONCE = 100  # more in one go costs more than in several


class Unusable(Exception):
    """The document cannot take this, and may have taken half of it: throw the page away and make it anew."""


class Early(Exception):
    """Something that this builds on has not come yet. Nothing was taken."""


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
    """One document in memory. `clocks` says how far each device's changes are in it.

    It is given nothing that builds on what it does not have. The library would hold such a change back until the rest
    comes, and was seen to lose it (pycrdt 0.14, changes in any order); so several changes go in as one, too.
    """

    def __init__(self, updates: Iterable[bytes] = ()):
        self.clocks: dict[int, int] = {}
        self._news: list[bytes] = []
        self._deletions: dict[int, list[tuple[int, int]]] | None = None
        self._halves = False  # whether half of a letter could be deleted
        with _sound():
            self._doc = Doc()
            self._goal = self._doc.get(GOAL, type=Text)
            self._doc.observe(lambda event: self._news.append(event.update))
        self.take(list(updates))

    def take(self, updates: list[bytes], parts: list[Parts] | None = None) -> bytes:
        """Take updates in; returns what is new by them as one update, empty when nothing is.

        `parts`: what is in them, one after another, where that was looked at before: it takes as long as the rest.
        It is written anew from what was understood, so that browsers can read it, too: some of what a stranger sends is
        read by this library and not by theirs. Raises Early; Unusable, and this page is not to be used any more then.
        """
        update = merged(updates)
        try:
            parts = parts or [dissect(update)]
            counted = self._counted(parts)
        except Nonsense as nonsense:
            raise Unusable(str(nonsense)) from None
        self._deletions = None
        with _sound():
            self._news.clear()
            self._doc.apply_update(update)
        self._halves = self._halves or TWO_UNITS.search(update) is not None
        if self._halves and self.clocks and any(each.deleted for each in parts):
            self._look_for_halves()
        self.clocks.update(counted)
        return self._news.pop() if self._news else b""

    def _look_for_halves(self) -> None:
        """Raises Unusable where half of a letter was deleted: the library writes a text of no length then (0.14), which
        nobody can read again, so that the page would be broken for good. What devices make never cuts a letter."""
        try:
            dissect(self.whole())
        except Nonsense as nonsense:
            raise Unusable(f"half of a letter: {nonsense}") from None

    def _counted(self, parts: list[Parts]) -> dict[int, int]:
        """How far the devices of these are known after them. Raises Early."""
        counted: dict[int, int] = {}
        for each in parts:
            after = each.counted(ChainMap(counted, self.clocks) if counted else self.clocks)
            if after is None:
                raise Early
            counted.update(after)
        return counted

    def state(self) -> bytes:
        """The state vector: how far each device's changes are known here."""
        with _sound():
            return self._doc.get_state()

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
        if self._deletions is None:
            ranges: dict[int, list[tuple[int, int]]] = {}
            for client, start, end in dissect(self.lacking(self.state())).deleted:
                ranges.setdefault(client, []).append((start, end))
            self._deletions = {client: sorted(spans) for client, spans in ranges.items()}
        return self._deletions

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


def fitting(clocks: dict[int, int], updates: list[bytes]) -> tuple[list[int], list[int]]:
    """Of updates in any order those (places in the list, in an order that works) that build on nothing but `clocks` and
    one another; and those that cannot be read at all."""
    known, waiting, unreadable, found = dict(clocks), {}, [], []
    for place, update in enumerate(updates):
        try:
            waiting[place] = dissect(update)
        except Nonsense:
            unreadable.append(place)
    before = -1
    while waiting and len(found) > before:
        before = len(found)
        for place in list(waiting):
            counted = waiting[place].counted(known)
            if counted is not None:
                known.update(counted)
                found.append(place)
                del waiting[place]
    return found, unreadable


@dataclass
class Opened:
    """A page made of updates; the places of those that build on something that is missing, and that it cannot take."""

    page: Page
    early: list[int]
    refused: list[int]


def opened(updates: list[bytes]) -> Opened:
    """A page of all those updates that it can take."""
    with suppress(Early, Unusable):
        return Opened(Page(updates), [], [])
    found, refused = fitting({}, updates)
    with suppress(Early, Unusable):
        return Opened(Page([updates[place] for place in found]), _others(updates, found, refused), refused)
    page, good = Page(), []
    for place in found:
        try:
            page.take([updates[place]])
            good.append(place)
        except Early:
            continue
        except Unusable:
            refused.append(place)
            page = Page([updates[place] for place in good])
    return Opened(page, _others(updates, good, refused), refused)


def _others(updates: list[bytes], *places: list[int]) -> list[int]:
    return sorted(set(range(len(updates))).difference(*places))


def fold(updates: list[bytes]) -> dict:
    """Make one of many: `data`, the whole document, and the number of its parts that hold parts, `types`; the places
    of updates that are not in it, `left`."""
    done = opened(updates)
    data = done.page.whole()
    return {"data": data, "types": dissect(data).types, "left": done.early + done.refused}


def erasure(updates: list[bytes], clients: list[int]) -> dict:
    """What takes out all that these devices wrote or drew: `gone`, an update; and the `goal` as it is without that.

    The parts in which others wrote stay.
    """
    page = opened(updates).page
    gone = _gone(page, clients)
    page.take([gone])
    return {"gone": gone, "goal": page.goal()}


def rewritten(documents: list[bytes], clients: list[int]) -> list[bytes | None]:
    """Whole documents, each without what these devices wrote or drew; None for one that cannot be read."""
    return [_rewritten(document, clients) for document in documents]


def _rewritten(document: bytes, clients: list[int]) -> bytes | None:
    try:
        page = Page([document])
        gone = _gone(page, clients)
        if gone == NOTHING_NEW:
            return document
        page.take([gone])
        return page.whole()
    except (Early, Unusable):
        return None


def _gone(page: Page, clients: list[int]) -> bytes:
    ranges: dict[int, list[tuple[int, int]]] = {}
    for client, start, end in dissect(page.whole()).content:
        if client in clients:
            ranges.setdefault(client, []).append((start, end))
    return number(0) + written_deletions(ranges)


def read(updates: list[bytes]) -> dict:
    """What stands in a document: `goal` (text), `notes` (a tree, see `_children`), `sketch` (shapes by their ids)."""
    page = opened(updates).page
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
