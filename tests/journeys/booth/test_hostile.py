"""A guest whose own browser turns on the house: refused in words or closed, while the two others go on as before."""

import base64
import itertools
import json
import re
import struct
import zlib

import pytest
from playwright.sync_api import expect

from alongside.booths.syncing.protocol import answering, changing, number, who_is_here, written_device
from alongside.booths.syncing.words import LOOKING, NO_BOOTH, NO_SEAT, TOO_MUCH, UNREADABLE
from tests.journeys.booth.sitting import goal, let_in, notes, open_booth, tab

NUMBERS = itertools.count(10)
FLOOD = 20_000  # changes of one letter each; docs/booth.md says what a million did
TOO_LARGE, CUT_OFF = 1009, 1006  # RFC 6455, 7.4.1; cut off where the close comes while the browser still sends
SOCKET = """([path, frames, flood, large]) => new Promise(done => {
    const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + path)
    const said = {opened: false, code: 0}
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
        said.opened = true
        for (const frame of frames) socket.send(Uint8Array.from(atob(frame), each => each.charCodeAt(0)))
        if (large) socket.send(new Uint8Array(large))
        for (let clock = 0; clock < flood; clock++) socket.send(letter(clock))
        if (flood) setTimeout(() => done(said), 1000)
    }
    socket.onclose = event => done(Object.assign(said, {code: event.code}))
    window.kept = socket
    function letter(clock) {
        const at = []
        for (let left = clock; ; left >>= 7) {
            if (left < 128) { at.push(left); break }
            at.push(left & 127 | 128)
        }
        const update = clock ? [1, 1, 9, ...at, 132, 9, ...before(clock), 1, 120, 0]
            : [1, 1, 9, 0, 4, 1, 4, 103, 111, 97, 108, 1, 120, 0]
        return Uint8Array.from([0, 2, update.length, ...update])
    }
    function before(clock) {
        const at = []
        for (let left = clock - 1; ; left >>= 7) {
            if (left < 128) { at.push(left); return at }
            at.push(left & 127 | 128)
        }
    }
})"""
SCRIPTED = b'<svg xmlns="http://www.w3.org/2000/svg"><script>parent.struck = window.struck = true</script></svg>'


