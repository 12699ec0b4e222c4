"""Files from either side: limits, labels, nothing that a browser would run, and handed out to whoever sits there."""

import json
import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.booths.models import VIEW, Booth, BoothFile, BroughtLesson, Participant, enclosure
from alongside.booths.views import files
from alongside.files.models import Blob, File, in_use
from alongside.lib.buckets import Buckets
from config.asgi import body_limit

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\x00\x00\x00"


@pytest.fixture
def bring(at):
    """A function: a browser brings a file."""

    def brought(browser, content: bytes, name: str, kind="application/octet-stream", **fields):
        given = SimpleUploadedFile(name, content, kind)
        answer = browser.post(at("files"), {"file": given, **fields}, headers={"Accept": "application/json"})
        answer.data = json.loads(answer.content)
        return answer

    return brought


def test_a_guest_brings_a_picture_and_both_see_it(at, member, guest, bring):
    answer = bring(guest, png(640, 480), "field.png", once="f1", in_page="true")
    assert answer.status_code == 201
    told = member.read(at("table?part=files")).data["files"]
    assert told == guest.read(at("table?part=files")).data["files"]
    assert (told[0]["id"], told[0]["name"], told[0]["type"], told[0]["in_page"]) == (
        answer.data["id"], "field.png", "image/png", True)
    for browser in (member, guest):
        shown = browser.get(told[0]["preview"])
        assert shown["Content-Type"] == "image/png" and shown["Content-Disposition"].startswith("inline")
        assert shown["X-Content-Type-Options"] == "nosniff" and shown.getvalue() == png(640, 480)


def test_a_member_lays_down_what_they_sent_before_and_nobody_elses(at, member, guest, lena, owner):
    own = File.keep(b"the list", name="list.txt", by=lena.person, purpose="upload")
    others = File.keep(b"another", name="other.txt", by=owner.person)
    assert member.tell(at("files"), once="f1", file=own.id).status_code == 201
    for browser, file in ((member, others), (guest, own), (guest, others)):
        assert browser.tell(at("files"), once="f2", file=file.id).status_code == 404
    assert BoothFile.objects.count() == 1


def test_one_that_was_sent_twice_lies_there_once(guest, bring):
    first, second = (bring(guest, b"crumbs", "a.txt", once="f1") for _each in range(2))
    assert first.data["id"] == second.data["id"] and BoothFile.objects.count() == File.objects.count() == 1


def test_an_svg_is_never_run_and_never_in_the_page(at, guest, bring):
    refused = bring(guest, SVG, "plan.svg", "image/svg+xml", in_page="true")
    assert refused.status_code == 400 and "PNG" in refused.data["detail"] and not File.objects.exists()
    laid = bring(guest, SVG, "plan.svg", "image/svg+xml")
    told = guest.read(at("table?part=files")).data["files"][0]
    assert laid.status_code == 201 and told["preview"] is None
    for address in (told["url"], f"{told['url']}?preview=1"):
        shown = guest.get(address)
        assert shown["Content-Disposition"].startswith("attachment") and "svg" not in shown["Content-Type"]
        assert "sandbox" in shown["Content-Security-Policy"]


