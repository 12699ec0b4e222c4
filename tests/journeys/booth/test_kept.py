"""What remains of a page: versions that bring back what a guest took out, steps put back, promises, kind reminders."""

import re

from playwright.sync_api import expect

from tests.journeys.booth.sitting import add_step, clean, goal, notes, tab
from tests.journeys.own_page import come_in_by_link

GOAL = "Fourteen players fed by 8:30, and Austin pours the last cup himself."


def test_what_a_guest_took_out_is_brought_back_and_what_stood_there_is_kept(lena, ryan):
    goal(lena).press_sequentially(GOAL)
    notes(lena).click()
    lena.keyboard.type("Milo cannot have nuts")
    add_step(lena, "Bake thirty")
    tab(ryan, "Notes")
    expect(notes(ryan)).to_contain_text("Milo cannot have nuts")
    lena.get_by_role("button", name="Earlier versions").click()
    lena.get_by_label("What you would call it").fill("All that we need")
    lena.get_by_role("button", name="Keep it as it is now").click()
    expect(lena.locator(".version-list")).to_contain_text("All that we need")
    clean(lena, "versions")
    tab(ryan, "Steps")
    goal(ryan).fill("Nothing")
    ryan.get_by_role("button", name="Bake thirty", exact=True).click()
    ryan.get_by_role("button", name="Take it off").click()
    tab(ryan, "Notes")
    notes(ryan).click()
    ryan.keyboard.press("Control+a")
    ryan.keyboard.press("Delete")
    expect(goal(lena)).to_have_value("Nothing")
    expect(notes(lena)).not_to_contain_text("Milo")
    lena.locator(".version-list li", has_text="All that we need").get_by_role("button", name="Look at it").click()
    lena.get_by_role("button", name="Bring it back").click()
    expect(notes(ryan)).to_contain_text("Milo cannot have nuts")
    tab(ryan, "Steps")
    expect(goal(ryan)).to_have_value(GOAL)
    expect(lena.locator(".version-list")).to_contain_text("when an older one came back")
    lena.reload()
    lena.get_by_text("Taken off: 1").click()
    expect(lena.locator(".taken-off")).to_contain_text("Ryan")
    lena.get_by_role("button", name="Put it back").click()
    expect(lena.locator(".step-words")).to_have_text(["Bake thirty"])


def test_what_is_left_of_ours_is_promised_and_theirs_is_gently_reminded_of(demo_house, lena, ryan):
    page = lena.url
    for words, whose in (("Call the baker", "ours"), ("Count the players", "yours")):
        add_step(lena, words)
        lena.get_by_role("button", name=words, exact=True).click()
        lena.locator(f".step-edit label:has([value={whose}])").click()
        lena.locator(".step-edit").get_by_role("button", name="Close").click()
    lena.goto(f"{page}/inviting/whose?q=Ryan+Kessler")
    lena.get_by_role("button", name=re.compile("Ryan")).first.click()
    lena.wait_for_url(re.compile("/inviting$"))
    lena.goto(page)
    for each in (lena, ryan):
        each.get_by_role("button", name="We are done").click()
        each.get_by_text("Yes, reached").click()
    left = lena.locator(".left-open")
    expect(left.get_by_role("checkbox", name="Call the baker")).to_be_checked()
    expect(left.get_by_role("checkbox")).to_have_count(1)
    left.get_by_role("button", name="Remind them gently").click()
    left.get_by_role("button", name="Not after all").click()
    left.get_by_role("button", name="Remind them gently").wait_for()
    left.get_by_label("By when: Call the baker").fill("2099-03-06")
    clean(lena, "left")
    expect(ryan.locator(".left-open")).to_contain_text("What is ours, we may promise you")
    expect(ryan.locator(".left-open").get_by_role("button")).to_have_count(0)
    lena.get_by_role("button", name="End it here").click()
    expect(ryan.locator(".step", has_text="Call the baker")).to_contain_text("promised")
    expect(ryan.locator(".step", has_text="Count the players")).not_to_contain_text("promised")
    clean(ryan, "phone-left")
    lena.goto(f"{demo_house.url}/promises")
    expect(lena.get_by_role("main")).to_contain_text("Call the baker")


def test_years_later_they_find_it_on_their_own_page_and_sit_down_again(demo_house, screen, come_in_as):
    """The demo's page of Ryan's, which Lena ends; then he comes by his own page, without a link to the booth."""
    lena, office, phone = screen(), screen(), screen(390, 844, has_touch=True, is_mobile=True)
    come_in_as(lena, demo_house, "lena@marketstreet.example")
    lena.goto(f"{demo_house.url}/booths?q=Ryan+Kessler")
    lena.locator("a.row", has_text="Fourteen hungry").click()
    expect(goal(lena)).to_be_editable()
    expect(goal(lena)).to_have_value(re.compile("Fourteen"))
    lena.evaluate("""async () => fetch(location.pathname + "/end", {method: "POST", body: "{}", headers: {
        "Content-Type": "application/json", "X-CSRFToken": document.querySelector("[name=csrf-token]").content}})""")
    expect(goal(lena)).not_to_be_editable()
    come_in_as(office, demo_house, "theo@marketstreet.example")
    office.goto(f"{demo_house.url}/post-office")
    come_in_by_link(phone, demo_house, office, "ryan@kessler.example", "Ryan", "Ryan")
    phone.locator("#pages").get_by_role("link", name=re.compile("Fourteen hungry")).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Fourteen")
    clean(phone, "own-record")
    with phone.expect_download() as download:
        phone.get_by_role("link", name="The record as PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    phone.get_by_role("button", name="Sit down at it again").click()
    phone.get_by_role("button", name="Go on with it").click()
    expect(goal(phone)).to_be_editable()
    expect(lena.locator(".seats")).to_contain_text("Ryan")
