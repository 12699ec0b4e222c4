"""Every connected mailbox has one reader, who brings what comes, through troubles of server and database."""

import asyncio
import threading
import time

import pytest
from django.db import OperationalError

from alongside.channels.email import imap, intake, mailserver
from alongside.channels.email.mailserver import MailServer
from alongside.channels.email.models import Mailbox, RawMail
from alongside.channels.email.tests.conftest import connected
from tests.dovecot import Dovecot


class Reading:
    """`imap.run` in a thread with a loop of its own."""

    def __enter__(self):
        self.loop = asyncio.new_event_loop()
        self.stop = asyncio.Event()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        return self

    def _run(self):
        try:
            self.loop.run_until_complete(imap.run(self.stop))
        finally:
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()

    def __exit__(self, *error):
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join(20)
        assert not self.thread.is_alive(), "the readers did not stop"


@pytest.fixture
def reading(monkeypatch):
    """A function that begins to read all mailboxes, with short pauses."""
    monkeypatch.setattr(imap, "LOOK_SECONDS", 0.2)
    monkeypatch.setattr(mailserver, "pause_after", lambda failures: 0.2)
    return Reading


@pytest.mark.django_db(transaction=True)
def test_new_mail_is_brought_as_soon_as_the_server_tells_of_it(box, dovecot, mail, reading, eventually):
    dovecot.deliver(mail("before"))
    with reading():
        eventually(lambda: RawMail.objects.count() == 1)
        time.sleep(0.5)  # it waits for the server's word now; the next look by itself would come in minutes
        dovecot.deliver(mail("after"))
        eventually(lambda: RawMail.objects.count() == 2, seconds=5)
        assert Mailbox.objects.get(pk=box.pk).state == Mailbox.CONNECTED


@pytest.mark.django_db(transaction=True)
def test_a_server_that_cannot_tell_is_asked(mailbox, mail, reading, eventually, tmp_path_factory, monkeypatch):
    monkeypatch.setattr(imap, "POLL_SECONDS", 0.3)
    server = Dovecot.start(tmp_path_factory.mktemp("plain"), capability="IMAP4rev1 LITERAL+")
    try:
        connected(mailbox, server)
        with reading():
            server.deliver(mail("asked for"))
            eventually(lambda: RawMail.objects.count() == 1)
    finally:
        server.stop()


@pytest.mark.django_db(transaction=True)
def test_a_server_that_went_away_is_told_of_and_read_again_when_it_is_back(box, dovecot, mail, reading, eventually):
    with reading():
        eventually(lambda: Mailbox.objects.get(pk=box.pk).heard_at)
        dovecot.stop()
        eventually(lambda: Mailbox.objects.get(pk=box.pk).state == Mailbox.FAILING)
        dovecot._launch()
        dovecot.deliver(mail("while we were away"))
        eventually(lambda: RawMail.objects.count() == 1)
        eventually(lambda: Mailbox.objects.get(pk=box.pk).state == Mailbox.CONNECTED)


@pytest.mark.parametrize("step", ["fetch", "wait"])
@pytest.mark.django_db(transaction=True)
def test_mail_that_comes_between_looking_and_waiting_is_not_left_lying(
    box, dovecot, mail, reading, eventually, monkeypatch, step
):
    real, coming = getattr(MailServer, step), [mail("in between")]
    dovecot.deliver(mail("before"))

    def meanwhile(server, *args):
        if coming:
            dovecot.deliver(coming.pop())
        return real(server, *args)

    monkeypatch.setattr(MailServer, step, meanwhile)
    with reading():
        eventually(lambda: RawMail.objects.count() == 2, seconds=20)


@pytest.mark.django_db(transaction=True)
def test_a_paused_mailbox_is_left_alone_until_it_is_resumed(box, dovecot, mail, reading, eventually, owner):
    with reading():
        eventually(lambda: Mailbox.objects.get(pk=box.pk).heard_at)
        Mailbox.objects.get(pk=box.pk).pause(by=owner.person)
        time.sleep(1)
        dovecot.deliver(mail("while paused"))
        time.sleep(1)
        assert not RawMail.objects.exists()
        Mailbox.objects.get(pk=box.pk).resume(by=owner.person)
        eventually(lambda: RawMail.objects.count() == 1)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_read_before_the_start(box, dovecot, mail, reading):
    Mailbox.objects.filter(pk=box.pk).update(importing_since=None)
    dovecot.deliver(mail("not yet"))
    with reading():
        time.sleep(1)
    assert not RawMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_processes_do_not_read_the_same_mailbox_at_once(box, dovecot, mail, reading, eventually, monkeypatch):
    signed_in = []
    real = mailserver.connect
    monkeypatch.setattr(mailserver, "connect", lambda box: signed_in.append(1) or real(box))
    with reading(), reading():
        dovecot.deliver(mail("once"))
        eventually(lambda: RawMail.objects.count() == 1)
        time.sleep(1)
        assert len(signed_in) == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_loses_no_mail(box, dovecot, mail, reading, eventually, monkeypatch):
    real = intake.store
    broken = [True]

    def store(*args, **kwargs):
        if broken[0]:
            raise OperationalError("could not extend file: No space left on device")
        return real(*args, **kwargs)

    monkeypatch.setattr(intake, "store", store)
    monkeypatch.setattr(imap, "DATABASE_SECONDS", 0.2)
    dovecot.deliver(mail("patience"))
    with reading():
        time.sleep(1)
        assert not RawMail.objects.exists()
        broken[0] = False
        eventually(lambda: RawMail.objects.count() == 1)
