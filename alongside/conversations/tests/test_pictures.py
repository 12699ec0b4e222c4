"""Pictures that lie elsewhere: none before somebody asks, then through us, for the one who asked, and only pictures."""

import html
import re
import threading

import pytest
from django.core import signing
from django.test import Client

from alongside.conversations import pictures
from alongside.conversations.models import Message
from alongside.conversations.tests.conftest import writes
from alongside.lib import fetching
from alongside.lib.mail.hypertext import clean
from alongside.lib.tests.remote import answer, remote
from alongside.lib.tests.serving import cookie, eventually, server

__all__ = ["cookie", "remote", "server"]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
KINDS = {
    "image/png": PNG, "image/jpeg": b"\xff\xd8\xff\xe0" + b"0" * 40, "image/gif": b"GIF89a" + b"0" * 40,
    "image/webp": b"RIFF0000WEBPVP8 " + b"0" * 40,
}  # fmt: skip
OTHERS = [b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", b"<?xml version='1.0'?><svg/>",
          b"<html><script>alert(1)</script></html>", b"%PDF-1.7", b"BM0000", b"", b"hello"]


@pytest.fixture(autouse=True)
def _way_out(remote, monkeypatch):
    """Everything that is fetched comes from the test's own server."""
    monkeypatch.setattr(fetching, "usual_gate", lambda: remote.gate)


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


def sends(conversation, person, *tags) -> Message:
    """A letter in HTML with these pictures from elsewhere."""
    writes(conversation, person, text="See", html="".join(["<p>Hello</p>", *tags]))
    return Message.objects.exclude(html="").order_by("-id").first()


def picture_at(url: str, alt="") -> str:
    """A picture from elsewhere, as the cleaner leaves it."""
    return f'<img data-remote="{html.escape(url)}" alt="{html.escape(alt)}">'


def shown(browser, message) -> list[str]:
    """The addresses of the pictures in a letter that is shown with them."""
    page = browser.get(f"/messages/{message.id}/body?pictures").content.decode()
    return [html.unescape(each) for each in re.findall(r'<img src="([^"]+)"', page)]


def test_nothing_is_fetched_before_somebody_asks(desk, folder, ryan, remote):
    message = sends(folder, ryan, picture_at(remote.url("/p.gif")))
    page = desk.get(f"/conversations/{folder.id}").content.decode()
    assert "Pictures were left out." in page and "Show pictures" in page and "may see that you looked" in page
    link = re.search(r'<a [^>]*href="([^"]+)" target="([^"]+)"[^>]*>Show pictures', page)
    frame = re.search(r"<iframe[^>]*>", page)[0]
    assert link[1] == f"/messages/{message.id}/body?pictures" and f'name="{link[2]}"' in frame
    body = desk.get(f"/messages/{message.id}/body")
    assert "pictures" not in body.content.decode() and "img-src data:;" in body["Content-Security-Policy"]
    desk.get(link[1])
    assert remote.asked == []


def test_a_letter_without_pictures_from_elsewhere_says_nothing_of_them(desk, folder, ryan):
    message = sends(folder, ryan)
    assert "Show pictures" not in desk.get(f"/conversations/{folder.id}").content.decode()
    assert "img-src data:;" in desk.get(f"/messages/{message.id}/body?pictures")["Content-Security-Policy"]


