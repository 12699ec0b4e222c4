"""Two people at one board: drawing, writing, pictures, moving things, by mouse, finger, pen and keys."""

import base64
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.booth.sitting import PICTURE, clean, tab


def board(page):
    """The board."""
    return page.get_by_role("group", name="The board: drawn together")


def shapes(page, kind: str = ""):
    """What lies on it, the lowest first."""
    all = board(page).locator("[data-key]")
    return all.filter(has=page.locator(f".board-{kind}")) if kind else all


def tool(page, name: str):
    """One of its tools."""
    return page.get_by_role("group", name="How to draw").get_by_role("button", name=name, exact=True)


def place(page, x: float, y: float) -> tuple[float, float]:
    """A place in the window, told as a share of the board."""
    box = board(page).bounding_box()
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def draw(page, *places: tuple[float, float], lift: bool = True) -> None:
    """A line by mouse through these places."""
    page.mouse.move(*place(page, *places[0]))
    page.mouse.down()
    for each in places[1:]:
        page.mouse.move(*place(page, *each), steps=6)
    if lift:
        page.mouse.up()


def gesture(page, *points: tuple) -> None:
    """What fingers and a pen do, as a browser tells it, as quick as a hand: (kind, name, id, place, pressure)."""
    told = []
    for kind, name, id, at, *pressure in points:
        x, y = place(page, *at)
        told.append([f"pointer{name}", {"pointerId": id, "pointerType": kind, "clientX": x, "clientY": y,
                                        "pressure": pressure[0] if pressure else 0.5}])
    board(page).evaluate("""(board, told) => told.forEach(([name, about]) => board.dispatchEvent(
        new PointerEvent(name, {bubbles: true, cancelable: true, ...about})))""", told)


@pytest.fixture
def sketching(lena, ryan):
    """Both with the board before them."""
    board(lena).scroll_into_view_if_needed()
    tab(ryan, "Sketch")
    board(ryan).wait_for()
    for page in (lena, ryan):  # a pen that a script moves cannot be held fast
        page.evaluate("Element.prototype.setPointerCapture = () => undefined")
    return lena, ryan


def test_a_line_is_seen_while_it_is_drawn_and_taken_back_by_its_own(sketching):
    lena, ryan = sketching
    draw(lena, (0.1, 0.1), (0.3, 0.2), (0.5, 0.1), lift=False)
    expect(board(ryan).locator(".board-stroke")).to_have_count(1)
    expect(shapes(ryan)).to_have_count(0)
    lena.mouse.up()
    expect(shapes(ryan)).to_have_count(1)
    expect(board(ryan).locator(".board-stroke")).to_have_count(1)
    expect(shapes(ryan)).to_have_attribute("aria-label", "A line, from Lena")
    gesture(ryan, *(("touch", name, 5, at)
                    for name, at in (("down", (0.2, 0.5)), ("move", (0.6, 0.6)), ("up", (0.6, 0.6)))))
    expect(shapes(lena)).to_have_count(2)
    tool(ryan, "Take back what I drew").click()
    expect(shapes(lena)).to_have_count(1)
    expect(shapes(lena)).to_have_attribute("aria-label", "A line, from Lena")
    tool(ryan, "Draw it again").click()
    expect(shapes(lena)).to_have_count(2)
    expect(ryan.get_by_text("On the board: lines: 2, words and notes: 0, pictures: 0.")).to_be_visible()


def test_a_line_that_is_half_drawn_when_the_line_goes_is_there_when_it_is_back(sketching):
    lena, ryan = sketching
    draw(lena, (0.1, 0.1), (0.4, 0.3), lift=False)
    lena.line.cut()
    lena.mouse.move(*place(lena, 0.8, 0.3), steps=6)
    lena.mouse.up()
    draw(lena, (0.1, 0.6), (0.4, 0.6))
    expect(shapes(lena)).to_have_count(2)
    lena.line.mend()
    expect(shapes(ryan)).to_have_count(2, timeout=45_000)
    drawn = [each.get_attribute("d") for each in board(lena).locator("[data-key] .board-stroke").all()]
    assert [each.get_attribute("d") for each in board(ryan).locator("[data-key] .board-stroke").all()] == drawn


