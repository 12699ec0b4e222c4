"""The main job on real servers: a mail comes by IMAP, is answered in a browser, and the answer to it threads."""

import re
import time
from email.message import EmailMessage
from email.utils import formatdate

import pytest
from playwright.sync_api import expect

from tests.dovecot import dovecot, needs_dovecot  # noqa: F401  a fixture
from tests.journeys.houses import house
from tests.smtp_sink import SmtpSink

ADDRESS = "hello@cafe.example"


@pytest.fixture
def empty_house():
    """A house without a demo, as on the first day."""
    with house() as running:
        yield running


@pytest.fixture
def outgoing(dovecot):  # noqa: F811
    """A server for outgoing mail that asks for the same name and password."""
    sink = SmtpSink(login=dovecot.login, password=dovecot.password).start()
    yield sink
    sink.stop()


@needs_dovecot
def test_a_mail_comes_in_is_answered_and_its_answer_comes_back(empty_house, dovecot, outgoing, screen, come_in):  # noqa: F811
    marta = screen()
    come_in(marta, empty_house.way_in())
    _move_in(marta)
    an_hour_ago = time.time() - 3600  # what comes in the very second in which they begin is not left out
    dovecot.deliver(_mail("Before we came", "An old one, to be seen and left alone.", "old"), when=an_hour_ago)
    _connect(marta, empty_house.url, dovecot, outgoing)

    colleague = screen(width=390, height=844)
    colleague.context.add_cookies(marta.context.cookies())
    dovecot.deliver(_mail("Austin’s folder", "Did Austin leave his folder with you? Blue, with stickers.", "austin1"))

    marta.goto(empty_house.url + "/inbox/all")
    marta.get_by_role("link", name=re.compile("Ryan Kessler")).first.click(timeout=60_000)
    marta.wait_for_url(re.compile(r"/conversations/\d+"))
    expect(marta.locator("article", has_text="Blue, with stickers.")).to_be_visible()
    conversation = re.search(r"/conversations/\d+", marta.url)[0]
    colleague.goto(empty_house.url + conversation)

    marta.get_by_label(re.compile("Your words")).first.fill("We have it, Ryan. It is dry.")
    marta.get_by_role("button", name=re.compile("Send to Ryan")).click()
    expect(colleague.locator("article", has_text="It is dry.")).to_be_visible()

    [taken] = outgoing.wait_for(1, seconds=30)
    sent = taken.mail
    assert (taken.sender, taken.recipients) == (ADDRESS, ["ryan@kessler.example"])
    assert sent["In-Reply-To"] == "<austin1@kessler.example>" and "<austin1@kessler.example>" in sent["References"]
    assert sent["Subject"] == "Re: Austin’s folder" and "Auto-Submitted" not in sent and "Bcc" not in sent
    assert "It is dry." in sent.get_body(("plain",)).get_content()

    words = "On my way.\n\nOn Monday Marta wrote:\n> It is dry."
    theirs = {"In_Reply_To": sent["Message-ID"], "References": sent["Message-ID"]}
    dovecot.deliver(_mail("completely different words", words, "austin2", **theirs))
    expect(marta.locator("article", has_text="On my way.")).to_be_visible(timeout=60_000)
    expect(colleague.locator("article", has_text="On my way.")).to_be_visible()
    assert conversation in marta.url

    marta.goto(empty_house.url + "/people")
    marta.get_by_role("link", name=re.compile("Ryan")).first.click()
    for words in ("On my way.", "It is dry.", "Blue, with stickers."):
        expect(marta.get_by_role("main").get_by_text(re.compile(re.escape(words))).first).to_be_visible()
    assert marta.get_by_text("to be seen and left alone").count() == 0
    assert all(b"\\Seen" not in flags for flags in dovecot.flags()), "nothing is marked on the server"


def _move_in(page) -> None:
    """The set-up page of a new house."""
    page.get_by_label(re.compile("name", re.I)).first.fill("Market Street café")
    for label, words in (("call", "Marta"), ("mail", "marta@cafe.example")):
        field = page.get_by_label(re.compile(label, re.I))
        if field.count():
            field.first.fill(words)
    page.get_by_role("button", name=re.compile("Move in")).click()
    page.wait_for_url(re.compile("/inbox"))


def _connect(page, url: str, imap, smtp) -> None:
    """The guided page: an address, its servers, a look, and from when on."""
    page.goto(url + "/settings/mail")
    page.get_by_label("Mail address").fill(ADDRESS)
    page.get_by_role("button", name="Go on").click()
    fill = {
        "imap_login": imap.login,
        "password": imap.password,
        "imap_host": "127.0.0.1",
        "imap_port": str(imap.port),
        "smtp_host": "127.0.0.1",
        "smtp_port": str(smtp.port),
    }
    for name, words in fill.items():
        page.locator(f"[name={name}]").fill(words)
    for name in ("imap_security", "smtp_security"):
        page.locator(f"select[name={name}]").select_option("none")
    page.get_by_role("button", name="Test and keep").click()
    expect(page.get_by_text("Before we came")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("is connected")).to_be_visible()


def _mail(subject: str, text: str, name: str, **headers: str) -> bytes:
    """A mail of Ryan's, as his server would hand it over; `name` makes its Message-ID."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ryan Kessler <ryan@kessler.example>", ADDRESS, subject
    mail["Message-ID"], mail["Date"] = f"<{name}@kessler.example>", formatdate()
    for header, value in headers.items():
        mail[header.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()
