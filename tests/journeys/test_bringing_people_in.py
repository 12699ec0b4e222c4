"""Bringing people in: choose a file, see what would happen, bring them in while the page follows, take it back."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import SCREENS
from tests.journeys.houses import house
from tests.journeys.looking import faults_of, sideways

TABLE = """Vorname;Nachname;E-Mail;Geburtstag;Lieblingsfarbe
Bärbel;Österreicher;baerbel@oester.example;2.4.1961;blau
محمد;الحسن;m@hasan.example;;
Ola;;kein Mail;;
"""


@pytest.fixture
def own_house():
    with house("--demo") as running:
        yield running


def test_a_table_is_looked_at_brought_in_and_taken_back(own_house, screen, come_in):
    page = screen(width=390, height=844)
    come_in(page, own_house.way_in())
    page.goto(own_house.url + "/settings/imports")
    page.get_by_label("File").set_input_files(
        files=[{"name": "kunden.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}])
    page.get_by_role("button", name="Look into it").click()
    expect(page.get_by_label("Geburtstag")).to_have_value("born")
    expect(page.get_by_text("“kein Mail” does not look like a mail address")).to_be_visible()
    page.screenshot(path=SCREENS / "settings-imports-preview-390-light.png", full_page=True)
    assert not faults_of(page) and not sideways(page)
    page.get_by_role("button", name="Bring 2 people in").click()
    page.get_by_role("button", name="Take it back").wait_for(timeout=20_000)
    expect(page.get_by_role("link", name="محمد")).to_be_visible()
    page.screenshot(path=SCREENS / "settings-imports-done-390-light.png", full_page=True)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back.", exact=True)).to_be_visible(timeout=20_000)
    page.goto(own_house.url + "/people?q=baerbel")
    expect(page.get_by_text("Nobody by that name yet")).to_be_visible()
