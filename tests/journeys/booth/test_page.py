"""Two people at one page: a member at her desk, a guest with a phone, a line that goes away, and the end of it."""

from playwright.sync_api import expect

from tests.journeys.booth.sitting import PICTURE, add_step, clean, goal, notes, tab

GOAL = "Fourteen players fed by 8:30, and Austin pours the last cup himself."


def test_both_write_the_goal_and_say_that_it_is_right(lena, ryan):
    expect(lena.locator(".seats")).to_contain_text("Ryan")
    expect(ryan.locator(".seats")).to_contain_text("Lena")
    goal(lena).press_sequentially("Fourteen players fed")
    expect(goal(ryan)).to_have_value("Fourteen players fed")
    goal(ryan).press("End")
    goal(ryan).press_sequentially(" by 8:30")
    goal(lena).press("Home")
    goal(lena).press_sequentially("Friday: ")
    both = "Friday: Fourteen players fed by 8:30"
    expect(goal(lena)).to_have_value(both)
    expect(goal(ryan)).to_have_value(both)
    ryan.get_by_role("button", name="Yes, that is it").click()
    expect(lena.get_by_text("Ryan says: that is it.")).to_be_visible()
    lena.get_by_role("button", name="Yes, that is it").click()
    expect(ryan.get_by_text("Ryan and Lena say: that is it.").or_(ryan.get_by_text("Lena and Ryan say: that is it."))
           ).to_be_visible()
    goal(ryan).press("Control+z")
    expect(goal(lena)).to_have_value("Friday: Fourteen players fed")
    expect(lena.get_by_text("It was changed since")).to_be_visible()


def test_steps_are_added_moved_ticked_and_put_back_by_either(lena, ryan):
    for words in ("Bake thirty", "Tell the parents"):
        add_step(lena, words)
    expect(ryan.locator(".step-words")).to_have_count(2)  # else his may come in between them
    add_step(ryan, "Count who eats no gluten")
    shown = lena.locator(".step-words")
    expect(shown).to_have_text(["Bake thirty", "Tell the parents", "Count who eats no gluten"])
    grip = ryan.get_by_role("button", name="Move “Count who eats no gluten”")
    grip.focus()
    ryan.keyboard.press("ArrowUp")
    ryan.keyboard.press("ArrowUp")
    expect(shown).to_have_text(["Count who eats no gluten", "Bake thirty", "Tell the parents"])
    expect(grip).to_be_focused()
    ryan.get_by_role("checkbox", name="Bake thirty").check()
    expect(lena.locator(".step").nth(1)).to_contain_text("Ryan,")
    lena.get_by_role("button", name="Tell the parents", exact=True).click()
    lena.get_by_role("group", name="Whose step it is").get_by_text("yours").click()
    lena.get_by_label("What is to be done").fill("Tell the parents where to park")
    lena.keyboard.press("Enter")
    expect(ryan.locator(".step").nth(2)).to_contain_text("Tell the parents where to park")
    expect(ryan.locator(".step").nth(2)).to_contain_text("yours")
    lena.get_by_role("button", name="Bake thirty", exact=True).click()
    lena.get_by_role("button", name="Take it off").click()
    expect(ryan.locator(".step")).to_have_count(2)
    ryan.get_by_text("Taken off: 1").click()
    ryan.get_by_role("button", name="Put it back").click()
    expect(lena.locator(".step")).to_have_count(3)


def test_what_is_done_without_a_line_is_there_when_it_is_back(lena, ryan):
    goal(lena).press_sequentially("Fed by 8:30")
    expect(goal(ryan)).to_have_value("Fed by 8:30")
    ryan.line.cut()
    expect(ryan.get_by_text("No connection just now.").first).to_be_visible(timeout=15_000)
    goal(ryan).press("End")
    goal(ryan).press_sequentially(", all of them")
    add_step(ryan, "Ask who comes")
    goal(lena).press("Home")
    goal(lena).press_sequentially("Hungry players: ")
    ryan.line.mend()
    expect(goal(lena)).to_have_value("Hungry players: Fed by 8:30, all of them", timeout=45_000)
    expect(goal(ryan)).to_have_value("Hungry players: Fed by 8:30, all of them")
    expect(lena.locator(".step-words")).to_have_text(["Ask who comes"], timeout=45_000)
    expect(ryan.locator("#booth")).to_have_attribute("data-status", "kept", timeout=15_000)


