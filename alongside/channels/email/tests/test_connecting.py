"""An admin connects an address: guess, test, look, choose, begin; nothing happens there before the last step."""

import pytest

from alongside.channels.email.models import Mailbox, RawMail
from alongside.channels.email.providers import guess
from alongside.conversations.models import Message
from alongside.events.models import Event
from tests.dovecot import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(dovecot, smtp_sink):
    """What the admin fills in for the tests' servers."""
    return {
        "name": "Market Street Café", "inbox": "", "password": dovecot.password, "imap_login": dovecot.login,
        "imap_host": dovecot.host, "imap_port": dovecot.port, "imap_security": "none", "imap_folder": "INBOX",
        "smtp_host": smtp_sink.host, "smtp_port": smtp_sink.port, "smtp_security": "none", "plus_addresses": "on",
    }  # fmt: skip


@pytest.fixture
def no_sign_in(monkeypatch):
    """The sink asks for no name and password."""
    from alongside.channels.email import carrying

    monkeypatch.setattr(carrying.smtplib.SMTP, "login", lambda self, name, password: (235, b"ok"))


def connect(browser, given, address="cafe@example.org"):
    assert browser.post("/settings/mail", {"address": address}).status_code == 302
    return browser.post("/settings/mail/servers", given)


def test_the_whole_way(signed_in, admin, given, dovecot, mail, no_sign_in, counter_team):
    dovecot.deliver(mail("Hi", subject="Is the terrace open?"))
    browser = signed_in(admin)
    answer = connect(browser, {**given, "teams": [counter_team.id]})
    box = Mailbox.objects.get()
    assert answer.url == f"/settings/mail/{box.id}/start"
    assert (box.state, box.importing_since, box.inbox.name) == (Mailbox.NEW, None, "Market Street Café")
    assert list(box.inbox.teams.all()) == [counter_team]
    assert dovecot.password not in box.sealed_imap_password
    page = browser.get(answer.url).content.decode()
    assert "Is the terrace open?" in page
    assert not RawMail.objects.exists()
    browser.post(answer.url, {"since": "now"})
    box.refresh_from_db()
    assert (box.state, box.importing_since is not None) == (Mailbox.CONNECTED, True)
    assert dovecot.flags() and not any(b"Seen" in flags for flags in dovecot.flags())
    kinds = set(Event.objects.filter(kind__startswith="email.").values_list("kind", flat=True))
    assert kinds == {"email.mailbox_connected", "email.mailbox_started"}


@pytest.mark.parametrize("changes, words", [
    ({"password": "wrong"}, "name and password"),
    ({"imap_port": free_port()}, "listens at that port"),
    ({"smtp_port": free_port()}, "cannot be reached"),
    ({"imap_folder": "Nowhere"}, "Nowhere"),
])  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(
    signed_in, admin, given, no_sign_in, changes, words
):
    answer = connect(signed_in(admin), {**given, **changes})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Mailbox.objects.exists()


def test_a_server_that_is_written_with_its_port_is_understood(signed_in, admin, given, dovecot, smtp_sink, no_sign_in):
    written = {"imap_host": f" {dovecot.host}:{dovecot.port}", "imap_port": 993,
               "smtp_host": f"{smtp_sink.host}:{smtp_sink.port}", "smtp_port": 587}
    assert connect(signed_in(admin), {**given, **written}).status_code == 302
    box = Mailbox.objects.get()
    assert (box.imap_host, box.imap_port) == (dovecot.host, dovecot.port)
    assert (box.smtp_host, box.smtp_port) == (smtp_sink.host, smtp_sink.port)


def test_a_password_is_never_sent_in_the_open_to_elsewhere(signed_in, admin, given):
    answer = connect(signed_in(admin), {**given, "imap_host": "imap.example.org", "smtp_host": "8.8.8.8"})
    assert answer.content.decode().count("travel in the open") == 2


