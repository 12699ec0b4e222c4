"""A note and a reply begun side by side: with and without a script, over a reload, and by the keyboard."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import SCREENS
from tests.journeys.looking import faults_of, sideways

REPLY, NOTE = "We have it, it is dry.", "He lost it here twice before."


def begin(demo_house, page, come_in_as, who="Joe"):
    """Lena in the conversation with `who`."""
    come_in_as(page, demo_house, "lena@marketstreet.example")
    page.goto(demo_house.url + "/inbox/all")
    page.get_by_role("link", name=re.compile(who)).first.click()
    page.wait_for_url(re.compile(r"/conversations/\d+"))
    return page


def tab(page, name):
    """The tab of the composer that is shown."""
    return page.locator("form.composer:not([hidden]) .kinds").get_by_role("link", name=re.compile(name))


def test_a_note_and_a_reply_are_written_side_by_side(demo_house, screen, come_in_as):
    page = begin(demo_house, screen(), come_in_as)
    reply, note = page.get_by_label(re.compile("^Your words to")), page.get_by_label("Your note, for colleagues only")
    reply.fill(REPLY)
    page.get_by_role("link", name="Note", exact=True).click()
    expect(reply).to_be_hidden()
    expect(note).to_be_focused()
    expect(note).to_have_value("")
    expect(tab(page, "Reply")).to_contain_text("draft")
    note.fill(NOTE)
    expect(page.get_by_role("button", name="Add note")).to_be_visible()
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / "side-by-side-note-1280-light.png")
    assert faults_of(page) == []

    tab(page, "Reply").click()
    expect(reply).to_have_value(REPLY)
    expect(tab(page, "Note")).to_contain_text("draft")
    page.screenshot(path=SCREENS / "side-by-side-reply-1280-light.png")
    assert faults_of(page) == []
    expect(page.locator("#composer [data-composer-target=status]")).to_have_text("Draft kept")

    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(note).to_be_focused()
    page.keyboard.type(" Twice!")
    page.reload()
    expect(note).to_have_value(NOTE + " Twice!")
    expect(reply).to_be_hidden()
    tab(page, "Reply").focus()
    page.keyboard.press("Enter")
    expect(reply).to_have_value(REPLY)

    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Your note, for colleagues only").fill("From the other tab")
    expect(other.locator("#composer-note [data-composer-target=status]")).to_have_text("Draft kept")
    tab(page, "Note").click()
    note.fill("From the first tab")
    expect(page.locator("#composer-note").get_by_text("This draft was changed in another window.")).to_be_visible()
    page.get_by_role("button", name="Put both together").click()
    expect(note).to_have_value("From the other tab\n\nFrom the first tab")
    other.close()

    tab(page, "Reply").click()
    reply.fill(REPLY + " Come by.")
    tab(page, "Note").click()
    note.press("Control+Enter")
    expect(page.locator("aside.aside", has_text="From the first tab")).to_be_visible()
    expect(reply).to_be_focused()  # what was laid aside meanwhile: not what happens to stand behind it
    expect(reply).to_have_value(REPLY + " Come by.")
    expect(page.locator("#composer-note textarea")).to_have_value("")
    page.get_by_role("button", name=re.compile("^Send to")).click()
    expect(page.locator("article", has_text="Come by.")).to_be_visible()
    expect(page.locator("article", has_text="From the first tab")).to_have_count(0)


def test_on_a_phone_in_the_evening(demo_house, screen, come_in_as):
    page = begin(demo_house, screen(width=390, height=844, scheme="dark"), come_in_as, who="Ida")
    page.get_by_label(re.compile("^Your words to")).fill(REPLY)
    tab(page, "Note").click()
    page.get_by_label("Your note, for colleagues only").fill(NOTE)
    expect(tab(page, "Reply")).to_contain_text("draft")
    page.screenshot(path=SCREENS / "side-by-side-note-390-dark.png")
    assert faults_of(page) == [] and sideways(page) == 0


def test_without_a_script(demo_house, screen, come_in_as):
    page = screen(java_script_enabled=False)
    page.goto(demo_house.link_for("tomas@marketstreet.example"))
    page.get_by_role("button").first.click()
    page.goto(demo_house.url + "/inbox/all")
    page.get_by_role("link", name=re.compile("Ryan")).first.click()
    page.get_by_label(re.compile("^Your words to")).fill(REPLY)
    page.get_by_role("button", name="Keep as a draft").first.click()
    tab(page, "Note").click()
    expect(page.get_by_label(re.compile("^Your words to"))).to_be_hidden()
    expect(tab(page, "Reply")).to_contain_text("draft")
    page.get_by_label("Your note, for colleagues only").fill(NOTE)
    page.screenshot(path=SCREENS / "side-by-side-no-script-1280-light.png")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator("aside.aside", has_text=NOTE)).to_be_visible()
    expect(page.get_by_label(re.compile("^Your words to"))).to_have_value(REPLY)
    tab(page, "To all|With Cc").click()
    expect(page.get_by_role("textbox", name="Cc", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible()


def test_a_planned_letter_is_held_back_when_they_write_meanwhile(demo_house, screen, come_in_as):
    page = begin(demo_house, screen(), come_in_as, who="Ida")
    tab(page, "Reply").click()
    page.get_by_label(re.compile("^Your words to")).fill("Bring the jam by ten.")
    page.get_by_role("button", name=re.compile("^Send to Ida")).click()
    expect(page.locator("article", has_text="jam by ten")).to_be_visible()
    tab(page, "Reply").click()
    page.get_by_label(re.compile("^Your words to")).fill("Then we lay sixteen places.")
    page.locator("#composer summary[aria-label='Send later']").click()
    page.get_by_label("Send at").fill("2999-01-01T09:00")
    page.get_by_role("button", name="Send then").click()
    expect(page.locator("article", has_text="sixteen places")).to_contain_text("Leaves")

    outside = screen()
    come_in_as(outside, demo_house, "noor@marketstreet.example")
    outside.goto(demo_house.url + "/post-office")
    outside.get_by_role("link", name=re.compile("Ida Okafor")).click()
    received = outside.locator("#received article", has_text="jam by ten")
    expect(received).to_be_visible(timeout=20_000)
    received.get_by_role("link", name="Answer").click()
    outside.wait_for_url(re.compile(r"answer"))
    outside.get_by_label("Words").fill("Seventeen, my sister comes.")
    outside.get_by_role("button", name="Post it to us").click()
    expect(outside.get_by_text("Posted.")).to_be_visible(timeout=20_000)
    expect(page.locator("article", has_text="my sister comes")).to_be_visible(timeout=20_000)

    letter = page.locator("article", has_text="sixteen places")
    expect(letter.get_by_text("Ida wrote meanwhile: look before it goes")).to_be_visible()
    page.wait_for_timeout(300)
    page.screenshot(path=SCREENS / "held-back-1280-light.png")
    assert faults_of(page) == []
    letter.get_by_role("button", name="It may go at its hour").click()
    expect(letter.get_by_text("look before it goes")).to_have_count(0)
    letter.get_by_role("button", name="Take it back").click()
    expect(page.get_by_label(re.compile("^Your words to"))).to_have_value(re.compile("sixteen places"))
