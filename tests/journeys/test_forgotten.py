"""Two people have themselves forgotten on their own pages, and nothing of them is found anywhere after."""

import io
import re
import time
import zipfile
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.journeys.canaries import Canary, by_indexes, everything, in_columns, in_files
from tests.journeys.conftest import SCREENS
from tests.journeys.houses import house
from tests.journeys.looking import faults_of, sideways
from tests.journeys.own_page import come_in_by_link, newest_link
from tests.journeys.planting import Planting

GOES = Canary("zqvexjukwybe", "+447700936481", "9780936481207", "1931-03-07")
STAYS_NAMELESS = Canary("yxkqvobzwuje", "+447700918254", "9780918254303", "1934-11-09")
# Where it stands before, among other places: whatever can be written of somebody.
PLANTED = {
    "booths_booth.goal", "booths_chatline.words", "booths_ending.words", "booths_participant.name", "booths_step.words",
    "booths_update.data", "profiles_product.name",
    "api_idempotentanswer.body", "conversations_conversation.subject", "conversations_draft.subject",
    "conversations_draft.text", "conversations_draft.to", "conversations_message.html", "conversations_message.text",
    "conversations_participant.address", "conversations_recipient.address", "email_channel_outgoing.raw",
    "email_channel_postofficeletter.raw", "email_channel_rawmail.raw", "files_chunk.data", "files_file.name",
    "importers_importedrow.added", "importers_importedrow.reason", "importers_peopleimport.name", "moments_had.what",
    "moments_moment.words", "moments_note.text", "people_address.street", "people_identity.value",
    "people_knownword.word", "people_merging.why", "people_namekey.key", "people_person.born", "people_person.called",
    "people_person.what_matters", "people_recognitionkeys.keys", "people_relation.words", "portal_objection.words",
    "profiles_answer.value", "promises_promise.words", "promises_promisechange.why", "search_searchdocument.vector",
}
SAMPLES = {f"pg_catalog.pg_statistic.stavalues{at}" for at in range(1, 6)}


@pytest.fixture
def own_house():
    """A house of its own: whoever is forgotten here, others would miss."""
    with house("--demo") as running:
        yield running


@pytest.fixture
def owner(own_house, screen, come_in):
    """The owner's browser."""
    page = screen()
    come_in(page, own_house.way_in())
    return page


def new_key(page, running) -> str:
    """A key for a program, made on the page."""
    page.goto(running.url + "/settings/api-keys")
    page.get_by_label("What is it for?").fill("The till")
    for tick in page.locator("[name=scopes]").all():
        tick.check()
    page.get_by_role("button", name="Make the key").click()
    expect(page.get_by_text("The key for The till")).to_be_visible()
    return page.locator(".secret code").inner_text()