def test_notes_are_written_by_both_and_hold_no_ones_script(lena, ryan):
    notes(lena).click()
    lena.keyboard.type("# Who eats what\n- Milo: no nuts\n")
    tab(ryan, "Notes")
    expect(notes(ryan)).to_contain_text("Milo: no nuts", timeout=15_000)
    expect(notes(ryan).locator(".caret")).to_have_attribute("data-name", "Lena")
    lena.evaluate("""() => {
        const pasted = new DataTransfer()
        pasted.setData('text/html', '<p style="font-weight:bold" onclick="x()">eggs <a href="javascript:x()">no</a>'
            + '<img src="https://elsewhere.example/pixel.gif" onerror="x()"></p><script>window.taken = 1</script>')
        const event = new ClipboardEvent('paste', {clipboardData: pasted, bubbles: true, cancelable: true})
        document.querySelector('.ProseMirror').dispatchEvent(event)
    }""")
    expect(notes(ryan).locator("strong")).to_have_text("eggs no")
    assert notes(ryan).locator("a, img[src*=elsewhere]").count() == 0
    with lena.expect_file_chooser() as chooser:
        lena.get_by_role("button", name="Picture", exact=True).click()
    chooser.value.set_files({"name": "scones.png", "mimeType": "image/png", "buffer": PICTURE})
    expect(notes(ryan).get_by_alt_text("scones")).to_be_visible(timeout=15_000)
    lena.keyboard.press("Escape")
    lena.keyboard.press("Tab")
    assert not lena.evaluate("document.activeElement.closest('.ProseMirror')")
    clean(lena, "desk")
    clean(ryan, "phone-notes")


def test_a_phone_talks_lays_a_file_down_and_is_asked_to_look(lena, ryan):
    tab(ryan, "Talk")
    ryan.get_by_role("textbox", name="Say something in writing").fill("I am on the bus")
    ryan.get_by_role("button", name="Say it").click()
    expect(lena.get_by_role("log")).to_contain_text("I am on the bus")
    ryan.locator(".files-pane input[type=file]").set_input_files(
        {"name": "menu.txt", "mimeType": "text/plain", "buffer": b"scones\n" * 300})
    expect(lena.get_by_role("link", name="menu.txt")).to_be_visible(timeout=15_000)
    clean(ryan, "phone-talk")
    lena.locator(".steps-pane").get_by_role("button", name="Look here").click()
    ryan.get_by_text("Lena asks you to look at the steps.").wait_for()
    ryan.get_by_role("button", name="Show me").click()
    expect(ryan.get_by_role("heading", name="Steps")).to_be_focused()
    clean(ryan, "phone-steps")


def test_the_end_is_said_by_both_kept_and_gone_on_from(lena, ryan):
    goal(lena).press_sequentially(GOAL)
    expect(goal(ryan)).to_have_value(GOAL)
    lena.get_by_role("button", name="Sticky note").click()
    lena.keyboard.type("Bring plates")
    lena.keyboard.press("Escape")
    for page in (lena, ryan):
        page.get_by_role("button", name="We are done").click()
    lena.get_by_text("Yes, reached").click()
    lena.get_by_label("One sentence about it, if you like").fill("They all ate.")
    lena.get_by_role("button", name="Say so").click()
    ryan.get_by_text("They all ate.").wait_for()
    ryan.get_by_text("Partly", exact=True).click()
    expect(lena.locator(".ending-said")).to_contain_text("Partly")
    lena.get_by_role("button", name="End it here").click()
    expect(goal(ryan)).not_to_be_editable()
    clean(ryan, "phone-ended")
    with ryan.expect_download() as download:
        ryan.get_by_role("link", name="The record as Markdown").click()
    written = download.value.path().read_text()
    assert GOAL in written and "- Bring plates" in written
    with ryan.expect_download() as download:
        ryan.get_by_role("link", name="The sketch as a picture").click()
    assert "Bring plates" in download.value.path().read_text()
    ryan.get_by_role("button", name="Go on with it").click()
    expect(goal(lena)).to_be_editable()


def test_a_guest_who_is_asked_out_is_out_and_keeps_nothing(lena, ryan):
    lena.locator(".seats").click()
    lena.get_by_role("button", name="Ask out").click()
    lena.get_by_role("button", name="Yes, ask Ryan out").click()
    ryan.get_by_text("There is no seat for you here any more").wait_for(timeout=15_000)
    kept = ryan.evaluate("indexedDB.databases().then(all => all.map(each => each.name))")
    assert [name for name in kept if not name.endswith(":verbs")] == []
