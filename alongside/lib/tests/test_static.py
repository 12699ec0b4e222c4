"""Static files: named by their content, kept for a year, and never another file than asked for."""

import asyncio
import gzip
import os

import pytest
from django.templatetags.static import static

from alongside.lib.static import SHELF, Shelf, Static


@pytest.fixture
def folder(tmp_path, settings, monkeypatch):
    """A folder of static files, looked at alone, and afresh each time."""
    settings.STATICFILES_DIRS = [tmp_path]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "alongside.lib.static.HashedStorage"}}
    from django.contrib.staticfiles import finders

    finders.get_finder.cache_clear()
    monkeypatch.setattr("alongside.lib.static.LOOK_SECONDS", -1.0)
    monkeypatch.setattr(SHELF, "_assets", {})
    yield tmp_path
    finders.get_finder.cache_clear()


def fetch(address: str, method="GET", **headers):
    messages = []

    async def send(message):
        messages.append(message)

    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": address, "headers": pairs}
    asyncio.run(Static()(scope, None, send))
    told = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return messages[0]["status"], told, b"".join(message["body"] for message in messages[1:])


def test_the_address_names_the_content_and_is_kept(folder):
    (folder / "a.js").write_text("let a = 1")
    address = static("a.js")
    assert address.startswith("/static/a.") and len(address) == len("/static/a.123456789012.js")
    status, headers, body = fetch(address)
    assert (status, body) == (200, b"let a = 1")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-type"] == "text/javascript; charset=utf-8"
    assert headers["x-content-type-options"] == "nosniff"


def test_what_was_packed_at_the_build_is_sent_to_who_can_unpack_it(folder):
    (folder / "a.js").write_text("let a = 1")
    (folder / "a.js.br").write_bytes(b"as small as it gets")
    for accepted, coding in (("gzip, deflate, br", "br"), ("gzip, br;q=0", "gzip"), ("gzip;q=1.0", "gzip"), ("", None)):
        _status, headers, body = fetch(static("a.js"), accept_encoding=accepted)
        assert headers.get("content-encoding") == coding and headers["vary"] == "accept-encoding"
        assert int(headers["content-length"]) == len(body)
    _status, _headers, body = fetch(static("a.js"), accept_encoding="br")
    assert body == b"as small as it gets"


def test_what_was_packed_before_the_file_changed_is_never_sent(folder):
    (folder / "a.js.br").write_bytes(b"older")
    (folder / "a.js").write_text("let a = 2")
    os.utime(folder / "a.js.br", (1, 1))
    _status, headers, body = fetch(static("a.js"), accept_encoding="br, gzip")
    assert headers["content-encoding"] == "gzip" and gzip.decompress(body) == b"let a = 2"


def test_a_plain_or_an_old_address_gives_what_is_there_now_and_is_not_kept(folder):
    (folder / "a.js").write_text("let a = 1")
    for address in ("/static/a.js", "/static/a.000000000000.js"):
        status, headers, body = fetch(address)
        assert (status, body) == (200, b"let a = 1")
        assert headers["cache-control"] == "no-cache"


def test_changed_content_has_a_new_address(folder):
    (folder / "a.js").write_text("let a = 1")
    before = static("a.js")
    (folder / "a.js").write_text("let a = 2")
    import os

    os.utime(folder / "a.js", (1, 1))
    assert static("a.js") != before
    assert fetch(static("a.js"))[2] == b"let a = 2"


def test_stylesheets_point_at_the_content_of_what_they_name(folder):
    (folder / "css").mkdir()
    (folder / "faces").mkdir()
    (folder / "faces" / "a.woff2").write_bytes(b"font")
    (folder / "css" / "more.css").write_text("p{}")
    (folder / "css" / "main.css").write_text(
        '@import "more.css"; a{src:url("../faces/a.woff2")} b{background:url(data:x)} c{background:url(missing.png)}'
    )
    body = fetch(static("css/main.css"))[2].decode()
    assert SHELF.find("faces/a.woff2").hashed.removeprefix("faces/") in body
    assert SHELF.find("css/more.css").hashed.removeprefix("css/") in body
    assert "url(data:x)" in body
    assert "url(missing.png)" in body


def test_stylesheets_that_import_each_other_are_served(folder):
    (folder / "a.css").write_text('@import "b.css";')
    (folder / "b.css").write_text('@import "a.css";')
    assert fetch(static("a.css"))[0] == 200


def test_text_is_packed_for_whoever_can_unpack(folder):
    (folder / "a.css").write_text("p{color:red}" * 100)
    _, headers, body = fetch("/static/a.css", accept_encoding="gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == b"p{color:red}" * 100
    assert "content-encoding" not in fetch("/static/a.css")[1]


def test_what_the_browser_has_is_not_sent_again(folder):
    (folder / "a.css").write_text("p{}")
    etag = fetch("/static/a.css")[1]["etag"]
    status, _, body = fetch("/static/a.css", if_none_match=etag)
    assert (status, body) == (304, b"")


@pytest.mark.parametrize("address", ["../secret.txt", "/etc/passwd", "a/../../secret.txt", "", ".", "nul\0"])
def test_nothing_outside_is_served(folder, address):
    (folder.parent / "secret.txt").write_text("secret")
    assert fetch(f"/static/{address}")[0] == 404
    assert Shelf().find(address) is None


def test_an_address_can_only_be_read(folder):
    (folder / "a.css").write_text("p{}")
    assert fetch("/static/a.css", method="POST")[0] == 404