def test_pen_and_palm_and_two_fingers(sketching):
    lena, ryan = sketching
    pen = [("pen", "move", 1, (x, 0.1), pressure)
           for x, pressure in ((0.2, 0.1), (0.3, 0.1), (0.4, 0.9), (0.5, 0.9), (0.6, 0.9))]
    gesture(ryan, ("touch", "down", 9, (0.8, 0.8)),  # the palm
            ("pen", "down", 1, (0.1, 0.1), 0.1), ("touch", "move", 9, (0.9, 0.8)), *pen,
            ("pen", "up", 1, (0.6, 0.1), 0), ("touch", "up", 9, (0.9, 0.8)))
    expect(shapes(lena)).to_have_count(1)
    widths = [float(each.get_attribute("stroke-width")) for each in board(lena).locator(".board-stroke").all()]
    assert len(widths) > 1 and widths[0] < widths[-1]
    ryan.wait_for_timeout(900)  # the pen is away
    seen = board(ryan).get_attribute("viewBox")
    gesture(ryan, *(("touch", *each) for each in (
        ("down", 4, (0.4, 0.4)), ("down", 5, (0.6, 0.6)), ("move", 5, (0.9, 0.9)),
        ("up", 5, (0.9, 0.9)), ("move", 4, (0.1, 0.1)), ("up", 4, (0.1, 0.1)))))
    nearer = board(ryan).get_attribute("viewBox")
    assert float(nearer.split(" ")[2]) < float(seen.split(" ")[2])
    expect(shapes(lena)).to_have_count(1)
    lena.mouse.move(*place(lena, 0.5, 0.5))
    whole = board(lena).get_attribute("viewBox")
    lena.keyboard.down("Control")
    lena.mouse.wheel(0, -300)
    lena.keyboard.up("Control")
    expect(board(lena)).not_to_have_attribute("viewBox", whole)
    lena.get_by_role("button", name="Show all of it").click()


def test_words_and_notes_are_written_where_they_stand(sketching):
    lena, ryan = sketching
    tool(lena, "Sticky note").click()
    expect(lena.get_by_role("textbox", name="What it says")).to_be_focused()
    lena.keyboard.type("Milo: no nuts, not near him either")
    lena.keyboard.press("Escape")
    expect(shapes(ryan)).to_have_attribute("aria-label", "Note “Milo: no nuts, not near him either”, from Lena")
    expect(shapes(lena)).to_be_focused()
    tool(ryan, "Words on the board").click()
    ryan.mouse.click(*place(ryan, 0.3, 0.7))
    expect(ryan.get_by_role("textbox", name="What it says")).to_be_focused()
    ryan.keyboard.type("Elm Street")
    draw_at = place(ryan, 0.9, 0.9)
    ryan.mouse.click(*draw_at)
    expect(shapes(lena)).to_have_count(2)
    expect(shapes(lena).last).to_have_attribute("aria-label", "“Elm Street”, from Ryan")
    assert shapes(ryan).last.bounding_box()["x"] == pytest.approx(place(ryan, 0.3, 0.7)[0], abs=5)
    board(ryan).get_by_label("Elm Street").dblclick()
    ryan.keyboard.press("End")
    ryan.keyboard.type(", the door")
    ryan.keyboard.press("Control+Enter")
    expect(shapes(lena).last).to_have_attribute("aria-label", "“Elm Street, the door”, from Ryan")
    board(ryan).get_by_label("Elm Street").dblclick()
    ryan.keyboard.press("Control+a")
    ryan.keyboard.press("Delete")
    ryan.keyboard.press("Escape")
    expect(shapes(lena)).to_have_count(1)
    clean(lena, "board-desk")
    clean(ryan, "board-phone")


def test_a_picture_lies_below_what_is_drawn_on_it(sketching):
    lena, ryan = sketching
    draw(lena, (0.1, 0.1), (0.9, 0.9))
    with lena.expect_file_chooser() as chooser:
        tool(lena, "Picture to draw on").click()
    chooser.value.set_files({"name": "room.png", "mimeType": "image/png", "buffer": PICTURE})
    expect(shapes(ryan)).to_have_count(2, timeout=15_000)
    expect(shapes(ryan).first).to_have_attribute("aria-label", "Picture “room”, from Lena")
    for way in ("drop", "paste"):
        ryan.evaluate("""([way, bytes]) => {
            const given = new DataTransfer()
            const picture = Uint8Array.from(atob(bytes), each => each.charCodeAt(0))
            given.items.add(new File([picture], `${way}.png`, {type: 'image/png'}))
            const board = document.querySelector('.board-paper')
            board.focus()
            const told = {bubbles: true, cancelable: true, clientX: 150, clientY: 350}
            if (way === 'drop') board.dispatchEvent(new DragEvent(way, {...told, dataTransfer: given}))
            else document.body.dispatchEvent(new ClipboardEvent(way, {...told, clipboardData: given}))
        }""", [way, base64.b64encode(PICTURE).decode()])
        expect(board(lena).get_by_label(f"Picture “{way}”, from Ryan")).to_be_attached(timeout=15_000)
    expect(shapes(lena).last).to_have_attribute("aria-label", "A line, from Lena")
    shown = """() => Promise.all([...document.querySelectorAll('.board-paper image')]
        .map(async each => (await fetch(each.href.baseVal)).ok))"""
    assert lena.evaluate(shown) == [True] * 3
    tool(lena, "Eraser").click()
    draw(lena, (0.5, 0.45), (0.5, 0.55))
    expect(shapes(ryan)).to_have_count(3)
    expect(shapes(ryan, "stroke")).to_have_count(0)


