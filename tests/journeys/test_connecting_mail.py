"""An owner connects a mail address: guessed, tested, looked at, begun; with a wrong password on the way."""

import pytest
from playwright.sync_api import expect

from tests.dovecot import Dovecot, needs_dovecot
from tests.journeys.conftest import SCREENS
from tests.journeys.houses import house
from tests.journeys.looking import faults_of, sideways
from tests.smtp_sink import SmtpSink

pytestmark = needs_dovecot


@pytest.fixture
def servers(tmp_path_factory):
    """A mailbox that people write to, and the server through which answers leave."""
    inbox = Dovecot.start(tmp_path_factory.mktemp("dovecot"))
    outside = SmtpSink(login=inbox.login, password=inbox.password).start()
    yield inbox, outside
    outside.stop()
    inbox.stop()


@pytest.fixture
def own_house():
    """A house on its first day."""
    with house() as running:
        yield running


def test_the_way_from_an_address_to_its_mail(servers, own_house, screen, come_in):
    inbox, outside = servers
    for number, subject in enumerate(
        ("Is the terrace open on Sunday?", "Re: the cake for Saturday", "طلب صغير", "Rechnung 2025-118")
    ):
        inbox.deliver(f"From: Person {number} <p{number}@people.example>\r\nSubject: {subject}\r\n\r\nHello".encode())
    page = screen()
    come_in(page, own_house.way_in())
    page.goto(own_house.url + "/settings/mail")
    picture(page, "settings-mail")
    page.get_by_label("Mail address").fill(inbox.login)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Server (IMAP)")).to_have_value("imap.example.org")
    page.get_by_label("Server (IMAP)").fill(inbox.host)
    page.get_by_label("Port").nth(0).fill(str(inbox.port))
    page.get_by_label("Security").nth(0).select_option("none")
    page.get_by_label("Server (SMTP)").fill(outside.host)
    page.get_by_label("Port").nth(1).fill(str(outside.port))
    page.get_by_label("Security").nth(1).select_option("none")
    page.get_by_label("Password", exact=True).fill("wrong")
    picture(page, "settings-mail-servers")
    page.get_by_role("button", name="Test and keep").click()
    expect(page.get_by_text("does not accept our name and password").first).to_be_visible(timeout=30_000)
    picture(page, "settings-mail-refused")
    page.get_by_label("Password", exact=True).fill(inbox.password)
    page.get_by_role("button", name="Test and keep").click()
    expect(page.get_by_text("Is the terrace open on Sunday?")).to_be_visible(timeout=30_000)
    picture(page, "settings-mail-start")
    page.get_by_label("From now on").check()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text(f"{inbox.login} is connected.")).to_be_visible()
    picture(page, "settings-mail-connected")
    assert not any(b"Seen" in flags or b"Deleted" in flags for flags in inbox.flags())


def picture(page, name: str) -> None:
    """A picture small and wide, by day and in the evening; no fault that axe knows and no sideways scroll."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    for width, height in ((390, 844), (1280, 900)):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(150)
            page.screenshot(path=SCREENS / f"{name}-{width}-{scheme}.png", full_page=True)
            assert faults_of(page) == []
        assert sideways(page) == 0
