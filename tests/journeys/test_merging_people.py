"""Two records become one person and two again: by the keyboard, without a script, on a phone; then all is as it was."""

import re
import time

from playwright.sync_api import expect

from tests.journeys.conftest import SCREENS
from tests.journeys.houses import house
from tests.journeys.looking import faults_of, sideways

# What waits to be told, who looks, and what is worked out from the rows: by which keys two are compared, and who may be
# one, which whoever were parted again are not.
PASSING = ("events_delivery", "live_presence", "people_matchingkeys", "people_suggestion")
TOLD = ("events_event", "people_merging", "people_cardopening")  # what happened is added to, and never rewritten
MADE_ANEW = re.compile(r"^(people_namekey\t|people_knownword\t)\(\d+,")  # from the names, and numbered as they come
ROWS = r"""SELECT format('SELECT replace(%1$L || chr(9) || t::text, chr(10), chr(32)) FROM %1$I t', table_name)
  FROM information_schema.tables WHERE table_schema = 'public' AND table_name !~ '^(django|procrastinate|auth|account)_'
  \gexec
"""
# How many rows each table holds under one number, where a column of it points at people.
UNDER = r"""SELECT format('SELECT %L || chr(9) || count(*) FROM %I WHERE %I = {id}', t.relname, t.relname, a.attname)
  FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
  WHERE c.contype = 'f' AND c.confrelid = 'people_person'::regclass
  AND a.attname IN ('person_id', 'one_id', 'author_id')
  \gexec
"""
A_LIFE = {"conversations_conversation", "conversations_message", "conversations_participant", "members_theirmember",
          "moments_had", "moments_moment", "moments_mood", "moments_note", "people_address", "people_identity",
          "people_recognitionkeys", "people_relation", "profiles_answer", "promises_promise", "search_searchdocument",
          "visits_visit"}


def asked(running, folder, sql) -> list[str]:
    """What psql answers, line by line."""
    asking = folder / "asking.sql"
    asking.write_text(sql)
    return running.command("database", "psql", "-At", "-f", str(asking)).splitlines()


def every_row(running, folder) -> list[str]:
    """Every row of every room's tables, once all that happened was told to whoever listens."""
    until = time.monotonic() + 60
    while asked(running, folder, "SELECT count(*) FROM events_delivery WHERE parked_at IS NULL") != ["0"]:
        assert time.monotonic() < until, "deliveries still wait"
        time.sleep(0.5)
    rows = [line for line in asked(running, folder, ROWS) if "\t" in line and line.split("\t")[0] not in PASSING]
    return sorted(re.sub(MADE_ANEW, r"\1(", row) for row in rows)


def assert_as_it_was(before, after):
    """Every row is there, letter by letter, and what is new only tells that something happened."""
    assert set(before) - set(after) == set()
    assert {row.split("\t")[0] for row in set(after) - set(before)} <= set(TOLD)


def held_under(running, folder, id) -> set[str]:
    """The tables in which something stands under that number of a person."""
    counts = (line.split("\t") for line in asked(running, folder, UNDER.replace("{id}", str(id))))
    return {table for table, count in counts if count != "0"}


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


def test_two_become_one_and_two_again_and_every_row_is_as_it_was(screen, come_in_as, tmp_path):
    with house("--demo") as running:
        page = screen()
        come_in_as(page, running, "lena@marketstreet.example")
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

        page.locator("#who").get_by_role("link", name="Part them again").click()
        expect(page.get_by_role("heading", name="Part Margaret Hale and Maggie Hale again")).to_be_visible()
        look(page, "parting-1280-light")
        page.get_by_role("button", name="They are two people").click()
        page.wait_for_url(second)
        assert_as_it_was(before, every_row(running, tmp_path))

        phone = screen(390, 844, "dark", java_script_enabled=False, storage_state=page.context.storage_state())
        phone.goto(second + "/merging?q=margaret")
        phone.get_by_role("link", name=re.compile("Margaret Hale")).first.click()
        phone.get_by_role("button", name="They are one person").click()
        phone.wait_for_url(first)
        phone.goto(first + "/identities")
        phone.get_by_label("Address or number").fill("since@hale.example")
        phone.get_by_role("button", name="Add it").click()
        phone.locator("#who").get_by_role("link", name="Part them again").click()
        phone.locator("label", has=phone.locator("input[value=taken]")).click()
        phone.get_by_role("button", name="They are two people").click()
        phone.wait_for_url(second)
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
        small.locator("#who").get_by_role("link", name="Part them again").click()
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
        expect(small.get_by_text("his aunt").first).to_be_visible()


