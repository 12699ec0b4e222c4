"""What the page was: kept by hand from either side, kept before an older one comes back, kept when it ends."""

import pytest
from pycrdt import Doc, Map, Text, XmlElement, XmlFragment, XmlText

from alongside.booths import keeping
from alongside.booths.models import VIEW, Booth, Snapshot, Update
from alongside.booths.models.update import ENDED, KEPT, RETURNED, SAVED
from alongside.booths.syncing import reading, versions
from alongside.booths.syncing.compacting import Busy
from alongside.events.delivery import deliver_all

pytestmark = pytest.mark.django_db
GOAL = "Fourteen players fed by 8:30"


class Page:
    """A device that writes into the page's document; what it changed is kept as the server would."""

    def __init__(self, booth, by):
        self.booth, self.by, self.doc, self.changes = booth, by, Doc(), []
        self.goal = self.doc.get("goal", type=Text)
        self.notes = self.doc.get("notes", type=XmlFragment)
        self.sketch = self.doc.get("sketch", type=Map)
        for part in booth.updates.order_by("id").values_list("data", flat=True):
            self.doc.apply_update(bytes(part))
        self.doc.observe(lambda event: self.changes.append(event.update))

    def keep(self) -> "Page":
        for data in self.changes:
            Update.objects.create(booth=self.booth, by=self.by, data=data)
        self.changes.clear()
        return self

    def fill(self) -> "Page":
        self.notes.children.append(XmlElement("paragraph", None, [XmlText("Milo cannot have nuts")]))
        self.sketch["1-1"] = {"kind": "text", "words": "The door", "side": "yours"}
        return self.keep()

    def empty(self) -> "Page":
        self.goal.clear()
        del self.notes.children[0]
        del self.sketch["1-1"]
        return self.keep()


@pytest.fixture
def page(booth, guest):
    """Ryan's phone, with something on the page."""
    return Page(booth, guest.guest).fill()


def stands(booth, version=None) -> tuple:
    """What is on the page, or was in a version."""
    found = reading.read(booth, version)
    return found.goal, len(found.notes), len(found.sketch)


def test_either_side_keeps_the_page_under_a_name(booth, at, member, guest, page):
    kept = guest.tell(at("versions/keep"), once="v1", name=" Before  the baker called ")
    assert kept.status_code == 201 and kept.data["name"] == "Before the baker called"
    page.goal += ", and a song"
    page.keep()
    assert member.tell(at("versions/keep"), once="v2").status_code == 201
    told = member.read(at("versions")).data["versions"]
    assert told == guest.read(at("versions")).data["versions"]
    assert [(each["why"], each["name"], each["by"]) for each in told] == [
        (KEPT, "", booth.participants.get(is_guest=False).id), (KEPT, "Before the baker called", guest.guest.id)]
    assert stands(booth, kept.data["id"]) == (GOAL, 1, 1)


def test_the_same_page_kept_twice_is_one_version_with_its_first_name(at, member, guest, page):
    first = guest.tell(at("versions/keep"), name="").data
    assert member.tell(at("versions/keep"), name="Sunday").data == {"id": first["id"], "name": "Sunday"}
    assert guest.tell(at("versions/keep"), name="Monday").data == {"id": first["id"], "name": "Sunday"}


def test_what_a_guest_took_out_comes_back(booth, at, member, guest, page):
    """All of it: goal, notes and sketch; and what stood there when it came back can be had again, too."""
    version = member.tell(at("versions/keep"), name="Whole").data["id"]
    page.empty()
    page.goal += "Nothing here"
    page.keep()
    assert stands(booth) == ("Nothing here", 0, 0)
    before = member.tell(at("versions/keep"), once="v2", why=RETURNED)
    assert before.status_code == 200
    assert stands(booth, before.data["id"]) == ("Nothing here", 0, 0)
    assert stands(booth, version) == (GOAL, 1, 1)
    assert [each["why"] for each in member.read(at("versions")).data["versions"]] == [RETURNED, KEPT]
    old = Doc()
    old.apply_update(member.get(at(f"versions/{version}")).content)
    assert str(old.get("goal", type=Text)) == GOAL, "What a page lays over the page is all there."


def test_an_empty_page_cannot_be_kept_and_nothing_is_lost_by_laying_over_it(lena, member):
    blank = Booth.open(by=lena.person)
    assert member.tell(f"/booths/{blank.code}/versions/keep").status_code == 400
    assert member.tell(f"/booths/{blank.code}/versions/keep", why=RETURNED).data == {"id": None}


def test_a_page_that_cannot_be_kept_just_now_is_not_laid_over(at, member, page, monkeypatch):
    def busy(*_args, **_kwargs):
        raise Busy

    monkeypatch.setattr(versions, "keep", busy)
    answer = member.tell(at("versions/keep"), why=RETURNED)
    assert answer.status_code == 503 and "stands as it was" in answer.data["detail"]


def test_nobody_fills_the_shelf_of_versions(booth, at, guest, page, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_BY_HAND", 1)
    assert guest.tell(at("versions/keep")).status_code == 201
    page.goal += "!"
    page.keep()
    assert guest.tell(at("versions/keep")).status_code == 409
    assert guest.tell(at("versions/keep"), why=RETURNED).status_code == 200
    assert Snapshot.objects.filter(booth=booth, why=SAVED).exists(), "What is laid over is kept all the same."


@pytest.mark.parametrize("body", [{"why": "ended"}, {"why": "tidied"}, {"name": "x" * 81}, {"by": 1}, {"name": 5}])
def test_nonsense_keeps_nothing(booth, at, guest, page, body):
    assert guest.tell(at("versions/keep"), **body).status_code == 400
    assert not booth.snapshots.exists()


def test_versions_are_kept_by_those_who_may_write(booth, at, come_in, guest, page, lena, joe):
    assert come_in("Austin", role=VIEW).tell(at("versions/keep")).status_code == 403
    other = Booth.open(by=lena.person, person=joe, goal="A loan")
    assert guest.tell(f"/booths/{other.code}/versions/keep").status_code == 404
    booth.end(by=lena.person)
    assert guest.tell(at("versions/keep")).status_code == 409
    assert not Snapshot.objects.filter(why=KEPT).exists()


def test_the_end_is_a_version(booth, at, member, guest, page):
    guest.tell(at("end"), once="x1")
    deliver_all()
    version = booth.snapshots.get()
    assert version.why == ENDED and stands(booth, version.id) == (GOAL, 1, 1)
    member.tell(at("reopen"), once="x2")
    page.empty()
    assert member.read(at("versions")).data["versions"][0]["id"] == version.id
