"""A promise beside a conversation: made, kept with one tap, taken back, and seen by a colleague at once."""

from playwright.sync_api import expect

WORDS = "The recipe for the rye loaf, written out"


def test_promised_kept_and_taken_back(demo_house, screen, come_in_as):
    page = screen(width=1280)
    come_in_as(page, demo_house, "theo@marketstreet.example")
    page.goto(demo_house.url + "/inbox/all")
    page.locator("a.row", has_text="Gus").first.click()
    card = page.locator("#about")
    expect(card.get_by_role("heading", name="Promised")).to_be_visible()
    here = page.url

    page.locator(".promising summary").click()
    card.get_by_label("What", exact=True).fill(WORDS)
    card.get_by_text("Tomorrow", exact=True).click()
    expect(card.get_by_label("Day", exact=True)).to_be_hidden()
    card.get_by_role("button", name="Promise it").click()
    expect(card.locator(".promise", has_text=WORDS)).to_contain_text("tomorrow")

    colleague = screen(width=390, height=844)
    come_in_as(colleague, demo_house, "lena@marketstreet.example")
    colleague.goto(demo_house.url + "/promises?whose=all")
    theirs = colleague.locator(".promise", has_text=WORDS)
    expect(theirs).to_be_visible()

    card.get_by_role("button", name=f"Kept: {WORDS}").click()
    expect(theirs).to_have_count(0)  # without a reload
    card.get_by_role("button", name=f"Undo: {WORDS}").click()
    expect(theirs).to_be_visible()
    assert page.url == here  # the conversation was never left