def test_things_are_chosen_moved_and_taken_away_by_mouse_and_by_keys(sketching):
    lena, ryan = sketching
    for words in ("one", "two"):
        tool(lena, "Words on the board").click()
        lena.keyboard.type(words)
        lena.keyboard.press("Escape")
    expect(shapes(ryan)).to_have_count(2)
    one = board(ryan).get_by_label("“one”, from Lena").locator("tspan")
    at = float(one.get_attribute("x"))
    board(lena).focus()
    lena.keyboard.press("Tab")
    expect(board(lena).get_by_label("“one”, from Lena")).to_be_focused()
    for _ in range(3):
        lena.keyboard.press("ArrowRight")
    expect(one).to_have_attribute("x", re.compile(rf"^{at + 30:.0f}$"))
    lena.keyboard.press("Control+z")
    expect(one).to_have_attribute("x", re.compile(rf"^{at:.0f}$"))
    lena.keyboard.press("Tab")
    lena.keyboard.press("Delete")
    expect(shapes(ryan)).to_have_count(1)
    expect(board(lena).get_by_label("“one”, from Lena")).to_be_focused()
    lena.keyboard.press("Escape")
    lena.keyboard.press("Tab")
    assert not lena.evaluate("document.activeElement.closest('.board-paper')")
    box = board(lena).get_by_label("“one”, from Lena").bounding_box()
    lena.mouse.move(box["x"] + 10, box["y"] + 10)
    lena.mouse.down()
    lena.mouse.move(box["x"] + 90, box["y"] + 60, steps=5)
    lena.mouse.up()
    expect(one).not_to_have_attribute("x", re.compile(rf"^{at:.0f}$"))
    lena.get_by_role("group", name="“one”, from Lena").get_by_role("button", name="Larger").click()
    expect(board(ryan).locator(".board-words")).to_have_attribute("font-size", "26")
    lena.get_by_role("button", name="Take it away").click()
    expect(shapes(ryan)).to_have_count(0)


def test_who_only_looks_sees_all_of_it_and_draws_nothing(demo_house, screen, lena):
    lena.get_by_role("link", name="Ask someone in").click()
    lena.get_by_text("Look on").click()
    lena.get_by_role("button", name="Make a link").click()
    address = lena.get_by_label("The address to hand over").input_value()
    lena.keyboard.press("Escape")
    guest = screen(390, 844, has_touch=True, is_mobile=True)
    guest.goto(demo_house.url + re.sub(r"^https?://[^/]+", "", address))
    guest.get_by_label("What shall we call you?").fill("Ida")
    guest.keyboard.press("Enter")
    guest.locator(".goal-words").wait_for()
    tab(guest, "Sketch")
    board(lena).scroll_into_view_if_needed()
    draw(lena, (0.2, 0.2), (0.5, 0.5))
    expect(shapes(guest)).to_have_count(1)
    expect(guest.get_by_role("group", name="How to draw")).to_have_count(0)
    seen = board(guest).get_attribute("viewBox")
    draw(guest, (0.8, 0.3), (0.4, 0.3))
    assert board(guest).get_attribute("viewBox") != seen
    board(guest).focus()
    guest.keyboard.press("Tab")
    expect(shapes(guest)).to_be_focused()
    guest.keyboard.press("Delete")
    guest.keyboard.press("ArrowRight")
    guest.wait_for_timeout(700)
    expect(shapes(lena)).to_have_count(1)
    clean(guest, "board-looking")


def test_where_the_other_points_and_asks_to_look(sketching):
    lena, ryan = sketching
    lena.mouse.move(*place(lena, 0.3, 0.3))
    lena.mouse.move(*place(lena, 0.5, 0.5), steps=4)
    pointer = ryan.locator(".board .pointer")
    expect(pointer).to_have_text("Lena")
    ryan.wait_for_function("""([x, y]) => {
        const { left, top } = document.querySelector('.board .pointer').getBoundingClientRect()
        return Math.abs(left - x) < 30 && Math.abs(top - y) < 30
    }""", arg=list(place(ryan, 0.5, 0.5)))
    tab(ryan, "Talk")
    lena.locator(".sketch-pane").get_by_role("button", name="Look here").click()
    ryan.get_by_text("Lena asks you to look at the sketch.").wait_for()
    ryan.get_by_role("button", name="Show me").click()
    expect(ryan.get_by_role("heading", name="Sketch")).to_be_focused()
    lena.mouse.move(5, 5)
    expect(pointer).to_have_count(0)