def png(wide: int, high: int) -> bytes:
    """A black picture of so many dots; a few kilobytes, however large."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = zlib.compress(bytes((wide + 7) // 8 + 1) * high, 9)
    header = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


@pytest.fixture
def mallory(screen, link):
    """Somebody else whom the link let in."""
    return let_in(screen, link, "Mallory")


@pytest.fixture
def others(lena, ryan):
    """The two who work on; at the end no script of theirs has failed, and each still sees what the other writes."""
    failed = []
    for page in (lena, ryan):
        page.on("pageerror", lambda error: failed.append(str(error)))
    tab(ryan, "Notes")
    yield lena, ryan
    undisturbed(lena, ryan)
    assert failed == []


def undisturbed(lena, ryan) -> None:
    """Each sees what the other writes."""
    for page, other, words in ((lena, ryan, "ours"), (ryan, lena, "yours")):
        notes(page).click()
        page.keyboard.press("Control+End")
        page.keyboard.type(f"{words} {next(NUMBERS)}.")
        expect(notes(other)).to_contain_text(notes(page).inner_text()[-8:].strip(), timeout=20_000)


def strike(page, *frames: bytes, at: str = "", flood: int = 0, large: int = 0) -> dict:
    """Send from a browser what no page of ours sends; returns whether it was let in, and how it was closed."""
    path = f"/booths/{at or code_of(page)}/sync"
    return page.evaluate(SOCKET, [path, [base64.b64encode(frame).decode() for frame in frames], flood, large])


def code_of(page) -> str:
    """The code of the booth on a page."""
    return re.search(r"/booths/([^/?#]+)", page.url)[1]


def test_what_no_page_of_ours_sends(others, mallory):
    """One after the other, by one guest: each is refused, and the others never notice."""
    lena, ryan = others
    for frame in (b"", b"\x00\x02\xff", b"\xff" * 30, b"\x01\xff\xff", changing(b"\xff" * 40),
                  answering(b"\x01\x01\x05")):
        assert strike(mallory, frame) == {"opened": True, "code": UNREADABLE}, frame
    undisturbed(lena, ryan)
    assert strike(mallory, large=100 * 1024 * 1024)["code"] in (TOO_LARGE, CUT_OFF)
    too_long = changing(b"\x01\x01\x09\x00\x04\x01\x04goal" + number(2**21) + b"x" * 2**21 + b"\x00")
    assert strike(mallory, too_long)["code"] == TOO_MUCH
    undisturbed(lena, ryan)

    here = json.dumps({"user": {"name": "Staff ✓", "staff": True, "color": "#000"}, "name": "Staff ✓"})
    frame = base64.b64encode(who_is_here([written_device(77, 1, here)])).decode()
    mallory.evaluate("([source, sent]) => { eval(source)(sent) }",
                     [SOCKET, [f"/booths/{code_of(mallory)}/sync", [frame], 0, 0]])
    expect(lena.get_by_text("Mallory").first).to_be_attached()
    undisturbed(lena, ryan)
    for page in others:
        assert "Staff ✓" not in page.content()

    assert strike(mallory, flood=FLOOD)["opened"]
    undisturbed(lena, ryan)
    expect(goal(lena)).to_have_value(re.compile("x{1000}"), timeout=60_000)
    mallory.evaluate("window.kept.close()")


def test_another_booths_page(others, mallory, demo_house, screen, come_in_as):
    lena = screen()
    come_in_as(lena, demo_house, "lena@marketstreet.example")
    open_booth(lena, demo_house)
    for elsewhere in (code_of(lena), "nowhere-at-all"):
        struck = strike(mallory, at=elsewhere)
        assert struck["code"] in (NO_SEAT, NO_BOOTH, CUT_OFF)
    assert mallory.goto(lena.url).status in (200, 404)
    assert "/join" in mallory.url or mallory.locator(".notes").count() == 0


def test_a_link_that_was_taken_back_and_a_clock_set_back(others, demo_house, screen):
    lena, _ryan = others
    inviting = lena.context.new_page()
    inviting.goto(f"{lena.url}/inviting")
    inviting.get_by_role("button", name="Make the link").click()
    link = demo_house.url + re.sub(r"^https?://[^/]+", "", inviting.locator(".secret code").inner_text())
    late = let_in(screen, link, "Late")
    inviting.reload()
    inviting.get_by_role("button", name=f"Take it back: the link …{link[-4:]}").click()
    inviting.get_by_text("Nobody comes in by that link any more").wait_for()
    inviting.close()
    expect(late.locator(".goal-words:not([readonly])")).to_have_count(0, timeout=10_000)
    late.clock.set_fixed_time("2020-01-01T08:00:00")
    assert strike(late, at=code_of(lena))["code"] in (NO_SEAT, LOOKING, CUT_OFF)
    late.goto(link)
    late.get_by_text("This link was taken back").wait_for()


def test_a_drawing_with_a_script_and_a_picture_of_two_hundred_megapixels(others, mallory):
    lena, _ryan = others
    tab(mallory, "Talk")
    files = mallory.locator(".files-pane input[type=file]")
    files.set_input_files({"name": "drawing.svg", "mimeType": "image/svg+xml", "buffer": SCRIPTED})
    laid = lena.get_by_role("link", name="drawing.svg")
    expect(laid).to_be_visible(timeout=15_000)
    address = laid.get_attribute("href")
    answer = lena.request.get(lena.url.partition("/booths")[0] + address)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not lena.evaluate("window.struck")

    tab(mallory, "Notes")
    for picture, words in (
            ({"name": "drawing.svg", "mimeType": "image/svg+xml", "buffer": SCRIPTED}, re.compile("picture")),
            ({"name": "wall.png", "mimeType": "image/png", "buffer": png(20_000, 10_000)}, "200 megapixels")):
        with mallory.expect_file_chooser() as chooser:
            mallory.get_by_role("button", name="Picture", exact=True).click()
        chooser.value.set_files(picture)
        expect(mallory.get_by_text(words).first).to_be_visible(timeout=15_000)
        assert mallory.locator(".notes img").count() == 0
