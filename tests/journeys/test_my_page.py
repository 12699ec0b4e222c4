"""A person puts right what is known of them, on their own page on a phone, and a member sees it while they look."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import SCREENS
from tests.journeys.houses import house
from tests.journeys.looking import faults_of, sideways
from tests.journeys.own_page import come_in_by_link

JOE = "joe@hallam.example"
SERVED_ASKED = "May I ask: do you like it quick, or do you like a word on the way?"
SERVED, NEVER = "How do they like to be served?", "is there anything we do that you would rather we did not?"
BEFORE = "What we should know before we say good morning"


@pytest.fixture
def own_house():
    """A house of its own: what Joe puts right here, others would miss."""
    with house("--demo") as running:
        yield running


@pytest.fixture
def member(own_house, screen, come_in_as):
    """A function that opens a page of a member's, in a window of its own."""

    def opened(email, path, **more):
        page = screen(**more)
        come_in_as(page, own_house, email)
        page.goto(own_house.url + path)
        return page

    return opened


def look(page, name, whole=True):
    """A picture of the page, and a look at what is wrong with it."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=whole)
    assert faults_of(page) == [] and not sideways(page)


def test_what_a_person_puts_right_stands_on_the_members_open_screen(own_house, screen, member):
    lena = member("lena@marketstreet.example", "/people")
    lena.get_by_role("link", name=re.compile("Joe")).first.click()
    lena.wait_for_url(re.compile(r"/people/\d+$"))
    profile = member("tomas@marketstreet.example", re.search(r"/people/\d+", lena.url)[0] + "/profile")
    beside = member("lena@marketstreet.example", "/inbox/all")
    beside.get_by_role("link", name=re.compile("Joe")).first.click()
    beside.wait_for_url(re.compile(r"/conversations/\d+"))
    open_screens = {"person": lena.locator("#card-now"), "beside": beside.locator("#card"),
                    "profile": profile.locator("#profile")}
    for where in open_screens.values():
        expect(where.get_by_text("Quick and quiet")).to_be_visible()
        where.page.evaluate("window.sameAsBefore = true")

    phone = screen(width=390, height=844, has_touch=True, is_mobile=True)
    office = member("theo@marketstreet.example", "/post-office")
    come_in_by_link(phone, own_house, office, JOE, "Joe Hallam", "Joe", lambda: look(phone, "my-link-390-light"))
    look(phone, "my-page-390-light")

    phone.get_by_label(SERVED_ASKED, exact=True).select_option("Time to talk")
    phone.get_by_role("button", name=re.compile("Keep it so: .*" + re.escape(SERVED_ASKED))).tap()
    expect(phone.get_by_text("It stands as you say.")).to_be_visible()
    for where in open_screens.values():
        answer = where.locator(".answer", has_text=SERVED).first
        expect(answer.locator(".said").first).to_have_text("Time to talk")
        expect(answer.locator(".how").first).to_contain_text("Told by themself")

    phone.get_by_label(BEFORE, exact=True).fill("At the window, please.")
    phone.get_by_role("button", name=re.compile(f"Keep it so: .*{BEFORE}")).tap()
    for where in (open_screens["person"], open_screens["beside"]):
        matters = where.locator(".answer", has_text="At the window, please.")
        expect(matters.locator(".how")).to_contain_text("Told by themself")

    phone.get_by_role("textbox", name="We call you").fill("Joey")
    phone.get_by_role("button", name="Call me so").tap()
    expect(phone.get_by_role("heading", name="Joey, this page is yours.")).to_be_visible()
    expect(lena.get_by_role("heading", level=1)).to_have_text("Joey")
    expect(lena.locator("#who")).to_contain_text("Told by themself how they are called")
    expect(beside.locator("#card .who-name")).to_have_text("Joey")

    phone.get_by_role("link", name=re.compile("This is wrong.*" + re.escape(NEVER))).tap()
    phone.get_by_label("What is wrong with it?").fill("Ask away, I have changed.")
    look(phone, "my-objection-390-light")
    phone.get_by_role("button", name="Tell them").tap()
    expect(phone.get_by_text("We have it.")).to_be_visible()
    for where in (open_screens["person"], open_screens["beside"]):
        objects = where.locator("li", has_text="Objects to:")
        expect(objects).to_contain_text("Ask me anything before the first sip")
        expect(objects).to_contain_text("Ask away, I have changed.")

    for where in open_screens.values():
        assert where.page.evaluate("window.sameAsBefore")  # nobody loaded the page anew
    look(lena, "person-put-right-1280-light", whole=False)
    look(beside, "conversation-put-right-1280-light", whole=False)
    evening = screen(width=390, height=844, scheme="dark", storage_state=phone.context.storage_state())
    evening.goto(own_house.url + "/my")
    look(evening, "my-page-390-dark")


def test_the_card_waits_while_a_member_changes_it(own_house, screen, member):
    lena = member("lena@marketstreet.example", "/people")
    lena.get_by_role("link", name=re.compile("Ryan")).first.click()
    lena.wait_for_url(re.compile(r"/people/\d+$"))
    other = member("tomas@marketstreet.example", re.search(r"/people/\d+", lena.url)[0] + "/edit")
    lena.keyboard.press("i")
    lena.get_by_label("What matters").fill("Half a sentence")
    other.get_by_label("What matters").fill("School starts later now.")
    other.get_by_label(re.compile("Likes to be called|Called", re.I)).first.fill("Ry")
    other.get_by_role("button", name="Keep it").click()
    expect(lena.get_by_role("heading", level=1)).to_have_text("Ry")
    expect(lena.get_by_label("What matters")).to_have_value("Half a sentence")
