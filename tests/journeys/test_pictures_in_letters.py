"""A letter with pictures that lie elsewhere: left out, shown when asked, by keyboard, and without JavaScript."""

import struct
import zlib

import pytest
from playwright.sync_api import expect

from alongside.conversations.models import Conversation, Inbox
from alongside.conversations.writing import Address, receive
from alongside.lib import fetching
from alongside.lib.tests.remote import answer, remote
from alongside.lib.tests.serving import eventually, server
from tests.journeys.conftest import SCREENS

__all__ = ["remote", "server"]


def png(width: int, height: int) -> bytes:
    """A picture of one colour."""
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + b"\xd2\x69\x1e" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


@pytest.fixture
def letter(browser, monkeypatch, server, remote, cafe, ryan):
    """A letter with a picture that is there, one that is gone, and one that is gone and has words."""
    monkeypatch.setattr(fetching, "usual_gate", lambda: remote.gate)
    remote.answers["/cup.png"] = answer(png(300, 120))
    conversation = Conversation.start(inbox=Inbox.objects.get(), person=ryan, subject="Folder")
    receive(conversation, author=ryan, sender=Address(ryan.email), text="See the cup.", html=(
        f'<p>See the cup.</p><img data-remote="{remote.url("/cup.png")}" alt="the cup">'
        f'<p>And <img data-remote="{remote.url("/gone.png")}" width="80" height="40"> gone, '
        f'<img data-remote="{remote.url("/gone.png")}" alt="the saucer"> too.</p>'))
    return f"http://127.0.0.1:{server.port}/conversations/{conversation.id}"


@pytest.fixture
def opened(letter, screen, client, lena):
    """A function that opens the conversation in a browser where Lena is signed in."""
    client.force_login(lena)

    def open_letter(**more):
        page = screen(**more)
        page.context.add_cookies([{"name": name, "value": morsel.value, "url": letter.rpartition("conversations")[0]}
                                  for name, morsel in client.cookies.items()])
        page.goto(letter)
        page.get_by_text("As it was sent").click()
        return page

    return open_letter


def drawn(page):
    """The picture in the frame, once it is there."""
    cup = page.frame_locator("iframe").locator("img[alt='the cup']")
    expect(cup).to_have_js_property("naturalHeight", 120)
    return cup


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_pictures_come_when_asked_by_keyboard_and_go_again(opened, remote, scheme, width):
    page = opened(scheme=scheme, width=width)
    frame = page.frame_locator("iframe")
    frame.get_by_text("See the cup.").wait_for()
    assert frame.locator("img").count() == 0 and remote.asked == []
    steps = page.evaluate("history.length")
    page.screenshot(path=SCREENS / f"pictures-out-{scheme}.png")
    page.get_by_role("link", name="Show pictures").press("Enter")
    cup = drawn(page)
    page.screenshot(path=SCREENS / f"pictures-shown-{scheme}.png")
    assert cup.bounding_box()["height"] > 100
    eventually(lambda: len(remote.asked) == 3)
    assert page.evaluate("history.length") == steps
    assert page.get_by_role("link", name="Leave them out").evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    frame.locator("img").first.wait_for(state="detached")
    assert page.get_by_role("link", name="Show pictures").is_visible()


def test_pictures_stay_when_somebody_writes_meanwhile(opened, remote, ryan):
    page = opened()
    page.get_by_role("link", name="Show pictures").click()
    drawn(page)
    tall = page.locator("iframe").bounding_box()["height"]
    receive(Conversation.objects.get(), author=ryan, sender=Address(ryan.email), text="And the saucer.")
    page.get_by_text("And the saucer.").wait_for()
    expect(drawn(page)).to_be_visible()
    assert page.get_by_role("link", name="Leave them out").is_visible()
    assert page.locator("iframe").bounding_box()["height"] == tall
    assert [asked.split()[1] for asked in remote.asked].count("/cup.png") == 1


def test_pictures_come_without_javascript(opened, remote):
    page = opened(java_script_enabled=False)
    page.frame_locator("iframe").get_by_text("See the cup.").wait_for()
    page.get_by_role("link", name="Show pictures").click()
    assert drawn(page).bounding_box()["height"] > 100