def test_who_asks_gets_the_letter_with_pictures_from_us_alone(desk, folder, ryan, remote):
    own = '<img src="data:image/gif;base64,AA">'
    message = sends(folder, ryan, picture_at(remote.url("/a.png?x=1&y=2"), 'the "cup"'), own)
    body = desk.get(f"/messages/{message.id}/body?pictures")
    ours, policy = shown(desk, message)[0], body["Content-Security-Policy"]
    assert ours.startswith(f"/messages/{message.id}/pictures/") and 'alt="the &quot;cup&quot;"' in body.content.decode()
    assert remote.called not in body.content.decode()
    assert f"img-src data: http://testserver/messages/{message.id}/pictures/;" in policy
    assert policy.startswith("sandbox") and "default-src 'none'" in policy and "allow-same-origin" not in policy
    remote.answers["/a.png?x=1&y=2"] = answer(PNG, Content_Type="text/html")
    picture = desk.get(ours)
    assert (picture.status_code, picture.content, picture["Content-Type"]) == (200, PNG, "image/png")
    assert picture["Cache-Control"].startswith("private, max-age=") and picture["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in picture["Content-Security-Policy"] and "cookie" not in remote.asked[0].lower()


def test_a_link_that_leads_here_from_elsewhere_shows_no_pictures(desk, folder, ryan, remote):
    message = sends(folder, ryan, picture_at(remote.url("/p.gif")))
    for site in ("cross-site", "same-site", "none"):
        body = desk.get(f"/messages/{message.id}/body?pictures", headers={"Sec-Fetch-Site": site})
        assert body.status_code == 200 and "/pictures/" not in body.content.decode()


def test_nothing_else_in_a_letter_loads_from_elsewhere(desk, folder, ryan, remote):
    spy = remote.url("/spy")
    message = sends(folder, ryan, clean(
        f'<body background="{spy}"><link rel="stylesheet" href="{spy}"><style>@import "{spy}";</style>'
        f'<p style="background: url({spy}); color: red">x</p><table background="{spy}"><tr><td>y</td></tr></table>'
        f'<img src="{spy}" srcset="{spy} 2x" style="content: url({spy})"><picture><source srcset="{spy}"></picture>'
        f'<video poster="{spy}"></video><svg><image href="{spy}"/></svg><input type="image" src="{spy}">'
        f'<img src="//{remote.called}/x"><img src="data:image/svg+xml;base64,AA"><iframe src="{spy}"></iframe>', {}))
    for path in ("body", "body?pictures"):
        html = desk.get(f"/messages/{message.id}/{path}").content.decode()
        assert remote.called not in html and "svg" not in html and "url(" not in html
    assert len([ours for ours in shown(desk, message) if ours.startswith("/messages/")]) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_one_by_its_bytes(desk, folder, ryan, remote, kind):
    message = sends(folder, ryan, picture_at(remote.url("/p")))
    remote.answers["/p"] = answer(KINDS[kind], Content_Type="application/octet-stream")
    picture = desk.get(shown(desk, message)[0])
    assert (picture.status_code, picture["Content-Type"]) == (200, kind)


@pytest.mark.parametrize("content", OTHERS)
def test_what_is_no_picture_is_not_handed_on(desk, folder, ryan, remote, content):
    message = sends(folder, ryan, picture_at(remote.url("/p")))
    remote.answers["/p"] = answer(content, Content_Type="image/png")
    missing = desk.get(shown(desk, message)[0])
    assert (missing.status_code, missing.content) == (424, pictures.NOT_HERE)
    assert "no-store" in missing["Cache-Control"] and "script" not in missing.content.decode()


def test_what_cannot_be_fetched_leaves_its_words_or_a_drawing(desk, folder, ryan, remote, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_BYTES", 60)
    monkeypatch.setattr(pictures, "SECONDS", 0.3)
    remote.answers.update({
        "/large": answer(PNG + b"0" * 60), "/packed": answer(PNG, Content_Encoding="gzip"),
        "/moved": answer(b"", "302 Found", Location=remote.url("/ok")), "/ok": answer(PNG),
        "/silent": lambda line, done: done.wait(30),
    })
    for path in ("/large", "/packed", "/moved", "/silent", "/gone"):
        message = sends(folder, ryan, picture_at(remote.url(path)), picture_at(remote.url(path), "the cup"))
        drawn, told = (desk.get(ours) for ours in shown(desk, message))
        assert (drawn.status_code, drawn["Content-Type"], drawn.content) == (424, "image/svg+xml", pictures.NOT_HERE)
        assert (told.status_code, told.content) == (424, b"")
    assert not any("/ok" in asked for asked in remote.asked)


def test_a_private_address_in_a_letter_is_not_asked(desk, folder, ryan, remote, monkeypatch):
    monkeypatch.undo()
    message = sends(folder, ryan, picture_at("http://127.0.0.1/p.png"), picture_at("http://169.254.169.254/latest"),
                    picture_at(remote.url("/p.png")))
    assert [desk.get(ours).status_code for ours in shown(desk, message)] == [424] * 3
    assert remote.asked == []


def test_only_so_many_pictures_of_a_letter_are_shown(desk, folder, ryan, remote):
    message = sends(folder, ryan, *[picture_at(remote.url(f"/{n}"), f"w{n}") for n in range(pictures.MOST_SHOWN + 2)])
    assert len(shown(desk, message)) == pictures.MOST_SHOWN
    assert "w101" in desk.get(f"/messages/{message.id}/body?pictures").content.decode()


def test_a_frame_without_cookies_gets_them_and_other_members_do_not(desk, folder, ryan, remote, dishwasher, teller):
    message = sends(folder, ryan, picture_at(remote.url("/p.png")))
    remote.answers["/p.png"] = answer(PNG)
    ours = shown(desk, message)[0]
    assert Client().get(ours).status_code == 200
    for member in (dishwasher, teller):
        other = Client()
        other.force_login(member)
        assert other.get(ours).status_code == 404
    assert len(remote.asked) == 1


def test_an_address_dies_with_the_sight_of_the_letter(desk, folder, ryan, remote, lena, counter_team):
    message = sends(folder, ryan, picture_at(remote.url("/p.png")))
    remote.answers["/p.png"] = answer(PNG)
    ours = shown(desk, message)[0]
    folder.inbox.teams.clear()
    assert Client().get(ours).status_code == 404
    folder.inbox.teams.add(counter_team)
    assert Client().get(ours).status_code == 200
    type(lena).objects.filter(pk=lena.pk).update(is_active=False)
    assert Client().get(ours).status_code == 404


def test_an_address_is_over_after_a_while(desk, folder, ryan, remote, monkeypatch):
    message = sends(folder, ryan, picture_at(remote.url("/p.png")))
    ours = shown(desk, message)[0]
    monkeypatch.setattr(pictures, "GOOD_FOR", -1)
    assert desk.get(ours).status_code == 404
    assert remote.asked == []


def test_no_address_but_ours_is_answered(desk, folder, ryan, remote, lena):
    message = sends(folder, ryan, picture_at(remote.url("/p.png")))
    other = sends(folder, ryan, picture_at(remote.url("/q.png")))
    token = shown(desk, message)[0].rpartition("/")[2]
    flipped = token[:-1] + ("A" if token[-1] != "A" else "B")
    mark = signing.loads(token, salt=pictures.SALT)[2]
    foreign = signing.dumps([message.id, 0, "0" * 32, lena.id], salt=pictures.SALT)
    beyond = signing.dumps([message.id, 7, mark, lena.id], salt=pictures.SALT)
    elsewhere = signing.dumps([message.id, 0, mark, lena.id], salt="something else")
    for bad in (flipped, token[1:], token.swapcase(), "x", f"{token}x", foreign, beyond, elsewhere, "a:b:c"):
        assert desk.get(f"/messages/{message.id}/pictures/{bad}").status_code == 404, bad
    assert desk.get(f"/messages/{other.id}/pictures/{token}").status_code == 404
    assert desk.get(f"/messages/999999999/pictures/{token}").status_code == 404
    assert remote.asked == []


def test_who_must_wait_too_long_gets_none(desk, folder, ryan, remote, monkeypatch):
    message = sends(folder, ryan, picture_at(remote.url("/p.png")))
    remote.answers["/p.png"] = answer(PNG)
    ours = shown(desk, message)[0]
    monkeypatch.setattr(pictures, "MOST_WAITING", 0)
    assert desk.get(ours).status_code == 424
    monkeypatch.undo()
    monkeypatch.setattr(fetching, "usual_gate", lambda: remote.gate)
    monkeypatch.setattr(pictures, "PATIENCE", -1)
    assert desk.get(ours).status_code == 424
    assert remote.asked == []


def test_a_silent_server_holds_up_no_page(server, cookie, cafe, folder, ryan, lena, remote):
    """As many pictures as could take every thread of the pages, from a server that says nothing."""
    message = sends(folder, ryan, *[picture_at(remote.url(f"/{n}")) for n in range(12)], picture_at(remote.url("/ok")))
    remote.answers.update({f"/{n}": lambda line, done: done.wait(30) for n in range(12)}, **{"/ok": answer(PNG)})
    mine = cookie(lena)
    page = server.get(f"/messages/{message.id}/body?pictures", Cookie=mine).text
    ours = [html.unescape(each) for each in re.findall(r'<img src="([^"]+)"', page)]
    got = []
    askers = [threading.Thread(target=lambda each=each: got.append(server.get(each).status)) for each in ours[:12]]
    for asker in askers:
        asker.start()
    eventually(lambda: len(remote.asked) == 8)
    assert server.get(f"/messages/{message.id}/body", Cookie=mine).status == 200
    assert got == []
    remote.done.set()
    for asker in askers:
        asker.join(30)
    assert got == [424] * 12
    picture = server.get(ours[12])
    assert (picture.status, picture.body, picture.headers["content-type"]) == (200, PNG, "image/png")
    assert picture.headers["cache-control"].startswith("private")