def test_a_way_in_is_needed_and_forwarding_is_one(signed_in, admin, given, no_sign_in):
    browser = signed_in(admin)
    assert connect(browser, {**given, "imap_host": ""}).status_code == 422
    assert connect(browser, {**given, "imap_host": "", "receives_by_smtp": "on"}).status_code == 302


def test_an_address_is_connected_once(signed_in, admin, mailbox):
    answer = signed_in(admin).post("/settings/mail", {"address": "Cafe@Example.org"})
    assert "connected already" in answer.content.decode()


def test_changing_keeps_the_password_that_is_there(signed_in, admin, given, no_sign_in, mailbox, dovecot):
    browser = signed_in(admin)
    connect(browser, given, "second@example.org")
    box = Mailbox.objects.get(address="second@example.org")
    browser.post(f"/settings/mail/{box.id}/start", {"since": "all"})
    answer = browser.post(
        f"/settings/mail/{box.id}", {**given, "password": "", "name": "New name", "inbox": box.inbox_id}
    )
    assert answer.status_code == 302
    box.refresh_from_db()
    assert (box.name, box.imap_password, box.state) == ("New name", dovecot.password, Mailbox.CONNECTED)
    assert dovecot.password not in browser.get(f"/settings/mail/{box.id}").content.decode()


def test_pause_resume_and_disconnect(signed_in, admin, given, no_sign_in):
    browser = signed_in(admin)
    connect(browser, given)
    box = Mailbox.objects.get()
    browser.post(f"/settings/mail/{box.id}/start", {"since": "now"})
    for step, state in (("pause", Mailbox.PAUSED), ("resume", Mailbox.CONNECTED), ("disconnect", Mailbox.NEW)):
        browser.post(f"/settings/mail/{box.id}/{step}")
        box.refresh_from_db()
        assert box.state == state
    assert (box.sealed_imap_password, box.sealed_smtp_password, box.fetches, box.sends) == ("", "", False, False)
    assert connect(browser, given).status_code == 302  # and connected again


def test_the_list_says_what_is_wrong(signed_in, admin, mailbox):
    Mailbox.objects.update(state="failing", transport="smtp", trouble_in="The mail server does not answer.")
    browser = signed_in(admin)
    assert "needs you" in browser.get("/settings/mail").content.decode()
    assert "does not answer" in browser.get(f"/settings/mail/{mailbox.id}").content.decode()


def test_what_was_set_aside_can_be_taken_in(signed_in, admin, arrive, mail):
    arrive(mail("Your parcel", sender="Shop <no-reply@shop.example>", subject="Parcel 12"))
    browser = signed_in(admin)
    page = browser.get("/settings/mail/aside").content.decode()
    assert "Parcel 12" in page and "no-reply@shop.example" in page
    stored = RawMail.objects.get()
    browser.post(f"/settings/mail/aside/{stored.id}/take-in")
    assert Message.objects.get().text == "Your parcel"
    assert browser.post(f"/settings/mail/aside/{stored.id}/take-in").status_code == 404


@pytest.mark.parametrize("path", ["", "/servers", "/aside", "/{id}", "/{id}/start"])
def test_only_admins_see_these_pages(signed_in, client, lena, mailbox, path):
    path = "/settings/mail" + path.format(id=mailbox.id)
    assert client.get(path).status_code == 302
    assert signed_in(lena).get(path).status_code == 403


@pytest.mark.parametrize("step", ["pause", "resume", "disconnect"])
def test_only_admins_change_a_mailbox(signed_in, lena, mailbox, step):
    assert signed_in(lena).post(f"/settings/mail/{mailbox.id}/{step}").status_code == 403


def test_guesses():
    assert guess("joe@gmail.com").imap_host == "imap.gmail.com"
    assert guess("joe@gmail.com").hint
    assert guess("hello@cafe.example") == guess("other@cafe.example")
    assert not guess("hello@cafe.example").sure
