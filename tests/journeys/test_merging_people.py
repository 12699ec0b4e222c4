"""Two records become one person and two again: by the keyboard, without a script, on a phone; then all is as it was."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import SCREENS
from tests.journeys.houses import house
from tests.journeys.test_screens import faults_of, sideways

TOLD = ("events_event", "events_delivery", "live_presence", "people_merging", "people_cardopening", "members_member")
MADE_ANEW = re.compile(r"^(people_namekey\t|people_knownword\t)\(\d+,")  # from the names, and numbered as they come
ROWS = r"""SELECT format('SELECT replace(%1$L || chr(9) || t::text, chr(10), chr(32)) FROM %1$I t', table_name)
  FROM information_schema.tables WHERE table_schema = 'public' AND table_name !~ '^(django|procrastinate|auth|account)_'
  \gexec
"""


def every_row(running, folder) -> list[str]:
    """Every row of every room's tables, but those that tell that something happened."""
    asking = folder / "rows.sql"
    asking.write_text(ROWS)
    said = running.command("database", "psql", "-At", "-f", str(asking))
    rows = [line for line in said.splitlines() if "\t" in line and line.split("\t")[0] not in TOLD]
    assert any(row.startswith("people_person\t") and "Hale" in row for row in rows)
    return sorted(re.sub(MADE_ANEW, r"\1(", row) for row in rows)


def write_down(page, running, name, mail):
    page.goto(running.url + "/people/new")
    page.get_by_label("Whole name").fill(name)
    page.get_by_label("Mail", exact=True).fill(mail)
    page.get_by_role("button", name="Write them down").click()
    page.wait_for_url(re.compile(r"/people/\d+$"))
    return page.url


def look(page, name):
    """A picture of the page, and a look at what is wrong with it."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
    assert faults_of(page) == [] and not sideways(page)


def test_two_become_one_and_two_again_and_every_row_is_as_it_was(screen, come_in, tmp_path):
    with house("--demo") as running:
        page = screen()
        come_in(page, running.link_for("lena@marketstreet.example"))
        first = write_down(page, running, "Margaret Hale", "margaret@hale.example")
        second = write_down(page, running, "Maggie Hale", "maggie@milton.example")
        before = every_row(running, tmp_path)

        page.goto(second)
        page.keyboard.press("m")
        page.wait_for_url(re.compile("/merging$"))
        page.get_by_role("searchbox", name="Find the other record").fill("margaret")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("q=margaret"))
        look(page, "merging-find-1280-light")
        page.get_by_role("link", name=re.compile("Margaret Hale")).first.press("Enter")
        expect(page.get_by_role("heading", name="One person?")).to_be_visible()
        page.get_by_role("radio", name="Maggie Hale").check()
        page.get_by_label(re.compile("How do we know")).fill("She said so")
        look(page, "merging-preview-1280-light")
        page.get_by_role("button", name="They are one person").press("Enter")
        page.wait_for_url(first)
        expect(page.get_by_role("heading", level=1)).to_have_text("Maggie Hale")
        expect(page.get_by_text("maggie@milton.example")).to_be_visible()
        look(page, "merged-person-1280-light")
        page.goto(second)
        assert page.url == first
        assert every_row(running, tmp_path) != before

        page.get_by_role("link", name="Part them again").click()
        expect(page.get_by_role("heading", name="Part Margaret Hale and Maggie Hale again")).to_be_visible()
        look(page, "parting-1280-light")
        page.get_by_role("button", name="They are two people").click()
        page.wait_for_url(second)
        assert set(every_row(running, tmp_path)) ^ set(before) == set()

        phone = screen(390, 844, "dark", java_script_enabled=False, storage_state=page.context.storage_state())
        phone.goto(second + "/merging?q=margaret")
        phone.get_by_role("link", name=re.compile("Margaret Hale")).first.click()
        phone.get_by_role("button", name="They are one person").click()
        assert phone.url == first
        phone.goto(first + "/identities")
        phone.get_by_label("Address or number").fill("since@hale.example")
        phone.get_by_role("button", name="Add it").click()
        phone.get_by_role("link", name="Part them again").click()
        phone.locator("label", has=phone.locator("input[value=taken]")).click()
        phone.get_by_role("button", name="They are two people").click()
        assert phone.url == second
        expect(phone.get_by_text("since@hale.example")).to_be_visible()

        small = screen(390, 844, "dark", storage_state=page.context.storage_state())
        small.goto(f"{second}/merging/{first.rpartition('/')[2]}")
        look(small, "merging-preview-390-dark")
        small.get_by_role("button", name="They are one person").click()
        small.wait_for_url(first)
        look(small, "merged-person-390-dark")
        small.goto(first + "/identities")
        small.get_by_label("Address or number").fill("later@hale.example")
        small.get_by_role("button", name="Add it").click()
        small.get_by_role("link", name="Part them again").click()
        expect(small.get_by_role("heading", name=re.compile("^Part "))).to_be_visible()
        expect(small.get_by_text("later@hale.example")).to_be_visible()
        look(small, "parting-390-dark")
        small.goto(first + "/relations?q=ryan")
        look(small, "relations-find-390-dark")
        small.get_by_role("link", name=re.compile("Ryan")).first.click()
        expect(small.get_by_label(re.compile("Margaret Hale …"))).to_be_visible()
        small.get_by_label("In a word or two").fill("his aunt")
        look(small, "relation-390-dark")
        small.get_by_role("button", name="Write it down").click()
        small.wait_for_url(first)
        expect(small.get_by_text("his aunt")).to_be_visible()
