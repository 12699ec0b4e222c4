"""A mailbox on a real server is read from the chosen moment on, and nothing in it is changed."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.channels.email import imap, intake, mailserver
from alongside.channels.email.mailserver import Refused, Trouble
from alongside.channels.email.models import Mailbox, RawMail
from alongside.conversations.models import Message
from tests.dovecot import free_port


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


def test_what_is_told_in_one_breath_with_the_word_to_wait_is_heard(box, dovecot, mail, slow_line, monkeypatch):
    line = slow_line(dovecot.port)
    box.imap_port = line.port
    server = mailserver.connect(box)
    server.open_folder("INBOX")
    line.gathers = 0.5
    dovecot.deliver(mail("just now"))
    monkeypatch.setattr("imap_tools.idle.get_socket_poller", lambda *_: pytest.fail("it waits for what it was told"))
    assert server.wait(30)
    line.gathers = 0
    server.close()
