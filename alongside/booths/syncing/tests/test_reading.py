"""First words, what the server reads out of a document, and what lists know of it."""

import pytest
from pycrdt import Doc, Map, Text, XmlElement, XmlFragment, XmlText

from alongside.booths.models import Booth, Snapshot, Update
from alongside.booths.models.update import ENDED
from alongside.booths.syncing import beginning, reading, versions
from alongside.booths.syncing.document import opened
from alongside.events.delivery import deliver_all
from alongside.lib.tests.serving import eventually


@pytest.mark.django_db
def test_first_words_are_in_the_document_once(lena):
    booth = Booth.open(by=lena.person, goal="  Fourteen players fed by 8:30 ")
    assert reading.read(booth).goal == "Fourteen players fed by 8:30"
    assert booth.goal == "Fourteen players fed by 8:30"
    assert Update.objects.filter(booth=booth).count() == 1


@pytest.mark.django_db
def test_a_booth_without_first_words_begins_empty(booth):
    assert not Update.objects.filter(booth=booth).exists()
    assert reading.read(booth) == reading.Reading("", [], {})


def test_the_same_first_words_are_the_same_bytes():
    once, twice = beginning.first_words("Feed ☕ fourteen"), beginning.first_words("Feed ☕ fourteen")
    assert once == twice
    assert opened([once, twice]).page.goal() == "Feed ☕ fourteen"


def test_whoever_opens_the_page_finds_the_first_words_and_writes_on(server, devices, lena):
    from alongside.booths.syncing.tests.conftest import Guest

    booth = Booth.open(by=lena.person, goal="A better Sunday")
    ours, theirs = (devices.device(server.port, booth.code, Guest(booth, lena.person, name).session).open()
                    for name in ("Lena", "Ryan"))
    assert ours.goal == theirs.goal == "A better Sunday"
    ours.write(", together")
    eventually(lambda: theirs.goal == "A better Sunday, together")
    eventually(lambda: Booth.objects.get(id=booth.id).goal == "A better Sunday, together")


def test_lists_know_the_goal_and_when_the_page_was_touched(open_device, booth):
    before = Booth.objects.get(id=booth.id).touched_at
    device = open_device()
    device.write("What would ")
    device.write("make this a win?")
    eventually(lambda: Booth.objects.get(id=booth.id).goal == "What would make this a win?")
    assert Booth.objects.get(id=booth.id).touched_at > before


def test_a_server_that_stops_leaves_lists_in_step(open_device, booth, server):
    device = open_device()
    device.write("in a hurry")
    eventually(lambda: Update.objects.filter(booth=booth).exists())
    server.stop()
    assert Booth.objects.get(id=booth.id).goal == "in a hurry"


@pytest.fixture
def written(booth, guest):
    """A document with something of everything."""
    doc = Doc()
    goal, notes, sketch = (doc.get(name, type=kind) for name, kind in
                           (("goal", Text), ("notes", XmlFragment), ("sketch", Map)))
    goal += "Win"
    heading = XmlElement("heading", {"level": 2})
    notes.children.append(heading)
    words = XmlText("Für <b> & 🥩")
    heading.children.append(words)
    words.format(0, 4, {"strong": {}})
    words.format(5, 8, {"link": {"href": "https://alongside.example"}})
    item = XmlElement("task_item", {"checked": True})
    notes.children.append(item)
    item.children.append(XmlElement("paragraph"))
    sketch["5-1"] = {"kind": "stroke", "points": [1, 2, 50], "width": 2.5, "by": 7, "side": "ours"}
    sketch["5-2"] = "not a shape"
    Update.objects.create(booth=booth, by=guest().participant, data=doc.get_update())
    return booth


@pytest.mark.django_db
def test_goal_notes_and_sketch_are_read(written):
    read = reading.read(written)
    assert read.goal == "Win"
    assert read.notes == [
        {"type": "heading", "attrs": {"level": 2}, "content": [
            {"text": "Für", "marks": {"strong": {}}},
            {"text": " ", "marks": {}},
            {"text": "<b>", "marks": {"link": {"href": "https://alongside.example"}}},
            {"text": " & 🥩", "marks": {}},
        ]},
        {"type": "task_item", "attrs": {"checked": True}, "content": [
            {"type": "paragraph", "attrs": {}, "content": []},
        ]},
    ]
    assert read.sketch == {"5-1": {"kind": "stroke", "points": [1, 2, 50], "width": 2.5, "by": 7, "side": "ours"}}


@pytest.mark.django_db
def test_a_version_is_read_as_it_was(written, guest):
    kept = versions.keep(written)
    doc = Doc()
    goal = doc.get("goal", type=Text)
    goal += "More. "
    Update.objects.create(booth=written, by=guest().participant, data=doc.get_update())
    assert "More." in reading.read(written).goal
    assert reading.read(written, version=kept.id).goal == "Win"


@pytest.mark.django_db
def test_the_page_is_kept_as_it_was_at_the_end(written, lena):
    written.end(by=lena.person)
    deliver_all()
    deliver_all()
    assert Snapshot.objects.get(booth=written).why == ENDED
