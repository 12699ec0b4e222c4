"""The pages that we shared, on the person's own page: read, taken along, gone on with years later, and in the copy."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone
from pycrdt import Doc, Map, Text, XmlElement, XmlFragment, XmlText

from alongside.booths.models import (
    REACHED,
    Booth,
    BoothFile,
    BoothLink,
    BroughtLesson,
    ChatLine,
    Ending,
    Participant,
    Step,
    Update,
)
from alongside.files.models import File
from alongside.lib.principal import Principal
from alongside.people.merging import merge
from alongside.people.models import Person
from alongside.portal import page

GOAL = "Fourteen players fed by 8:30"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")


@pytest.fixture
def booth(db, lena, ryan):
    """A page that Lena and Ryan ended four years ago, with something of everything on it."""
    booth = Booth.open(by=lena.person, person=ryan, goal=GOAL)
    ours = Participant.sit_down(booth, lena)
    guest, _session = Participant.join(BoothLink.make(booth, by=lena.person)[0], "Ry")
    Step.add(booth, "Bake thirty", by=ours, whose="ours").tick(by=ours)
    Step.add(booth, "Say where to park", by=guest, whose="yours")
    ChatLine.say(booth, "See you <there>", by=guest)
    Ending.say(booth, REACHED, "Milo got his", by=guest)
    BroughtLesson.bring(booth, title="Flat white", by=ours, parts=[{"title": "Grind", "amounts": [["18 g", "beans"]]}])
    BoothFile.lay(booth, File.keep(b"who eats what", name="list.txt"), by=guest)
    door = BoothFile.lay(booth, File.keep(PNG, name="door.png"), by=guest, in_page=True)
    _write(booth, guest, door)
    booth.end(by=lena.person)
    ago = timezone.now() - timedelta(days=4 * 365)
    Booth.objects.filter(pk=booth.pk).update(opened_at=ago, touched_at=ago, ended_at=ago)
    return booth


def _write(booth, by, picture) -> None:
    document, changes = Doc(), []
    document.observe(lambda event: changes.append(event.update))
    notes = document.get("notes", type=XmlFragment)
    words = XmlText("Milo <script>cannot</script> have nuts")
    notes.children.append(XmlElement("heading", {"level": 2}, [XmlText("Who")]))
    notes.children.append(XmlElement("paragraph", None, [words, XmlElement("image", {
        "src": f"booth-file:{picture.id}", "alt": "the door"})]))
    notes.children.append(XmlElement("script", None, [XmlText("alert(1)")]))
    words.format(0, 4, {"link": {"href": "javascript:alert(1)"}})
    document.get("sketch", type=Map)["1-1"] = {"kind": "text", "words": "Austin here", "side": "yours"}
    assert str(document.get("goal", type=Text)) == ""
    for data in changes:
        Update.objects.create(booth=booth, by=by, data=data)


def test_they_find_it_among_their_pages_and_read_all_of_it(at_home, ryan, booth):
    browser = at_home(ryan)
    assert f"/my/pages/{booth.code}" in browser.get("/my").content.decode()
    shown = browser.get(f"/my/pages/{booth.code}").content.decode()
    for words in (GOAL, "Bake thirty", "Say where to park", "See you &lt;there&gt;", "Milo got his", "18 g beans",
                  "Who", "&lt;script&gt;cannot", "(javascript:alert(1))", "list.txt", 'alt="the door"', "sketch.svg"):
        assert words in shown, words
    assert "<script>cannot" not in shown and 'href="javascript' not in shown


def test_they_take_it_along_in_every_form(at_home, ryan, booth):
    browser, path = at_home(ryan), f"/my/pages/{booth.code}"
    assert browser.get(f"{path}/record.pdf").content.startswith(b"%PDF-")
    assert GOAL in browser.get(f"{path}/record.md").content.decode()
    drawn = browser.get(f"{path}/sketch.svg")
    assert "Austin here" in drawn.content.decode() and drawn["Content-Disposition"].startswith("attachment")
    for laid in booth.enclosures.all():
        assert browser.get(f"{path}/files/{laid.id}").status_code == 200
    letter = booth.enclosures.get(in_page=False)
    BoothFile.objects.filter(pk=letter.pk).update(removed_at=timezone.now())
    assert browser.get(f"{path}/files/{letter.id}").status_code == 404


def test_they_sit_down_at_it_again_years_later(at_home, ryan, booth):
    browser = at_home(ryan)
    answer = browser.post(f"/my/pages/{booth.code}/seat")
    assert answer.status_code == 302 and answer["Location"] == f"/booths/{booth.code}"
    assert browser.get(answer["Location"]).status_code == 200
    told = browser.get(f"/booths/{booth.code}/table").json()
    assert told["you"]["side"] == "yours" and told["you"]["may_edit"] and told["booth"]["state"] == "ended"
    assert Participant.objects.get(pk=told["you"]["id"]).person == ryan
    sent = browser.post(f"/booths/{booth.code}/reopen", "{}", content_type="application/json")
    booth.refresh_from_db()
    assert sent.status_code == 200 and booth.is_open


def test_who_was_asked_out_reads_and_does_not_sit_down(at_home, ryan, booth, lena):
    guest = booth.participants.get(is_guest=True)
    guest.booth = booth
    guest.is_known_as(ryan, by=lena.person)
    guest.remove(by=lena.person)
    browser = at_home(ryan)
    answer = browser.post(f"/my/pages/{booth.code}/seat", follow=True)
    assert "You were asked out of this page" in answer.content.decode()
    assert booth.participants.count() == 2


def test_nobody_else_has_it(at_home, joe, ryan, booth, client, signed_in, lena):
    paths = [f"/my/pages/{booth.code}{rest}" for rest in (
        "", "/record.md", "/record.pdf", "/sketch.svg", f"/files/{booth.enclosures.first().id}")]
    for path in paths:
        assert at_home(joe).get(path).status_code == 404
        assert client.get(path).status_code == 302
        assert signed_in(lena).get(path).status_code == 302, "Below /my nobody is a member."
    assert at_home(joe).post(f"/my/pages/{booth.code}/seat").status_code == 404
    assert booth.code not in at_home(joe).get("/my").content.decode()


def test_it_stays_theirs_when_two_records_become_one(at_home, joe, ryan, booth, lena):
    merge(joe, ryan, by=lena.person)
    assert f"/my/pages/{booth.code}" in at_home(Person.objects.get(pk=joe.pk)).get("/my").content.decode()


def test_the_copy_holds_what_both_sides_keep(at_home, ryan, booth):
    browser = at_home(ryan)
    ready = browser.post("/my/copy")["Location"]
    packed = zipfile.ZipFile(io.BytesIO(browser.get(f"{ready}/file").getvalue()))
    words, = [name for name in packed.namelist() if name.endswith("/record.md")]
    drawn, = [name for name in packed.namelist() if name.endswith("/sketch.svg")]
    assert words.startswith("pages/") and GOAL in packed.read(words).decode() and b"Austin here" in packed.read(drawn)
    assert any(name.endswith("-list.txt") for name in packed.namelist())


def test_the_list_asks_as_little_for_many_as_for_few(ryan, booth, lena, django_assert_num_queries):
    for number in range(5):
        other = Booth.open(by=lena.person, person=ryan, goal=f"Page {number}")
        Step.add(other, "A step", by=Participant.sit_down(other, lena))
    with django_assert_num_queries(3):
        lines = page.shared(Principal(kind="person", person_id=ryan.id))
    assert len(lines) == 6 and lines[-1].booth == booth and (lines[-1].done, lines[-1].steps) == (1, 2)
