"""The main job with nothing installed: Lena answers Ryan, he answers back, and a colleague sees it live."""

import re

from playwright.sync_api import expect


def test_a_letter_goes_out_and_its_answer_comes_back_to_the_same_conversation(demo_house, screen, come_in_as):
    lena, tomas = screen(), screen()
    come_in_as(lena, demo_house, "lena@marketstreet.example")
    come_in_as(tomas, demo_house, "tomas@marketstreet.example")

    lena.goto(demo_house.url + "/inbox/mine")
    lena.get_by_role("link", name=re.compile("Ryan")).first.click()
    lena.wait_for_url(re.compile(r"/conversations/\d+"))
    expect(lena.locator("article", has_text="two minutes, no coffee this time")).to_be_visible()
    conversation = re.search(r"/conversations/\d+", lena.url)[0]
    tomas.goto(demo_house.url + conversation)

    lena.get_by_label(re.compile("Your words")).first.fill("I’ll stand at the door with it at 8:35.")
    lena.get_by_role("button", name=re.compile("Send to Ryan")).click()
    expect(lena.get_by_role("button", name=re.compile("Take it back")).first).to_be_visible()
    expect(tomas.get_by_text("I’ll stand at the door with it")).to_be_visible()

    ryan = screen(width=390, height=844)
    come_in_as(ryan, demo_house, "noor@marketstreet.example")
    ryan.goto(demo_house.url + "/post-office")
    ryan.get_by_role("link", name=re.compile("Ryan Kessler")).click()
    received = ryan.locator("#received article", has_text="I’ll stand at the door with it")
    expect(received).to_be_visible(timeout=20_000)
    received.get_by_role("link", name="Answer").click()
    ryan.wait_for_url(re.compile("answer="))  # until then the form on the page is the one for a new letter
    ryan.get_by_label("Words").fill("There in two minutes. The poem is his, he says.")
    ryan.get_by_role("button", name="Post it to us").click()
    expect(ryan.get_by_text("Posted.")).to_be_visible()

    expect(lena.get_by_text("The poem is his, he says.").first).to_be_visible()
    expect(tomas.get_by_text("The poem is his, he says.").first).to_be_visible()
    assert conversation in lena.url

    lena.goto(demo_house.url + "/people")
    lena.get_by_role("link", name=re.compile("Ryan")).first.click()
    life = lena.get_by_role("main")
    for words in ("The poem is his", "I’ll stand at the door", "two minutes, no coffee"):
        expect(life.get_by_text(re.compile(words)).first).to_be_visible()


def test_what_was_sent_can_be_taken_back_and_nobody_receives_it(demo_house, screen, come_in_as):
    lena = screen()
    come_in_as(lena, demo_house, "lena@marketstreet.example")
    lena.goto(demo_house.url + "/inbox/all")
    lena.get_by_role("link", name=re.compile("Ida")).first.click()
    lena.get_by_label(re.compile("Your words")).first.fill("This was too quick of me.")
    lena.get_by_role("button", name=re.compile("Send to Ida")).click()
    lena.get_by_role("button", name=re.compile("Take it back")).first.click()
    expect(lena.get_by_label(re.compile("Your words")).first).to_have_value("This was too quick of me.")
    lena.wait_for_timeout(5000)
    lena.goto(demo_house.url + "/post-office")
    lena.get_by_role("link", name=re.compile("Ida Okafor")).click()
    expect(lena.get_by_text("This was too quick of me.")).to_have_count(0)