WHERE_THEY_LIVE = """Name;E-Mail;Geburtstag;Straße;PLZ;Ort
Joe Hallam;joe@hallam.example;17.5.1980;1 Elm Street;LS1 4AB;Leeds
Ryan Kessler;ryan@kessler.example;3.9.1978;7 Mill Lane;LS2 7EY;Leeds
"""


def live_fully(page, running, tmp_path) -> list[int]:
    """Have every room hold something of Joe and of Ryan; their numbers."""
    page.goto(running.url + "/settings/imports")
    page.get_by_label("File").set_input_files(
        files=[{"name": "where.csv", "mimeType": "text/csv", "buffer": WHERE_THEY_LIVE.encode()}])
    page.get_by_role("button", name="Look into it").click()
    page.get_by_role("button", name=re.compile("^Bring ")).click()
    page.get_by_role("button", name="Take it back").wait_for(timeout=20_000)
    page.goto(running.url + "/counter")
    page.keyboard.type("ryan", delay=20)
    page.locator("#found [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    for act in ("Bright", "Did it"):
        page.get_by_role("button", name=act).first.click()
        page.get_by_text("Noted:").first.wait_for()
        page.evaluate("document.getElementById('done')?.remove()")
    page.get_by_label("A note").fill("His hands were full.")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_text("Noted:").first.wait_for()
    found = []
    for name, friend in (("Joe", "Ida"), ("Ryan", "Per")):
        page.goto(running.url + "/people?q=" + name)
        page.get_by_role("link", name=re.compile(f"^{name}")).first.click()
        page.wait_for_url(re.compile(r"/people/\d+$"))
        found.append(int(page.url.rpartition("/")[2]))
        page.goto(f"{page.url}/relations?q={friend}")
        page.get_by_role("main").get_by_role("link", name=re.compile(friend)).first.click()
        page.get_by_role("button", name="Write it down").click()
        page.wait_for_url(re.compile(r"/people/\d+$"))
    for id in found:
        assert A_LIFE - held_under(running, tmp_path, id) == set()
    return found


def test_two_whole_lives_become_one_and_two_again_and_every_row_is_as_it_was(screen, come_in, tmp_path):
    """Of each of the two every room holds something, and they differ in every line of the card."""
    with house("--demo") as running:
        page = screen()
        come_in(page, running.way_in())
        joe, ryan = live_fully(page, running, tmp_path)
        before = every_row(running, tmp_path)
        page.goto(f"{running.url}/people/{ryan}/merging/{joe}")
        theirs = page.locator("input[value=taken]").all()
        assert len(theirs) >= 4  # called, whole name, what matters, birthday
        for choice in theirs:
            choice.check()
        page.get_by_role("button", name="They are one person").click()
        page.wait_for_url(re.compile(r"/people/\d+$"))
        expect(page.locator("#who").get_by_role("link", name="Part them again")).to_be_visible()
        assert every_row(running, tmp_path) != before
        page.locator("#who").get_by_role("link", name="Part them again").click()
        page.get_by_role("button", name="They are two people").click()
        page.wait_for_url(re.compile(r"/people/\d+$"))
        assert_as_it_was(before, every_row(running, tmp_path))
