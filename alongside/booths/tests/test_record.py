"""What both sides keep of a booth."""

import pytest
from pycrdt import Doc, Map, Text, XmlElement, XmlFragment, XmlText

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
    picture = File.keep(PNG, name="door.png", by=ryan)
    BoothFile.lay(booth, picture, by=guest, in_page=True)
    BroughtLesson.bring(booth, title="Flat white", by=ours, parts=[
        {"title": "Grind", "words": "Fine.", "amounts": [["18 g", "beans"]], "file": picture.id}])
    document = Doc()
    document.get("goal", type=Text).insert(0, GOAL)
    document.get("notes", type=XmlFragment).children.append(
        XmlElement("paragraph", None, [XmlText("Milo cannot have nuts "),
                                       XmlElement("image", {"src": f"booth-file:{picture.id}", "alt": "the door"})]))
    document.get("sketch", type=Map)["1-1"] = {"kind": "picture", "file": picture.id, "w": 10, "h": 10}
    document.get("sketch", type=Map)["1-2"] = {"kind": "text", "words": "Austin here", "side": "yours"}
    return gather(booth, read(document))


def test_the_record_in_words_holds_all_of_it(record):
    written = renderings.markdown(record)
    for words in (GOAL, "- [x] Bake thirty (ours", "- [ ] Tell the parents \\*where\\* to park (yours)", "Milo got his",
                  "Milo cannot have nuts", "![the door](", "1. **Grind** Fine.", "18 g beans", "See you at #import"):
        assert words in written
    assert written.count("that is it") == 1, "Only who agreed to these very words has agreed."


def test_the_sketch_holds_its_pictures(record):
    drawn = renderings.sketch(record)
    assert "Austin here" in drawn and "data:image/png;base64," in drawn


def test_the_record_on_paper(record):
    printed = renderings.pdf(record)
    assert printed.startswith(b"%PDF-") and len(printed) > 5_000


def test_a_picture_that_is_none_is_left_out(record):
    for file in record.pictures.values():
        file.read = lambda: PNG[:30]
    assert renderings.pdf(record).startswith(b"%PDF-")


def test_an_empty_table_can_be_kept_too(lena):
    record = gather(Booth.open(by=lena.person), read(Doc()))
    assert renderings.sketch(record) is None and renderings.pdf(record).startswith(b"%PDF-")
    assert renderings.markdown(record).startswith("# ")