def look(page, name):
    """A picture of the page, and a look at what is wrong with it."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
    assert faults_of(page) == [] and not sideways(page)


def on_their_page(phone, running, office, canary: Canary) -> str:
    """They come in, object to something, and take a copy of everything. Returns where the copy is fetched."""
    office.goto(running.url + "/post-office")
    called = canary.stem.title()
    come_in_by_link(phone, running, office, canary.mail, f"Ada {called}", called)
    phone.goto(running.url + "/my/objection?what=The+note")
    phone.get_by_label("What is wrong with it?").fill(f"{called} does not limp.")
    phone.get_by_role("button", name="Tell them").click()
    expect(phone.get_by_text("We have it.")).to_be_visible()
    phone.get_by_role("button", name="Take a copy").click()
    phone.wait_for_url(re.compile("/my/copy"))
    place = phone.get_by_role("link", name=re.compile("Take it|Download")).get_attribute("href")
    copy = zipfile.ZipFile(io.BytesIO(phone.request.get(running.url + place).body()))
    assert canary.stem in copy.read("everything.json").decode().lower()
    assert any(canary.stem in name for name in copy.namelist())
    return place


def forget(phone, running, office, canary: Canary, choice: str) -> str:
    """They ask to be forgotten, are asked once more by mail, and press the button there. Returns the receipt."""
    phone.goto(running.url + "/my")
    phone.get_by_role("link", name="Forget me").click()
    phone.get_by_label(choice).check()
    look(phone, "my-forget-390-light")
    phone.get_by_role("button", name="Ask me once more by mail").click()
    expect(phone.get_by_role("heading", name="Look into your mail")).to_be_visible()
    office.goto(running.url + "/post-office")
    link = newest_link(office, f"Ada {canary.stem.title()}", "/my/forget/")
    office.goto(running.url + "/counter")
    assert phone.request.get(link).ok  # a mail scanner; nothing is gone
    phone.goto(link)
    expect(phone.get_by_role("heading", name=f"Goodbye, {canary.stem.title()}?")).to_be_visible()
    phone.get_by_role("button", name="Forget me").click()
    expect(phone.get_by_role("heading", name="It is done")).to_be_visible()
    look(phone, "my-forgotten-390-light")
    told = phone.locator("body").inner_text()
    assert not canary.is_in(told.encode())
    return re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", told)[0]


def see_nothing_of_them(running, owner, phone, copy: str, canary: Canary) -> None:
    """Nobody is found by any of it, no page shows it; their own page and their copy are closed."""
    for asked in (canary.stem, canary.mail, canary.phone, canary.card):
        owner.goto(f"{running.url}/people?q={quote(asked)}")
        expect(owner.get_by_text("Nobody by that name yet")).to_be_visible()
    owner.goto(f"{running.url}/search?q={canary.stem}")
    expect(owner.get_by_text("Nothing with these words")).to_be_visible()
    for path in ("/people", "/post-office", "/inbox/all", "/promises?whose=all", "/settings/imports"):
        owner.goto(running.url + path)
        assert not canary.is_in(owner.locator("main").inner_text().encode()), path
    phone.goto(running.url + "/my")
    expect(phone.get_by_role("button", name="Send me the link")).to_be_visible()
    assert not phone.request.get(running.url + copy).body().startswith(b"PK")


def screens_that_show(owner, running, canary: Canary) -> list:
    """Pages of a member's that stand open and show them: their own, the list of conversations, and who is here."""
    pages = [owner.context.new_page() for _ in range(3)]
    pages[0].goto(f"{running.url}/people?q={quote(canary.mail)}")
    pages[0].locator("main a.row").first.click()
    pages[0].wait_for_url(re.compile(r"/people/\d+$"))
    pages[1].goto(running.url + "/inbox/all")
    pages[2].goto(running.url + "/counter")
    for page in (pages[0], pages[1]):
        expect(page.locator("main")).to_contain_text(canary.stem.title(), timeout=15_000)
    return pages


def see_it_gone(pages: list, canary: Canary) -> None:
    """They show it no more, though nobody loaded them again."""
    for page in pages:
        page.wait_for_function(
            "stem => !document.querySelector('main').innerText.toLowerCase().includes(stem)", arg=canary.stem.lower(),
            timeout=20_000)
        page.close()


def test_forgotten_and_found_nowhere(own_house, owner, screen):
    planting = {GOES: ("Priya", "Gus"), STAYS_NAMELESS: ("Hanna", "Rosa")}
    token = new_key(owner, own_house)
    phones, copies = {}, {}
    for canary, (name, twin) in planting.items():
        Planting(owner, own_house, token, canary).everything(name, twin)
        phones[canary] = screen(width=390, height=844, has_touch=True, is_mobile=True)
        copies[canary] = on_their_page(phones[canary], own_house, owner, canary)
    with everything(own_house) as connection:
        connection.execute("ANALYZE")
        connection.execute("CHECKPOINT")
        for canary in planting:
            assert PLANTED - in_columns(connection, canary) == set()
            assert by_indexes(connection, canary) and in_files(own_house, canary)

        shown = screens_that_show(owner, own_house, GOES)
        forget(phones[GOES], own_house, owner, GOES, "Everything, as if you had never been here")
        forget(phones[STAYS_NAMELESS], own_house, owner, STAYS_NAMELESS, "Everything that says who you are")
        see_it_gone(shown, GOES)
        for canary in planting:
            assert in_columns(connection, canary) - SAMPLES == set()
            assert by_indexes(connection, canary) == set()
        until = time.monotonic() + 60
        while any(in_columns(connection, canary) for canary in planting):  # the planner's samples, by a job
            assert time.monotonic() < until
            time.sleep(1)
        assert "tables were written anew" in own_house.command("wipe")
        connection.execute("CHECKPOINT")
        for canary in planting:
            assert in_columns(connection, canary) == set()
            assert in_files(own_house, canary) == set()
            assert not canary.is_in("".join(own_house.printed).encode())  # nor in what the house logs
            see_nothing_of_them(own_house, owner, phones[canary], copies[canary], canary)
