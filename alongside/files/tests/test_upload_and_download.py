"""Files through the real server: taken in, handed out to whom they are for, and never run by a browser."""

import hashlib
import json

import pytest

from alongside.files.models import File
from alongside.files.models.blob import PIECE
from alongside.lib.principal import Principal

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 2000
BOUNDARY = "----form"


def form(name: str, content: bytes, kind: str = "application/octet-stream", field: str = "file") -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    return f"{head}Content-Type: {kind}\r\n\r\n".encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


@pytest.fixture
def upload(server, cookie):
    """A function that uploads as a member's browser does and returns the answer."""

    def send(member, body: bytes, token: bool = True, **more):
        cookies = cookie(member) if member else ""
        secret = "a" * 32
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        headers = {"Cookie": f"{cookies}; csrftoken={secret}", "Content-Type": kind}
        if token:
            headers["X-CSRFToken"] = secret
        return server.ask("POST", "/uploads", body, **headers, Accept="application/json", **more)

    return send


def test_what_is_uploaded_comes_back(server, upload, cookie, lena):
    answer = upload(lena, form("../smile.png", PNG, "text/html"))
    assert answer.status == 201, answer.text
    told = answer.json
    assert (told["name"], told["size"], told["content_type"]) == ("smile.png", len(PNG), "image/png")
    file = File.objects.get(id=told["id"])
    assert (file.by_id, file.sha256) == (lena.person_id, hashlib.sha256(PNG).hexdigest())
    back = server.get(told["url"], Cookie=cookie(lena))
    assert back.status == 200
    assert back.body == PNG


def test_a_form_without_a_file_says_so(upload, lena):
    answer = upload(lena, form("x.txt", b"hello", field="other"))
    assert answer.status == 400
    assert "no file" in answer.json["detail"]


def test_too_large_says_how_large_it_may_be(upload, lena, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    answer = upload(lena, form("x.bin", b"x" * (1024 * 1024 + 70 * 1024)))
    assert answer.status == 413
    assert "1 megabyte" in answer.json["detail"]
    just_over = upload(lena, form("x.bin", b"x" * (1024 * 1024 + 10)))
    assert just_over.status == 413
    assert File.objects.count() == 0


def test_another_site_cannot_upload(upload, lena):
    assert upload(lena, form("x.txt", b"hello"), token=False).status == 403
    assert upload(lena, form("x.txt", b"hello"), Origin="https://elsewhere.example").status == 403
    assert File.objects.count() == 0


def test_nobody_cannot_upload(upload):
    answer = upload(None, form("x.txt", b"hello"))
    assert (answer.status, answer.headers["content-type"]) == (401, "application/problem+json")
    assert "Sign in" in answer.json["detail"]
    assert File.objects.count() == 0


@pytest.fixture
def link(lena):
    """A function that keeps content and returns Lena's link to it."""

    def keep(content: bytes, name: str = "x.bin", kind: str = ""):
        file = File.keep(content, name=name, content_type=kind)
        return file.link(lena.principal("any"))

    return keep


def test_a_download_is_an_attachment_that_nothing_runs(server, link, cookie, lena):
    page = link(b"<script>alert(1)</script>", "page.html", "text/html")
    for path in (page, f"{page}?preview=1"):
        answer = server.get(path, Cookie=cookie(lena))
        assert answer.status == 200
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert "script" not in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [(PNG, "a.png", "image/png"), (b"a;b\n", "list.csv", "text/plain; charset=utf-8")],
)
def test_pictures_and_text_can_be_shown_in_place(server, link, cookie, lena, content, name, kind):
    path = link(content, name)
    shown = server.get(f"{path}?preview=1", Cookie=cookie(lena))
    assert shown.headers["content-type"] == kind
    assert shown.headers["content-disposition"].startswith("inline;")
    assert "sandbox" in shown.headers["content-security-policy"]
    assert server.get(path, Cookie=cookie(lena)).headers["content-disposition"].startswith("attachment;")


def test_a_link_is_for_its_reader_only(server, link, cookie, lena, dishwasher, client):
    path = link(b"for Lena")
    assert server.get(path).status == 404
    assert server.get(path, Cookie=cookie(dishwasher)).status == 404
    client.logout()
    assert server.get(path, Cookie=cookie(lena)).body == b"for Lena"
    assert server.get("/files/made-up", Cookie=cookie(lena)).status == 404


def test_a_link_that_is_over_says_so_to_its_reader(server, cookie, lena):
    file = File.keep(b"old", name="old.txt")
    answer = server.get(file.link(lena.principal("any"), minutes=-120), Cookie=cookie(lena))
    assert answer.status == 410
    assert "load that again" in answer.text


def test_a_file_that_went_is_not_found(server, link, cookie, lena):
    path = link(b"gone")
    File.objects.all().delete()
    assert server.get(path, Cookie=cookie(lena)).status == 404


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [
        ("bytes=0-9", 0, 10),
        (f"bytes={PIECE - 3}-{PIECE + 3}", PIECE - 3, PIECE + 4),
        (f"bytes={2 * PIECE}-", 2 * PIECE, None),
        ("bytes=-5", -5, None),
        ("bytes=10-99999999", 10, None),
    ],
)
def test_a_part_can_be_asked_for(server, link, cookie, lena, asked, begin, end):
    content = bytes(n % 251 for n in range(2 * PIECE + 1000))
    answer = server.get(link(content), Cookie=cookie(lena), Range=asked)
    assert answer.status == 206
    assert answer.body == content[begin:end]
    assert answer.headers["content-range"].endswith(f"/{len(content)}")


def test_a_part_that_is_not_there_is_refused(server, link, cookie, lena):
    assert server.get(link(b"short"), Cookie=cookie(lena), Range="bytes=5-").status == 416


def test_what_is_still_the_same_is_not_sent_again(server, link, cookie, lena):
    path = link(b"the same")
    first = server.get(path, Cookie=cookie(lena))
    again = server.get(path, Cookie=cookie(lena), If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_only_the_head_can_be_asked_for(server, link, cookie, lena):
    answer = server.ask("HEAD", link(b"12345"), Cookie=cookie(lena))
    assert (answer.status, answer.headers["content-length"], answer.body) == (200, "5", b"")


def test_an_empty_file_is_handed_out(server, link, cookie, lena):
    answer = server.get(link(b""), Cookie=cookie(lena))
    assert (answer.status, answer.body) == (200, b"")


def test_any_other_server_sends_the_same(signed_in, lena):
    content = b"x" * (PIECE + 5)
    path = File.keep(content, name="x.bin").link(lena.principal("any"))
    answer = signed_in(lena).get(path)
    assert b"".join(answer.streaming_content) == content


def test_what_a_page_is_told_of_a_file(lena):
    from alongside.files.views import described

    about = described(File.keep(PNG, name="a.png"), Principal("member", lena.person_id, lena.id))
    assert json.loads(json.dumps(about)) == about
    assert about["preview_url"] == about["thumb"] == about["url"] + "?preview=1"
