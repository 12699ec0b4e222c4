"""Whatever becomes of a letter is said where it was written, and none is sent twice in silence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.channels.email import carrying, sending
from alongside.channels.email.models import Mailbox, Outgoing
from alongside.conversations.models import FAILED, LEAVING, SENT, UNKNOWN, WAITING, Message
from alongside.conversations.sending import claim_due, try_again
from alongside.events.models import Event
from tests.dovecot import free_port

pytestmark = pytest.mark.django_db


def state_of(message) -> str:
    return Message.objects.get(pk=message.pk).state


def due_now(message) -> None:
    Message.objects.filter(pk=message.pk).update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_refused_address_is_said_and_the_others_have_it(by_smtp, smtp_sink, write):
    smtp_sink.refuse_rcpt["ann@people.example"] = "550 5.1.1 no such user"
    message = write(cc=[("ann@people.example", "Ann")])
    sending.send_due()
    assert state_of(message) == SENT
    assert Outgoing.objects.get().refused == [{"address": "ann@people.example", "said": "550 5.1.1 no such user"}]
    assert Outgoing.objects.get().done == ["joe@hallam.example"]


def test_a_letter_that_nobody_takes_has_failed_with_the_servers_words(by_smtp, smtp_sink, write):
    smtp_sink.refuse_rcpt["joe@hallam.example"] = "550 5.1.1 no such user"
    message = write()
    sending.send_due()
    assert state_of(message) == FAILED
    assert "no such user" in Message.objects.get(pk=message.pk).trouble


def test_come_back_later_waits_and_hands_over_the_same_letter(by_smtp, smtp_sink, write):
    smtp_sink.refuse_data = "451 4.7.1 greylisted"
    message = write()
    sending.send_due()
    assert state_of(message) == WAITING
    before = bytes(Outgoing.objects.get().raw)
    assert Outgoing.objects.get().server_said.startswith("451")
    smtp_sink.refuse_data = ""
    due_now(message)
    sending.send_due()
    assert state_of(message) == SENT
    assert smtp_sink.taken[0].raw == before


def test_after_two_days_it_has_failed(by_smtp, smtp_sink, write):
    smtp_sink.refuse_data = "451 4.7.1 greylisted"
    message = write()
    sending.send_due()
    Outgoing.objects.update(first_try_at=timezone.now() - timedelta(days=3))
    due_now(message)
    sending.send_due()
    assert state_of(message) == FAILED


def test_a_forever_no_to_the_letter_fails_at_once(by_smtp, smtp_sink, write):
    smtp_sink.refuse_data = "554 5.7.1 spam"
    message = write()
    sending.send_due()
    assert state_of(message) == FAILED


def test_a_line_that_breaks_after_the_letter_leaves_an_unknown(by_smtp, smtp_sink, write, lena):
    smtp_sink.cut_after_data = True
    message = write()
    sending.send_due()
    assert state_of(message) == UNKNOWN
    assert len(smtp_sink.taken) == 1
    sending.send_due()
    assert len(smtp_sink.taken) == 1
    smtp_sink.cut_after_data = False
    try_again(Message.objects.get(pk=message.pk), by=lena.person)
    sending.send_due()
    assert state_of(message) == SENT
    assert smtp_sink.taken[0].raw == smtp_sink.taken[1].raw


def test_a_server_that_is_silent_after_the_letter_leaves_an_unknown(by_smtp, smtp_sink, write, monkeypatch):
    monkeypatch.setattr(carrying, "SECONDS", 1)
    smtp_sink.hang = 3
    message = write()
    sending.send_due()
    assert state_of(message) == UNKNOWN


def test_a_server_that_says_nothing_is_away_and_said_to_be(by_smtp, silent_server, write, monkeypatch):
    monkeypatch.setattr(carrying, "SECONDS", 1)
    Mailbox.objects.update(smtp_port=silent_server.port)
    message = write()
    sending.send_due()
    assert state_of(message) == WAITING
    box = Mailbox.objects.get()
    assert box.state == Mailbox.FAILING
    assert "127.0.0.1" in box.trouble
    assert Event.objects.filter(kind="email.mailbox_failing").count() == 1


def test_nothing_listens_there(by_smtp, write):
    Mailbox.objects.update(smtp_port=free_port())
    message = write()
    sending.send_due()
    assert state_of(message) == WAITING
    assert Mailbox.objects.get().state == Mailbox.FAILING


def test_a_server_that_comes_back_makes_it_well_again(by_smtp, smtp_sink, write):
    Mailbox.objects.update(smtp_port=free_port())
    message = write()
    sending.send_due()
    Mailbox.objects.update(smtp_port=smtp_sink.port)
    due_now(message)
    sending.send_due()
    assert (state_of(message), Mailbox.objects.get().state) == (SENT, Mailbox.CONNECTED)


def test_a_wrong_password_is_said(mailbox, write):
    from tests.smtp_sink import SmtpSink

    sink = SmtpSink(login="cafe", password="right").start()
    try:
        mailbox.transport, mailbox.smtp_host, mailbox.smtp_port = "smtp", sink.host, sink.port
        mailbox.smtp_security, mailbox.smtp_login, mailbox.smtp_password = "none", "cafe", "wrong"
        mailbox.save()
        message = write()
        sending.send_due()
        assert state_of(message) == WAITING
        assert "password" in Mailbox.objects.get().trouble_out
        box = Mailbox.objects.get()
        box.smtp_password = "right"
        box.save()
        due_now(message)
        sending.send_due()
        assert (state_of(message), len(sink.taken)) == (SENT, 1)
    finally:
        sink.stop()


def test_when_a_server_is_away_the_others_for_it_wait_without_a_try(by_smtp, write, monkeypatch):
    Mailbox.objects.update(smtp_port=free_port())
    messages = [write(f"{number}") for number in range(3)]
    tries = []
    real = carrying.connect
    monkeypatch.setattr(carrying, "connect", lambda box: tries.append(box) or real(box))
    sending.send_due()
    assert [state_of(message) for message in messages] == [WAITING] * 3
    assert len(tries) == 1


def test_letters_to_one_server_share_a_line(by_smtp, smtp_sink, write, monkeypatch):
    lines = []
    real = carrying.connect
    monkeypatch.setattr(carrying, "connect", lambda box: lines.append(box) or real(box))
    for number in range(3):
        write(f"{number}")
    sending.send_due()
    assert (len(smtp_sink.taken), len(lines)) == (3, 1)


def test_a_process_that_died_before_the_letter_left_is_made_good(by_smtp, smtp_sink, write):
    message = write()
    claim_due(channel="email")
    Message.objects.filter(pk=message.pk).update(due_at=timezone.now() - sending.LOST_AFTER - timedelta(seconds=1))
    sending.send_due()
    sending.send_due()
    assert (state_of(message), len(smtp_sink.taken)) == (SENT, 1)


def test_a_process_that_died_while_it_left_leaves_an_unknown(by_smtp, smtp_sink, write):
    message = write()
    (claimed,) = claim_due(channel="email")
    outgoing = sending.prepare(claimed, by_smtp)
    Outgoing.objects.filter(pk=outgoing.pk).update(handing_over_at=timezone.now())
    Message.objects.filter(pk=message.pk).update(due_at=timezone.now() - sending.LOST_AFTER - timedelta(seconds=1))
    sending.send_due()
    assert (state_of(message), smtp_sink.taken) == (UNKNOWN, [])


def test_a_claim_that_another_process_took_over_hands_nothing_over(by_smtp, smtp_sink, write):
    message = write()
    (claimed,) = claim_due(channel="email")
    Message.objects.filter(pk=message.pk).update(due_at=timezone.now() + timedelta(seconds=1))
    sending.send_all([claimed])
    assert (state_of(message), smtp_sink.taken) == (LEAVING, [])


def test_an_inbox_without_an_address_says_so(mailbox, write):
    message = write()
    Mailbox.objects.all().delete()
    sending.send_due()
    assert state_of(message) == FAILED


def test_an_address_that_no_mail_can_carry_fails_at_once(by_smtp, write):
    message = write()
    message.recipients.update(address="no body@example.org")
    sending.send_due()
    assert state_of(message) == FAILED


def test_a_bounce_finds_its_message_and_says_why(by_smtp, write, arrive):
    message = write()
    sending.send_due()
    returned = Outgoing.objects.get().mail_id
    bounce = arrive(
        f"""Return-Path: <>
From: MAILER-DAEMON@hallam.example
To: cafe@example.org
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

I'm sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; hallam.example

Final-Recipient: rfc822; joe@hallam.example
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 mailbox full

--b
Content-Type: text/rfc822-headers

Message-ID: <{returned}>
--b--
""".encode()
    )
    assert bounce.conversation == message.conversation
    assert bounce.automatic
    found = Message.objects.get(pk=message.pk)
    assert (found.state, "mailbox full" in found.trouble) == (FAILED, True)
