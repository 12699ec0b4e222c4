"""What is inside an update, seen without trusting it; and the little language in which it comes."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc, Map, Text, XmlElement, XmlFragment, XmlText

from alongside.booths.syncing import protocol
from alongside.booths.syncing.dissecting import dissect, without_deletions, written_deletions
from alongside.booths.syncing.document import (
    Early,
    Page,
    Unusable,
    fitting,
    fold,
    opened,
    read_state,
    without,
    written_state,
)
from alongside.booths.syncing.protocol import Nonsense


def session(seed: int = 1) -> tuple[list[bytes], Doc]:
    """Two devices that do a bit of everything; their updates, and a document that has them all."""
    dice, updates = random.Random(seed), []
    docs = [Doc(client_id=dice.randrange(2, 2**53)) for _ in range(2)]
    for doc in docs:
        doc.observe(lambda event: updates.append(event.update))
    for step in range(80):
        doc = dice.choice(docs)
        text, notes, sketch = (doc.get(name, type=kind) for name, kind in
                               (("goal", Text), ("notes", XmlFragment), ("sketch", Map)))
        act = dice.randrange(6)
        if act < 2:
            text.insert(0, dice.choice(["a", "hello ", "größer", "🥩"]))
        elif act == 2 and len(text):
            del text[0 : len(str(text)[0].encode())]
        elif act == 3:
            element = XmlElement("paragraph", {"level": step})
            notes.children.append(element)
            element.children.append(XmlText("words"))
        elif act == 4:
            sketch[str(dice.randrange(5))] = {"points": [1, -2, 2.5, True, None, 2**40], "deep": {"er": ["x"]}}
        elif len(sketch):
            del sketch[dice.choice(list(sketch))]
        if step % 9 == 0:
            for other in docs:
                other.apply_update(doc.get_update(other.get_state()))
    docs[0].apply_update(docs[1].get_update())
    return updates, docs[0]


@pytest.mark.parametrize("seed", range(5))
def test_all_that_devices_make_is_understood_and_counted_as_they_count(seed):
    updates, doc = session(seed)
    clocks: dict[int, int] = {}
    for update in updates:
        for client, start, end in dissect(update).made:
            assert start <= clocks.get(client, 0)
            clocks[client] = max(clocks.get(client, 0), end)
    assert clocks == read_state(doc.get_state())
    whole = dissect(doc.get_update())
    assert {client: end for client, _start, end in whole.made} == clocks
    assert whole.types == 2 * len(doc.get("notes", type=XmlFragment).children)


def test_letters_are_counted_as_browsers_count_them():
    doc = Doc(client_id=7)
    text = doc.get("goal", type=Text)
    text += "a ß 日本 🥩"
    assert dissect(doc.get_update()).made == [(7, 0, len("a ß 日本 🥩".encode("utf-16-le")) // 2)]


def test_deletions_that_are_known_are_left_out():
    doc = Doc(client_id=7)
    text = doc.get("goal", type=Text)
    text += "abcdefghij"
    del text[1:3]
    del text[5:6]
    update = doc.get_update()
    parts = dissect(update)
    assert parts.deleted == [(7, 1, 3), (7, 7, 8)] and parts.amount_deleted == 3
    less, left = without_deletions(update, parts, {7: [(0, 5)]})
    assert left == 1 and dissect(less).deleted == [(7, 7, 8)]
    less, left = without_deletions(update, parts, {7: [(0, 2), (2, 8)]})
    assert left == 0 and dissect(less).deleted == []
    assert written_deletions({}) == b"\x00"


def test_what_somebody_else_wrote_is_taken_out_of_an_update():
    updates, doc = session(3)
    mine, theirs = sorted(read_state(doc.get_state()))
    clocks = read_state(doc.get_state())
    less = dissect(without(doc.get_update(), {theirs: clocks[theirs]}))
    assert {client for client, _start, _end in less.made} == {mine}


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_at_all_are_more_than_nonsense(data):
    for reads in (dissect, protocol.heard, read_state, lambda data: protocol.read_devices(data, 100)):
        try:
            reads(data)
        except Nonsense:
            continue


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 9), st.integers(0, 10**6), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)),
                                                          min_size=1, max_size=3))
def test_whatever_passes_is_taken_or_refused_and_can_be_read_again(seed, which, changes):
    updates, doc = session(seed)
    broken = bytearray(updates[which % len(updates)])
    for place, byte in changes:
        broken[place % len(broken)] = byte
    try:
        dissect(bytes(broken))
        page = Page([doc.get_update()])
        news = page.take([bytes(broken)])
    except (Nonsense, Unusable, Early):
        return
    again = Page([doc.get_update(), news] if news else [doc.get_update()])
    assert again.goal() == page.goal()
    dissect(page.whole())


@pytest.mark.parametrize(("start", "length"), [(1, 1), (1, 2), (2, 1)])
def test_half_of_a_letter_is_not_deleted(start, length):
    doc = Doc(client_id=7)
    doc.get("goal", type=Text).insert(0, "🥩🥩")
    page = Page([doc.get_update()])
    with pytest.raises(Unusable):
        page.take([b"\x00" + written_deletions({7: [(start, start + length)]})])
    page = Page([doc.get_update()])
    page.take([b"\x00" + written_deletions({7: [(0, 2)]})])
    assert page.goal() == "🥩"
    dissect(page.whole())


@pytest.mark.parametrize("seed", range(3))
def test_it_does_not_matter_how_changes_are_put_together(seed):
    updates, doc = session(seed)
    dice = random.Random(seed)
    dice.shuffle(updates)
    once = opened(updates)
    assert (once.early, once.refused) == ([], [])
    assert once.page.goal() == str(doc.get("goal", type=Text))
    page, waiting = Page(), []
    for at in range(0, len(updates), 7):
        waiting += updates[at : at + 7]
        found, _unreadable = fitting(page.clocks, waiting)
        page.take([waiting[place] for place in found])
        waiting = [update for place, update in enumerate(waiting) if place not in found]
    assert waiting == [] and page.goal() == once.page.goal() and page.clocks == once.page.clocks
    assert Page([fold(updates)["data"]]).goal() == page.goal()


def test_what_builds_on_something_that_is_missing_waits_for_it():
    updates, doc = session(1)
    page = Page()
    with pytest.raises(Early):
        page.take([updates[-1]])
    assert page.clocks == {} and page.goal() == ""
    page.take(updates)
    assert page.goal() == str(doc.get("goal", type=Text))


def test_news_are_what_was_new():
    updates, doc = session(1)
    page, told = Page(), Page()
    for update in updates:
        news = page.take([update])
        if news:
            told.take([news])
    assert told.goal() == page.goal() and told.state() == page.state()
    assert page.take(updates) == b""


def test_what_cannot_be_taken_is_named():
    updates, _doc = session(2)
    broken = [*updates[:5], b"\x01\x02\x05\x00\x04\x01\x04goal\x01x\x04\x00\x05\x00\x01x\x00", *updates[5:]]
    done = opened(broken)
    assert done.refused == [5] and done.page.goal() == Page(updates).goal()
    assert fold(broken)["left"] == [5]


@given(st.dictionaries(st.integers(0, 2**53 - 1), st.integers(0, 2**31), max_size=20))
def test_a_state_is_written_as_it_is_read(clocks):
    assert read_state(written_state(clocks)) == clocks


@given(st.integers(0, 2**53 - 1))
def test_numbers_are_written_as_they_are_read(value):
    written = protocol.number(value)
    assert protocol.read_number(written, 0) == (value, len(written))
    with pytest.raises(Nonsense):
        protocol.read_number(written[:-1] if len(written) > 1 else b"", 0)


UNREADABLE = ['{"a": NaN}', '{"a": Infinity}', "[1]", "7", "{", "[" * 3000, '{"a": "' + "x" * 200 + '"}']


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_state_that_other_pages_could_not_read_is_nonsense(text):
    with pytest.raises(Nonsense):
        protocol.read_devices(b"\x01\x05\x01" + protocol.number(len(text)) + text.encode(), 100)


def test_devices_are_written_as_they_are_read():
    entry = protocol.written_device(5, 3, json.dumps({"pointer": {"x": 1}}))
    message = protocol.heard(protocol.who_is_here([entry]))
    assert protocol.read_devices(message.body, 100) == [protocol.Device(5, 3, {"pointer": {"x": 1}})]
