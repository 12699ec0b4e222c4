"""From the list of saved replies in the composer to where they are kept, by keys alone; no word is lost on the way."""

import re

from playwright.sync_api import expect


def test_the_list_leads_to_where_they_are_kept(demo_house, screen, come_in_as):
    page = screen()
    come_in_as(page, demo_house, "theo@marketstreet.example")
    page.goto(demo_house.url + "/inbox/all")
    page.locator("a.row", has_text="Ryan").first.click()
    words = page.locator("#composer").get_by_label(re.compile("^Your words"))
    words.fill("We have it, ")
    page.locator("#composer").get_by_role("button", name="Saved replies").click()
    last = page.locator("#composer-options [role=option]").last
    expect(last).to_contain_text("Change them")
    words.press("ArrowUp")
    words.press("Enter")
    page.wait_for_url("**/settings/saved-replies")
    page.go_back()
    expect(words).to_have_value("We have it, ")
    words.fill("")