@pytest.mark.parametrize(("content", "word"), [
    (png(20_000, 10_000), "megapixels"), (png(65_535, 65_535), "megapixels"), (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
])
def test_a_picture_that_no_screen_can_draw_is_refused_in_words(guest, bring, content, word):
    for fields in ({}, {"in_page": "true"}):
        answer = bring(guest, content, "huge.png", "image/png", **fields)
        assert answer.status_code == 400 and word in answer.data["detail"]
    assert not File.objects.exists() and not Blob.objects.exists()


def test_a_name_is_a_label(at, guest, bring):
    bring(guest, b"MZ", "../../etc/invoice\u202efdp.exe")
    told = guest.read(at("table?part=files")).data["files"][0]
    assert told["name"] == "invoicefdp.exe" and told["preview"] is None


def test_what_is_no_file_or_too_much_is_refused_in_words(at, guest, member, bring, settings, monkeypatch):
    nothing = guest.post(at("files"), {"once": "f1"}, headers={"Accept": "application/json"})
    assert nothing.status_code == 400 and nothing.json()["detail"]
    assert bring(guest, b"x", "a.txt", secret="1").status_code == 400
    settings.UPLOAD_LIMIT = 10
    assert bring(guest, b"x" * 11, "a.txt").status_code == 400
    monkeypatch.setattr(enclosure, "MOST_BYTES", 15)
    assert [bring(guest, b"x" * 10, "a.txt").status_code for _each in range(2)] == [201, 409]
    monkeypatch.setattr(enclosure, "MOST_FILES", 1)
    assert bring(member, b"x", "a.txt").status_code == 409
    monkeypatch.setattr(files, "GUESTS", Buckets(per_minute=1, burst=1))
    monkeypatch.setattr(enclosure, "MOST_FILES", 10)
    assert [bring(guest, b"x", "a.txt").status_code for _each in range(2)] == [201, 429]


def test_only_these_addresses_take_large_bodies(settings):
    large = {path: body_limit({"path": path}) > settings.FORM_LIMIT for path in (
        "/booths/abc/files", "/booths/abc/lines", "/booths/files", "/booths/a/b/files", "/uploads")}
    assert [path for path, is_large in large.items() if is_large] == ["/booths/abc/files", "/uploads"]


def test_a_guest_who_looks_brings_nothing(come_in, bring):
    assert bring(come_in("Austin", role=VIEW), b"x", "a.txt").status_code == 403
    assert not File.objects.exists()


def test_what_was_taken_off_is_gone_but_for_pictures_of_the_page(booth, at, member, guest, bring):
    letter = bring(guest, b"words", "a.txt").data["id"]
    picture = bring(guest, png(9, 9), "b.png", in_page="1").data["id"]
    for id in (letter, picture):
        assert member.tell(at(f"files/{id}/remove"), once=f"r{id}").status_code == 200
    assert guest.read(at("table?part=files")).data["files"] == []
    assert guest.get(at(f"files/{letter}")).status_code == 404
    assert guest.get(at(f"files/{picture}")).status_code == 200
    assert not in_use.among(File.objects.all()).exists()


def test_files_are_for_those_who_sit_there(booth, at, guest, bring, lena, joe, client):
    id = bring(guest, b"words", "a.txt").data["id"]
    other = Booth.open(by=lena.person, person=joe)
    theirs = BoothFile.lay(other, File.keep(b"loan", name="b.txt"), by=Participant.sit_down(other, lena))
    for address in (at(f"files/{theirs.id}"), f"/booths/{other.code}/files/{theirs.id}", at("files/999999")):
        assert guest.get(address).status_code == 404
    assert client.get(at(f"files/{id}")).status_code == 302
    guest.guest.remove(by=lena.person)
    assert guest.get(at(f"files/{id}")).status_code == 302


def test_pictures_of_a_lesson_are_for_those_who_sit_there(booth, at, member, guest, client, lena):
    file = File.keep(png(9, 9), name="pour.png")
    lesson = BroughtLesson.bring(booth, title="Flat white", by=Participant.sit_down(booth, lena),
                                 parts=[{"title": "Grind"}, {"title": "Pour", "file": file.id}])
    told = guest.read(at("table?part=lessons")).data["lessons"][0]["parts"]
    assert told[0]["picture"] is None
    assert guest.get(told[1]["picture"])["Content-Type"] == "image/png"
    for number in (0, 2, 99):
        assert guest.get(at(f"lessons/{lesson.id}/pictures/{number}")).status_code == 404
    assert client.get(told[1]["picture"]).status_code == 302


@pytest.mark.parametrize("content", [
    b"GIF89a" + struct.pack("<HHBBB", 20_000, 10_000, 0, 0, 0),
    b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (15_999).to_bytes(3, "little") * 2,
    b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\x00\x11\x08"
    + struct.pack(">HH", 20_000, 10_000) + b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01",
], ids=["gif", "webp", "jpeg"])
def test_two_hundred_megapixels_are_refused_in_every_kind(guest, bring, content):
    answer = bring(guest, content, "huge.png", "image/png", in_page="true")
    assert answer.status_code == 400 and "megapixels" in answer.data["detail"]
    assert not File.objects.exists()


@pytest.mark.parametrize("content", [SVG, b"<!doctype html><script>alert(1)</script>"], ids=["svg", "html"])
def test_what_calls_itself_a_picture_and_is_none_is_not_shown_as_one(at, guest, bring, content):
    assert bring(guest, content, "plan.png", "image/png", in_page="true").status_code == 400
    laid = bring(guest, content, "plan.png", "image/png")
    assert laid.status_code == 201
    shown = guest.get(at(f"files/{laid.data['id']}?preview=1"))
    assert shown["Content-Disposition"].startswith("attachment") and "sandbox" in shown["Content-Security-Policy"]
    assert shown["Content-Type"] not in ("image/svg+xml", "text/html")
