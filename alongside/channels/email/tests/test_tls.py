"""Passwords and mail travel sealed, to servers that are who they say; others are refused in words."""

import smtplib
import ssl

import pytest

from alongside.channels.email import carrying, mailserver
from alongside.channels.email.models import Mailbox, RawMail
from alongside.channels.email.tests.test_receiver import Receiving
from tests.dovecot import PROGRAM, Dovecot, needs_dovecot
from tests.smtp_sink import SmtpSink


def a_mailbox(**columns) -> Mailbox:
    return Mailbox(address="cafe@example.org", **columns)


def of_dovecot(server: Dovecot, security: str) -> Mailbox:
    port = server.tls_port if security == "tls" else server.port
    box = a_mailbox(imap_host="127.0.0.1", imap_port=port, imap_security=security, imap_login=server.login)
    box.imap_password = server.password
    return box


@pytest.fixture
def sealed_dovecot(certificate, tmp_path_factory):
    if PROGRAM is None:
        pytest.skip("dovecot is missing")
    server = Dovecot.start(tmp_path_factory.mktemp("sealed"), certificate=certificate)
    yield server
    server.stop()


@needs_dovecot
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_imap_is_read_over_tls(sealed_dovecot, trusted, security, mail):
    sealed_dovecot.deliver(mail("sealed"))
    server = mailserver.connect(of_dovecot(sealed_dovecot, security))
    try:
        server.open_folder("INBOX")
        assert isinstance(server.client.sock, ssl.SSLSocket)
        assert server.count == 1
    finally:
        server.close()


@needs_dovecot
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_imap_servers_that_nobody_vouches_for_are_refused(sealed_dovecot, security):
    with pytest.raises(mailserver.Trouble, match="not to be trusted"):
        mailserver.connect(of_dovecot(sealed_dovecot, security))


@pytest.mark.parametrize("from_start", [True, False])
def test_letters_are_handed_over_over_tls(trusted, from_start, mail):
    sink = SmtpSink(login="cafe", password="right", certificate=trusted, tls_from_start=from_start).start()
    try:
        box = a_mailbox(smtp_host="127.0.0.1", smtp_port=sink.port, smtp_login="cafe")
        box.smtp_security, box.smtp_password = "tls" if from_start else "starttls", "right"
        server = carrying.connect(box)
        assert isinstance(server.sock, ssl.SSLSocket)
        carrying.hand_over(server, "cafe@example.org", ["joe@hallam.example"], mail("sealed"))
        server.close()
        assert len(sink.taken) == 1
    finally:
        sink.stop()


def test_smtp_servers_that_nobody_vouches_for_or_without_tls_are_refused(certificate):
    sink, plain = SmtpSink(certificate=certificate).start(), SmtpSink().start()
    try:
        with pytest.raises(carrying.Away, match="not to be trusted"):
            carrying.connect(a_mailbox(smtp_host="127.0.0.1", smtp_port=sink.port, smtp_security="starttls"))
        with pytest.raises(carrying.Away, match="does not offer"):
            carrying.connect(a_mailbox(smtp_host="127.0.0.1", smtp_port=plain.port, smtp_security="starttls"))
    finally:
        sink.stop()
        plain.stop()


@pytest.mark.django_db(transaction=True)
def test_our_receiver_offers_starttls_where_it_has_a_certificate(mailbox, trusted, monkeypatch, mail):
    Mailbox.objects.update(receives_by_smtp=True)
    monkeypatch.setenv("SMTP_CERTIFICATE", str(trusted))
    monkeypatch.setenv("SMTP_KEY", str(trusted))
    door = Receiving()
    try:
        with smtplib.SMTP(door.host, door.port, timeout=10) as client:
            client.starttls(context=ssl.create_default_context())
            client.sendmail("joe@hallam.example", ["cafe@example.org"], mail("sealed"))
        assert RawMail.objects.count() == 1
    finally:
        door.end()
