"""Whoever is written down twice is shown with why, and a member decides: one, two, or ask them; by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import SCREENS
from tests.journeys.houses import house
from tests.journeys.looking import faults_of, sideways

FIRST = ("Ada Bruno Clara Dieter Elif Franz Greta Henry Ines Jonas"
         " Kira Lars Mina Nils Olga Paul Quinn Ruth Sven Tara").split()
LAST = "Arnold Becker Costa Dahl Engel Faber Gomez Haas Ivanov Jansen".split()
HEAD = "Vorname;Nachname;E-Mail;Telefon;Geburtstag;Straße;PLZ;Ort"
TWICE = """\
Joseph;Okafor;joseph@okafor.example;+49 30 901820;17.5.1980;Lindenweg 4;10115;Berlin
Joe;Okafor;okafor@work.example;030 901820;17.5.1980;;;
Anna;Lindgren;lindgren@home.example;+49 30 555123;2.2.1991;Am Hang 7;10117;Berlin
Hanna;Lindgren;hanna@lindgren.example;+49 30 555123;2.2.1991;Am Hang 7;10117;Berlin
Katharina;Vogel;k.vogel@example.org;;9.9.1975;;10999;Berlin
Kathrin;Vogel;;+49 170 4455667;9.9.1975;;10999;Berlin
"""


def table() -> str:
    """Twenty people so that what two share is rare, and three pairs who may be one."""
    crowd = [f"{first};{LAST[at % 10]}{at};{first.lower()}{at}@example.com;+49 40 7{at:05d};"
             f"{at + 3}.{at % 12 + 1}.{1950 + at};Gasse {at};2{at:04d};Hamburg" for at, first in enumerate(FIRST)]
    return "\n".join([HEAD, *crowd, TWICE])


@pytest.fixture(scope="module")
def own_house():
    """A house of its own, since who stays two is decided once."""
    with house("--demo") as running:
        yield running


@pytest.fixture(scope="module")
def state(own_house, browser, come_in):
    """A member's session, after a list with some people twice was brought in, and looked through by the keyboard."""
    context = browser.new_context()
    page = context.new_page()
    come_in(page, own_house.way_in())
    page.goto(own_house.url + "/settings/imports")
    page.get_by_label("File").set_input_files(
        files=[{"name": "kunden.csv", "mimeType": "text/csv", "buffer": table().encode()}])
    page.get_by_role("button", name="Look into it").click()
    page.get_by_role("button", name="Bring 26 people in").click()
    page.get_by_role("button", name="Take it back").wait_for(timeout=20_000)
    page.goto(own_house.url + "/people")
    press(page, "link", "Written down twice")
    expect(page.get_by_role("region", name="Joseph and Joe")).to_be_visible(timeout=60_000)  # looked for as they came
    press(page, "button", "Look now")
    expect(page.get_by_text("We are looking").first).to_be_visible()
    for pair in ("Joseph and Joe", "Anna and Hanna", "Katharina and Kathrin"):
        expect(page.get_by_role("region", name=pair)).to_be_visible(timeout=60_000)
    kept = context.storage_state()
    context.close()
    return kept


def press(page, role, name):
    """Go there with Tab alone, see that one sees where one is, and press Enter."""
    wanted = page.get_by_role(role, name=re.compile(name)).first
    wanted.wait_for()
    for _ in range(200):
        page.keyboard.press("Tab")
        if wanted.evaluate("it => it === document.activeElement"):
            break
    assert wanted.evaluate("it => it === document.activeElement && it.matches(':focus-visible')"), name
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_how_it_looks(own_house, state, screen, width, scheme):
    page = screen(width=width, height={390: 844, 1280: 800}[width], scheme=scheme, storage_state=state)
    page.goto(own_house.url + "/people/duplicates", wait_until="load")
    page.wait_for_timeout(150)
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"duplicates-{width}-{scheme}.png", full_page=True)
    assert faults_of(page) == [] and not sideways(page)


def test_by_keyboard_alone_one_is_one_two_are_two_and_two_are_asked(own_house, state, screen):
    page = screen(storage_state=state)
    page.goto(own_house.url + "/people/duplicates")

    joe = page.get_by_role("region", name="Joseph and Joe")
    expect(joe.get_by_text("Very likely one person.")).to_be_visible()
    for name, held, follows in (("Name", "Joseph Okafor", "Given name: a short form"),
                                ("Phone", "030 901820", "the same"), ("Mail", "okafor@work.example", "another")):
        line = joe.get_by_role("row", name=re.compile(f"^{name}"))
        expect(line).to_contain_text(held)
        expect(line.get_by_role("rowheader")).to_contain_text(follows)
    expect(joe.get_by_role("row", name=re.compile("^Address"))).to_contain_text("not known")
    press(page, "link", "One person.*Joseph and Joe")
    expect(page.get_by_role("heading", name="One person?")).to_be_visible()
    expect(page.get_by_text("Where they differ, which is shown?")).to_be_visible()
    press(page, "button", "They are one person")
    page.wait_for_url(re.compile(r"/people/\d+$"))
    expect(page.get_by_text("okafor@work.example")).to_be_visible()

    page.goto(own_house.url + "/people/duplicates")
    expect(page.get_by_role("region", name="Joseph and Joe")).to_have_count(0)
    press(page, "button", "Two people.*Anna and Hanna")
    expect(page.get_by_text("They stay two people.")).to_be_visible()
    expect(page.get_by_role("region", name="Anna and Hanna")).to_have_count(0)

    press(page, "button", "Ask them.*Katharina and Kathrin")
    expect(page.get_by_text("Noted: to be asked")).to_be_visible()
    vogel = page.get_by_role("region", name="Katharina and Kathrin")
    expect(vogel.get_by_text("To be asked when one of them is here.")).to_be_visible()

    page.goto(own_house.url + "/counter")
    page.keyboard.type("kathrin vogel", delay=20)
    page.locator("#found [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    asking = page.get_by_role("group", name="To ask them")
    expect(asking).to_contain_text("Have you been with us before")
    expect(asking).not_to_contain_text("Katharina")
    page.screenshot(path=SCREENS / "counter-to-ask-1280-light.png")
    press(page, "button", "^No$")
    expect(page.get_by_text("They stay two people.")).to_be_visible()
    expect(asking).to_have_count(0)
    assert "/counter" in page.url
