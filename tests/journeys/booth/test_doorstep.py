"""A link from hand to hand: made by a member, opened on a phone, come in by, taken back."""

import re

import pytest

from tests.journeys.conftest import AXE

NAME = "What shall we call you?"


@pytest.fixture
def lena(demo_house, screen, come_in_as):
    """Lena's screen, signed in."""
    page = screen()
    come_in_as(page, demo_house, "lena@marketstreet.example")
    return page


@pytest.fixture
def inviting(demo_house, lena):
    """The page on which she asks somebody to the breakfast's page."""
    lena.goto(f"{demo_house.url}/booths")
    page = lena.locator("a.row", has_text="Fourteen hungry players").get_attribute("href")
    lena.goto(f"{demo_house.url}{page}/inviting")
    return page


def link_on(page, house) -> str:
    """The link that stands on the page once, as it is in this house."""
    page.get_by_role("button", name="Make the link").click()
    page.get_by_alt_text("The same link as a QR code").wait_for()
    return house.url + re.sub(r"^https?://[^/]+", "", page.locator(".secret code").inner_text())


def clean(page) -> None:
    """Nothing on the page keeps somebody from reading it, and nothing sticks out of a phone."""
    page.evaluate(AXE.read_text() + "; undefined")
    found = page.evaluate("axe.run(document).then(result => result.violations)")
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_phone_comes_in_and_is_out_when_the_link_is_taken_back(demo_house, lena, inviting, screen):
    link = link_on(lena, demo_house)
    phone = screen(390, 844)
    asked, failed = [], []
    phone.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    phone.on("request", lambda request: asked.append((request.url, request.headers.get("referer", ""))))
    phone.goto(link)
    phone.get_by_role("heading", name="Lena has kept you a seat").wait_for()
    assert "Fourteen hungry players" in phone.locator("main").inner_text()
    assert failed == []
    clean(phone)
    phone.get_by_role("button", name="Come in").click()
    assert phone.url == link  # the browser itself asks for a name
    phone.get_by_label(NAME).fill("✓ ✓")
    phone.keyboard.press("Enter")
    phone.get_by_role("alert").filter(has_text="How may we call you?").wait_for()
    phone.get_by_label(NAME).fill("Ryan on his phone")
    phone.keyboard.press("Enter")
    phone.wait_for_url(f"**{inviting}")
    token = link.rpartition("#")[2]
    assert not [each for each in asked if token in each[0] and not each[0].startswith(link) or token in each[1]]
    lena.reload()
    lena.get_by_text("Ryan on his phone").first.wait_for()
    lena.get_by_role("button", name=f"Take it back: the link …{token[-4:]}").click()
    lena.get_by_text("Nobody comes in by that link any more").wait_for()
    phone.goto(f"{demo_house.url}{inviting}")
    assert "/join" in phone.url
    phone.goto(link)
    phone.get_by_text("This link was taken back").wait_for()
    clean(phone)


def test_whoever_has_a_seat_goes_straight_to_it(demo_house, lena, inviting, screen):
    link = link_on(lena, demo_house)
    guest = screen()
    guest.goto(link)
    guest.get_by_label(NAME).fill("Austin")
    guest.get_by_role("button", name="Come in").click()
    guest.wait_for_url(f"**{inviting}")
    guest.goto(f"{demo_house.url}/join")
    guest.goto(link)
    guest.wait_for_url(f"**{inviting}")
    lena.goto(link)
    lena.wait_for_url(f"**{inviting}")


def test_without_a_link_it_says_how_one_comes_in(demo_house, screen):
    for scheme in ("light", "dark"):
        page = screen(390, 844, scheme)
        page.goto(f"{demo_house.url}/join")
        page.get_by_text("One comes in here by a link.").wait_for()
        clean(page)


def test_a_code_on_one_screen_says_who_came(demo_house, lena, inviting, screen):
    lena.get_by_role("button", name="Show it large on this screen").click()
    lena.get_by_alt_text("A QR code").wait_for()
    assert lena.locator(".rail").count() == 0
    lena.get_by_role("link", name="To our page").click()
    lena.wait_for_url(f"**{inviting}")
