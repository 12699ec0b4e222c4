"""A letter with pictures that lie elsewhere: left out, shown when asked, by keyboard, and without JavaScript."""

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from playwright.sync_api import expect, sync_playwright

from alongside.conversations.models import Conversation
from alongside.conversations.writing import Address, receive
from alongside.lib import fetching
from alongside.lib.tests.remote import answer, remote
from alongside.lib.tests.serving import eventually, server
from tests.journeys.conftest import CHROMIUM, QUIET, SCREENS

__all__ = ["remote", "server"]


def png(width: int, height: int) -> bytes:
    """A picture of one colour."""
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + b"\xd2\x69\x1e" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def ours_to(address: str) -> str:
    """The house's own address, of one in it."""
    return address.rpartition("conversations")[0]


@pytest.fixture
def letter(monkeypatch, server, remote, cafe, ryan):
    """A letter with a picture that is there, one that is gone, and one that is gone and has words."""
    monkeypatch.setattr(fetching, "usual_gate", lambda: remote.gate)
    remote.answers["/cup.png"] = answer(png(300, 120))
    conversation = Conversation.start(inbox=cafe, person=ryan, subject="Folder")
    receive(conversation, author=ryan, sender=Address(ryan.email), text="See the cup.", html=(
        f'<p>See the cup.</p><img data-remote="{remote.url("/cup.png")}" alt="the cup">'
        f'<p>And <img data-remote="{remote.url("/gone.png")}" width="80" height="40"> gone, '
        f'<img data-remote="{remote.url("/gone.png")}" alt="the saucer"> too.</p>'))
    return f"http://127.0.0.1:{server.port}/conversations/{conversation.id}"


@pytest.fixture
def walk(letter, client, lena):
    """A function that has `story(page)` told where Lena reads the letter, in a browser and a thread of its own.

    A browser's driver leaves an event loop in its thread, beside which the tests after this one could not ask the
    database.
    """
    if CHROMIUM is None:
        pytest.skip("journeys in a real browser: apt install chromium")
    client.force_login(lena)
    cookies = [{"name": name, "value": morsel.value, "url": ours_to(letter)} for name, morsel in client.cookies.items()]

    def tell(story, faults, **more):
        with sync_playwright() as driver, driver.chromium.launch(executable_path=CHROMIUM, args=QUIET) as browser:
            context = browser.new_context(reduced_motion="reduce", **more)
            context.add_cookies(cookies)
            page = context.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
            page.goto(letter)
            page.get_by_text("As it was sent").click()
            page.frame_locator("iframe").get_by_text("See the cup.").wait_for()
            story(page)

    def walk_through(story, **more):
        faults = []
        with ThreadPoolExecutor(1) as thread:
            thread.submit(tell, story, faults, **more).result()
        assert faults == []

    return walk_through


def drawn(page):
    """The picture in the frame, once it is there."""
    cup = page.frame_locator("iframe").locator("img[alt='the cup']")
    expect(cup).to_have_js_property("naturalHeight", 120)
    return cup


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_pictures_come_when_asked_by_keyboard_and_go_again(walk, remote, scheme, width):
    def story(page):
        frame = page.frame_locator("iframe")
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

    walk(story, color_scheme=scheme, viewport={"width": width, "height": 900})


def test_pictures_stay_when_somebody_writes_meanwhile(walk, remote, ryan):
    conversation = Conversation.objects.get()

    def writes():
        receive(conversation, author=ryan, sender=Address(ryan.email), text="And the saucer.")
        connections.close_all()

    def story(page):
        page.get_by_role("link", name="Show pictures").click()
        drawn(page)
        tall = page.locator("iframe").bounding_box()["height"]
        with ThreadPoolExecutor(1) as thread:
            thread.submit(writes).result()
        page.get_by_text("And the saucer.").wait_for()
        assert drawn(page).is_visible() and page.get_by_role("link", name="Leave them out").is_visible()
        assert page.locator("iframe").bounding_box()["height"] == tall
        assert [asked.split()[1] for asked in remote.asked].count("/cup.png") == 1

    walk(story)


def test_pictures_come_without_javascript(walk):
    def story(page):
        page.get_by_role("link", name="Show pictures").click()
        assert drawn(page).bounding_box()["height"] > 100

    walk(story, java_script_enabled=False)
