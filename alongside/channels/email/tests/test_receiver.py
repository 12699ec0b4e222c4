"""Mail that is forwarded to us is acknowledged only once it is kept, and only where it is ours."""

import asyncio
import smtplib
import socket
import threading

import pytest
from django.db import OperationalError

from alongside.channels.email import intake, receiver
from alongside.channels.email.models import Mailbox, RawMail
from alongside.conversations.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


class Receiving:
    """The receiver in a thread with a loop of its own."""

    def __init__(self):
        self.loop, self.ready = asyncio.new_event_loop(), threading.Event()
        self.stop = asyncio.Event()
        self.thread = threading.Thread(target=lambda: self.loop.run_until_complete(self._run()))
        self.thread.start()
        assert self.ready.wait(10)

    async def _run(self):
        async with receiver.receiving("127.0.0.1", 0) as (self.host, self.port):
            self.ready.set()
            await self.stop.wait()

    def end(self):
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join(20)
        self.loop.close()
        assert not self.thread.is_alive()


@pytest.fixture
def door(mailbox):
    """A receiver that takes mail for the café's address."""
    Mailbox.objects.filter(pk=mailbox.pk).update(receives_by_smtp=True)
    receiving = Receiving()
    yield receiving
    receiving.end()


@pytest.fixture
def client(door):
    """A server that forwards to us."""
    with smtplib.SMTP(door.host, door.port, timeout=10) as client:
        yield client


def test_what_was_acknowledged_is_kept_as_it_came(client, mail):
    raw = mail("Hello\n.\n..dots\n")
    client.sendmail("joe@hallam.example", ["cafe@example.org"], raw)
    stored = RawMail.objects.get()
    assert bytes(stored.raw).rstrip(b"\r\n") == raw.rstrip(b"\r\n")
    assert (stored.source, stored.envelope_from, stored.envelope_to) == (
        "smtp",
        "joe@hallam.example",
        "cafe@example.org",
    )
    intake.take_stored()
    assert Message.objects.get().text == "Hello\n.\n..dots"


def test_plus_addresses_and_other_cases_are_ours_too(client, mail):
    client.sendmail("joe@hallam.example", ["Cafe+c.1.abcdefgh.abcdefghijklmnop@Example.org"], mail())
    assert RawMail.objects.get().envelope_to.startswith("Cafe+c.1.")


@pytest.mark.parametrize("address", ["someone@example.org", "cafe@elsewhere.example", "cafe%elsewhere@example.org"])
def test_nothing_is_relayed(client, mail, address):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("joe@hallam.example", [address], mail())
    assert refused.value.recipients[address][0] == 550


@pytest.mark.parametrize(
    "columns, code", [({"state": "paused"}, 450), ({"state": "new"}, 550), ({"receives_by_smtp": False}, 550)]
)
def test_a_mailbox_that_rests_or_does_not_receive_here_takes_nothing(client, mail, columns, code):
    Mailbox.objects.update(**columns)
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("joe@hallam.example", ["cafe@example.org"], mail())
    assert refused.value.recipients["cafe@example.org"][0] == code


def test_one_letter_for_two_addresses_is_kept_for_both(client, mail, branch):
    Mailbox.objects.create(inbox=branch, address="bank@example.org", state="connected", receives_by_smtp=True)
    client.sendmail("joe@hallam.example", ["cafe@example.org", "bank@example.org"], mail())
    assert RawMail.objects.count() == 2


@pytest.mark.parametrize(
    "error, code", [("could not extend file: No space left on device", 452), ("the connection is closed", 451)]
)
def test_what_cannot_be_kept_is_not_acknowledged(client, mail, monkeypatch, error, code):
    def fails(*args, **kwargs):
        raise OperationalError(error)

    monkeypatch.setattr(intake, "store", fails)
    with pytest.raises(smtplib.SMTPDataError) as refused:
        client.sendmail("joe@hallam.example", ["cafe@example.org"], mail())
    assert refused.value.smtp_code == code
    monkeypatch.undo()
    client.sendmail("joe@hallam.example", ["cafe@example.org"], mail())
    assert RawMail.objects.count() == 1


def test_a_database_that_is_away_at_the_door_means_later(client, mail, monkeypatch):
    def fails(*args):
        raise OperationalError("away")

    monkeypatch.setattr(receiver, "mailbox_for", fails)
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("joe@hallam.example", ["cafe@example.org"], mail())
    assert refused.value.recipients["cafe@example.org"][0] == 451


def test_a_letter_that_is_too_large_is_refused(door, mail, monkeypatch):
    monkeypatch.setattr(receiver, "MOST_BYTES", 10_000)
    with smtplib.SMTP(door.host, door.port, timeout=10) as client, pytest.raises(smtplib.SMTPException):
        client.sendmail("joe@hallam.example", ["cafe@example.org"], mail("x" * 20_000))
    assert not RawMail.objects.exists()


def test_a_letter_that_is_cut_off_is_not_kept(door, mail):
    with socket.create_connection((door.host, door.port), 10) as line:
        line.recv(1000)
        for command in (
            b"EHLO x\r\n",
            b"MAIL FROM:<joe@hallam.example>\r\n",
            b"RCPT TO:<cafe@example.org>\r\n",
            b"DATA\r\n",
        ):
            line.sendall(command)
            line.recv(1000)
        line.sendall(mail()[:100])
    assert not RawMail.objects.exists()


def test_mail_that_runs_in_a_circle_is_refused(client, mail):
    hops = b"Received: from a by b\r\n" * 60
    with pytest.raises(smtplib.SMTPDataError) as refused:
        client.sendmail("joe@hallam.example", ["cafe@example.org"], hops + mail())
    assert refused.value.smtp_code == 554


def test_one_host_gets_so_many_connections_and_no_more(door):
    lines = []
    try:
        for _ in range(receiver.CONNECTIONS_OF_ONE):
            lines.append(socket.create_connection((door.host, door.port), 10))
            assert lines[-1].recv(1000).startswith(b"220")
        with socket.create_connection((door.host, door.port), 10) as one_too_many:
            assert one_too_many.recv(1000).startswith(b"421")
    finally:
        for line in lines:
            line.close()


def test_it_stops_though_somebody_still_holds_the_line(door):
    line = socket.create_connection((door.host, door.port), 10)
    assert line.recv(100).startswith(b"220")
    line.close()


def test_an_empty_sender_is_a_machine(client, mail):
    client.sendmail("", ["cafe@example.org"], mail())
    intake.take_stored()
    assert RawMail.objects.get().state == RawMail.ASIDE


@pytest.mark.parametrize("place, expected", [
    ("0.0.0.0:2525", ("0.0.0.0", 2525)), (":2525", ("0.0.0.0", 2525)), ("2525", ("0.0.0.0", 2525)),
    ("[::1]:25", ("::1", 25)),
])  # fmt: skip
def test_where_to_listen(place, expected):
    assert receiver.address_of(place) == expected
