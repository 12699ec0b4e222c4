"""What both sides keep of a booth."""

import io

import pytest
from pycrdt import Doc, Map, Text, XmlElement, XmlFragment, XmlText
from pypdf import PdfReader

from alongside.booths.models import (
    REACHED,
    Booth,
    BoothFile,
    BoothLink,
    BroughtLesson,
    ChatLine,
    Ending,
    GoalAgreement,
    Participant,
    Step,
)
from alongside.booths.record import renderings
from alongside.booths.record.gathering import gather
from alongside.booths.syncing import document as documents
from alongside.booths.syncing.reading import Reading
from alongside.files.models import File

pytestmark = pytest.mark.django_db
GOAL = "Fourteen players fed by 8:30"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")


def read(document: Doc) -> Reading:
    return Reading(**documents.read([document.get_update()]))


@pytest.fixture
def record(lena, ryan):
    booth = Booth.open(by=lena.person, person=ryan, goal=GOAL)
    ours = Participant.sit_down(booth, lena)
    guest, _session = Participant.join(BoothLink.make(booth, by=lena.person)[0], "Ryan")
    Step.add(booth, "Bake thirty", by=ours, whose="ours").tick(by=ours)
    Step.add(booth, "Tell the parents *where* to park", by=guest, whose="yours")
    GoalAgreement.agree(booth, GOAL, by=guest)
    GoalAgreement.agree(booth, "Something else", by=ours)
    ChatLine.say(booth, "See you at #import", by=guest)
    Ending.say(booth, REACHED, "Milo got his", by=guest)
    File.keep(b"another", name="another.txt")
    picture = File.keep(PNG, name="door.png", by=ryan)
    laid = BoothFile.lay(booth, picture, by=guest, in_page=True)
    assert laid.id != picture.id, "In the document stands where it lies on the table."
    BroughtLesson.bring(booth, title="Flat white", by=ours, parts=[
        {"title": "Grind", "words": "Fine.", "amounts": [["18 g", "beans"]], "file": picture.id}])
    document = Doc()
    document.get("goal", type=Text).insert(0, GOAL)
    document.get("notes", type=XmlFragment).children.append(
        XmlElement("paragraph", None, [XmlText("Milo cannot have nuts "),
                                       XmlElement("image", {"src": f"booth-file:{laid.id}", "alt": "the door"})]))
    document.get("sketch", type=Map)["1-1"] = {"kind": "picture", "file": laid.id, "w": 10, "h": 10}
    document.get("sketch", type=Map)["1-2"] = {"kind": "text", "words": "Austin here", "side": "yours"}
    return gather(booth, read(document))


def test_the_record_in_words_holds_all_of_it(record):
    written = renderings.markdown(record)
    for words in (GOAL, "- [x] Bake thirty (ours", "- [ ] Tell the parents \\*where\\* to park (yours)", "Milo got his",
                  "Milo cannot have nuts", "![the door](", "- Austin here", "1. **Grind** Fine.",
                  "18 g beans", "See you at #import"):
        assert words in written
    assert written.count("that is it") == 1, "Only who agreed to these very words has agreed."


def test_the_sketch_holds_its_pictures(record):
    drawn = renderings.sketch(record)
    assert "Austin here" in drawn and "data:image/png;base64," in drawn


def test_the_record_on_paper(record):
    printed = renderings.pdf(record)
    paper = PdfReader(io.BytesIO(printed))
    parts = [paper.get_object(number) for number in range(1, len(paper.xref_objStm) + len(paper.xref[0]))]
    shown = {str(part["/Alt"]) for part in parts if isinstance(part, dict) and "/Alt" in part}
    assert shown == {"the door", "Sketch", "Grind"}, "The picture stands in the notes, on the sketch and in the lesson."


def test_a_picture_that_is_none_is_left_out(record):
    for file in record.files_shown:
        file.read = lambda: PNG[:30]
    assert renderings.pdf(record).startswith(b"%PDF-")


def test_an_empty_table_can_be_kept_too(lena):
    record = gather(Booth.open(by=lena.person), read(Doc()))
    assert renderings.sketch(record) is None and renderings.pdf(record).startswith(b"%PDF-")
    assert renderings.markdown(record).startswith("# ")
