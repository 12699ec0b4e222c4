"""A booth without a mouse: everything is reached by Tab, named, and used by keys alone."""

from playwright.sync_api import expect

from tests.journeys.booth.sitting import goal, notes

NAMED = """() => {
    const now = document.activeElement
    const told = now.getAttribute('aria-label') || [...(now.labels ?? [])].map(each => each.textContent).join(' ')
        || document.getElementById(now.getAttribute('aria-labelledby') ?? '')?.textContent || now.textContent
    return `${now.getAttribute('role') || now.tagName.toLowerCase()}: ${told.trim()}`
}"""


def walk(page, until: str, most: int = 60) -> list[str]:
    """Press Tab until something of this name has the focus; what was passed, by name."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(NAMED))
        if until in passed[-1]:
            return passed
    raise AssertionError(passed)


def test_a_goal_a_step_notes_and_a_board_by_keys_alone(lena):
    lena.evaluate("document.activeElement.blur()")
    passed = walk(lena, "What would make this a win?")
    lena.keyboard.type("Fed by 8:30")
    expect(goal(lena)).to_have_value("Fed by 8:30")
    passed += walk(lena, "Yes, that is it")
    passed += walk(lena, "Add a step")
    lena.keyboard.press("Enter")
    lena.keyboard.type("Bake thirty")
    lena.keyboard.press("Enter")
    lena.keyboard.press("Escape")
    tick = lena.get_by_role("checkbox", name="Bake thirty")
    expect(tick).to_be_visible()
    tick.focus()
    lena.keyboard.press("Space")
    expect(tick).to_be_checked()
    passed += walk(lena, "textbox: Notes")
    lena.keyboard.type("No nuts")
    lena.keyboard.press("Alt+F10")
    assert "Notes" not in lena.evaluate(NAMED)
    lena.keyboard.press("Escape")
    expect(notes(lena)).to_be_focused()
    lena.keyboard.press("Escape")
    passed += walk(lena, "Sticky note")
    lena.keyboard.press("Enter")
    lena.keyboard.type("Milo")
    lena.keyboard.press("Escape")
    assert lena.evaluate(NAMED) == "img: Note “Milo”, from Lena"
    lena.keyboard.press("Enter")
    lena.keyboard.press("End")
    lena.keyboard.type(": no nuts")
    lena.keyboard.press("Control+Enter")
    assert lena.evaluate(NAMED) == "img: Note “Milo: no nuts”, from Lena"
    lena.keyboard.press("Escape")
    passed += walk(lena, "Farther", most=3)
    assert [each for each in passed if each.endswith(": ")] == []
