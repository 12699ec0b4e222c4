"""A mailbox on a real server is read from the chosen moment on, and nothing in it is changed."""

import asyncio
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from alongside.channels.email import imap, intake, mailserver
from alongside.channels.email.mailserver import MailServer, Refused, Trouble
from alongside.channels.email.models import Mailbox, RawMail
from alongside.conversations.models import Message
from tests.dovecot import Dovecot, free_port

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.fixture
def box(mailbox, dovecot):
    """The café's mailbox, connected to the tests' Dovecot; everything in it is to be imported."""
    mailbox.transport, mailbox.importing_since = "smtp", EPOCH
    mailbox.imap_host, mailbox.imap_port, mailbox.imap_security = dovecot.host, dovecot.port, "none"
    mailbox.imap_login, mailbox.imap_password = dovecot.login, dovecot.password
    mailbox.save()
    return mailbox


def fetch(box) -> int:
    server = mailserver.connect(box)
    try:
        return imap.fetch_new(server, box.pk)
    finally:
        server.close()


@pytest.mark.django_db
def test_mail_is_stored_as_it_lies_there_and_nothing_there_changes(box, dovecot, mail):
    letters = [mail(f"letter {number}") for number in range(5)]
    for letter in letters:
        dovecot.deliver(letter)
    assert fetch(box) == 5
    assert [bytes(raw.raw) for raw in RawMail.objects.order_by("id")] == letters
    assert len(dovecot.flags()) == 5
    assert not any(b"Seen" in flags or b"Deleted" in flags for flags in dovecot.flags())
    assert fetch(box) == 0
    dovecot.deliver(mail("one more"))
    assert fetch(box) == 1
    assert Mailbox.objects.get(pk=box.pk).last_uid == 6


@pytest.mark.django_db
def test_only_what_came_since_the_chosen_moment_is_brought(box, dovecot, mail):
    now = time.time()
    for days in (40, 5, 1):
        dovecot.deliver(mail(f"{days} days ago"), when=now - days * 86_400)
    Mailbox.objects.filter(pk=box.pk).update(importing_since=timezone.now() - timedelta(days=6))
    assert fetch(box) == 2
    intake.take_stored()
    texts = list(Message.objects.order_by("id").values_list("text", flat=True))
    assert texts == ["5 days ago", "1 days ago"]
    assert abs((Message.objects.order_by("id").first().at - timezone.now()).total_seconds() + 5 * 86_400) < 60


@pytest.mark.django_db
def test_from_now_on_means_that_nothing_old_is_brought(box, dovecot, mail):
    dovecot.deliver(mail("old"), when=time.time() - 3600)
    Mailbox.objects.filter(pk=box.pk).update(importing_since=timezone.now() - timedelta(seconds=2))
    assert fetch(box) == 0
    dovecot.deliver(mail("new"))
    assert fetch(box) == 1


@pytest.mark.django_db
def test_a_folder_that_was_numbered_anew_is_read_again_without_doubles(box, dovecot, mail):
    for number in range(3):
        dovecot.deliver(mail(f"letter {number}"))
    assert fetch(box) == 3
    before = Mailbox.objects.get(pk=box.pk).uid_validity
    dovecot.stop()
    dovecot.forget_numbers()
    dovecot._launch()
    dovecot.deliver(mail("after it"))
    assert fetch(box) == 1
    assert Mailbox.objects.get(pk=box.pk).uid_validity != before
    assert RawMail.objects.count() == 4


@pytest.mark.django_db
def test_what_breaks_in_the_middle_is_fetched_the_next_time(box, dovecot, mail, slow_line):
    for number in range(4):
        dovecot.deliver(mail(f"{number} " + "x" * 30_000))
    line = slow_line(dovecot.port)
    line.limit, line.cuts = 70_000, True
    Mailbox.objects.filter(pk=box.pk).update(imap_port=line.port)
    with pytest.raises(Trouble):
        fetch(Mailbox.objects.get(pk=box.pk))
    assert 1 <= RawMail.objects.count() <= 3
    assert all(len(bytes(raw.raw)) > 30_000 for raw in RawMail.objects.all())
    Mailbox.objects.filter(pk=box.pk).update(imap_port=dovecot.port)
    fetch(Mailbox.objects.get(pk=box.pk))
    assert RawMail.objects.count() == 4


@pytest.mark.django_db
def test_a_server_that_hangs_in_the_middle_of_a_letter_is_left(box, dovecot, mail, slow_line, monkeypatch):
    monkeypatch.setattr(mailserver, "SECONDS", 1)
    dovecot.deliver(mail("x" * 30_000))
    line = slow_line(dovecot.port)
    line.limit = 10_000
    Mailbox.objects.filter(pk=box.pk).update(imap_port=line.port)
    with pytest.raises(Trouble, match="does not answer"):
        fetch(Mailbox.objects.get(pk=box.pk))
    assert not RawMail.objects.exists()


@pytest.mark.django_db
def test_troubles_are_told_in_words(box, silent_server, monkeypatch):
    monkeypatch.setattr(mailserver, "SECONDS", 1)
    box.imap_password = "wrong"
    with pytest.raises(Refused, match="name and password"):
        mailserver.connect(box)
    box.imap_port = silent_server.port
    with pytest.raises(Trouble, match="does not answer"):
        mailserver.connect(box)
    box.imap_port = free_port()
    with pytest.raises(Trouble, match="listens at that port"):
        mailserver.connect(box)
    box.imap_host = "no-such-host.invalid"
    with pytest.raises(Trouble, match="no mail server of the name"):
        mailserver.connect(box)


@pytest.mark.django_db
def test_tls_to_a_port_without_it_and_a_missing_folder_are_told(box, dovecot, mail, monkeypatch):
    box.imap_security = "tls"
    with pytest.raises(Trouble, match="secure line"):
        mailserver.connect(box)
    Mailbox.objects.filter(pk=box.pk).update(imap_folder="No such folder")
    with pytest.raises(Trouble, match="No such folder"):
        fetch(Mailbox.objects.get(pk=box.pk))


@pytest.mark.django_db
def test_a_sealed_password_of_another_house_is_asked_for_again(box):
    box.sealed_imap_password = "gAAAAABnothing"
    with pytest.raises(Refused, match="give it again"):
        mailserver.connect(box)


@pytest.mark.django_db
def test_a_letter_that_is_too_large_is_told_of(box, dovecot, mail, monkeypatch):
    monkeypatch.setattr(mailserver, "MOST_BYTES", 5000)
    dovecot.deliver(mail("x" * 9000, subject="Holiday pictures"))
    assert fetch(box) == 1
    intake.take_stored()
    message = Message.objects.get()
    assert message.subject == "Holiday pictures"
    assert "too large" in message.text


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
        mailbox.transport, mailbox.importing_since = "smtp", EPOCH
        mailbox.imap_host, mailbox.imap_port, mailbox.imap_security = server.host, server.port, "none"
        mailbox.imap_login, mailbox.imap_password = server.login, server.password
        mailbox.save()
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

    def meanwhile(server, *args):
        if coming:
            dovecot.deliver(coming.pop())
        return real(server, *args)

    monkeypatch.setattr(MailServer, step, meanwhile)
    dovecot.deliver(mail("before"))
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
