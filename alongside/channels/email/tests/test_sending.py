"""What a member writes leaves once, as they wrote it, and whatever becomes of it is said where they wrote it."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.channels.email import carrying, sending
from alongside.channels.email.models import Mailbox, Outgoing, PostOfficeLetter
from alongside.conversations.models import FAILED, LEAVING, SENT, UNDONE, UNKNOWN, WAITING, Message
from alongside.conversations.sending import claim_due, try_again
from alongside.conversations.writing import Address, Letter, TooLate, answer, take_back
from alongside.events.models import Event
from alongside.files.models import File
from alongside.lib.mail.parsing import parse
from tests.dovecot import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_smtp(mailbox, smtp_sink):
    """The café's mailbox, its letters going to the sink."""
    mailbox.transport, mailbox.smtp_host, mailbox.smtp_port = "smtp", smtp_sink.host, smtp_sink.port
    mailbox.smtp_security = "none"
    mailbox.save()
    return mailbox


@pytest.fixture
def write(arrive, mail, joe, lena, settings):
    """A function by which Lena answers Joe at once; returns the message."""
    settings.UNDO_SECONDS = 0
    question = arrive(mail("Is it open?", Message_ID="<q@hallam.example>", subject="Terrace"))

    def write(text="Yes, come!", to=(("joe@hallam.example", "Joe"),), **more):
        people = {"to": [Address(*one) for one in to]} | {
            k: [Address(*one) for one in v] for k, v in more.items() if k in ("cc", "bcc")
        }
        letter = Letter(text=text, **people, **{k: v for k, v in more.items() if k not in ("cc", "bcc")})
        newest = Message.objects.order_by("-id").first()
        return answer(question.conversation, letter, by=lena.person, seen_id=newest.id)

    return write


def state_of(message) -> str:
    return Message.objects.get(pk=message.pk).state


def due_now(message) -> None:
    Message.objects.filter(pk=message.pk).update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_letter_arrives_with_the_right_headers(by_smtp, smtp_sink, write, lena):
    message = write(
        "Yes, come!\n\nhttps://cafe.example/terrace",
        cc=[("ann@people.example", "Ann")],
        bcc=[("boss@cafe.example", "")],
    )
    assert sending.send_due() == 1
    taken = smtp_sink.taken[0]
    assert (taken.sender, taken.recipients) == (
        "cafe@example.org",
        ["joe@hallam.example", "ann@people.example", "boss@cafe.example"],
    )
    read = parse(taken.raw)["mail"]
    assert read["from"] == {"name": "Lena, Market Street Café", "address": "cafe@example.org"}
    assert [one["address"] for one in read["to"] + read["cc"]] == ["joe@hallam.example", "ann@people.example"]
    assert b"boss@cafe.example" not in taken.raw
    assert (read["subject"], read["in_reply_to"], read["references"]) == (
        "Terrace",
        ["q@hallam.example"],
        ["q@hallam.example"],
    )
    assert read["reply_to"][0]["address"].startswith("cafe+c.")
    assert "Auto-Submitted" not in taken.mail
    assert "List-Unsubscribe" not in taken.mail
    assert (state_of(message), Message.objects.get(pk=message.pk).message_id) == (SENT, f"<{read['message_id']}>")


def test_files_travel_and_pictures_within(by_smtp, smtp_sink, write, lena):
    picture = File.keep(b"\x89PNG\r\n\x1a\n", name="cup.png", content_type="image/png", by=lena.person)
    paper = File.keep(b"%PDF-1.4", name="menü.pdf", content_type="application/pdf", by=lena.person)
    write(f"See ![the cup](file:{picture.id})", files=[picture, paper])
    sending.send_due()
    read = parse(smtp_sink.taken[0].raw)
    assert [(one["name"], one["inline"]) for one in read["mail"]["attachments"]] == [
        ("cup.png", True),
        ("menü.pdf", False),
    ]
    assert read["files"] == [b"\x89PNG\r\n\x1a\n", b"%PDF-1.4"]


def test_before_its_time_it_waits_and_can_be_taken_back(by_smtp, smtp_sink, write, lena, settings):
    settings.UNDO_SECONDS = 15
    message = write()
    assert sending.send_due() == 0
    take_back(message, by=lena.person)
    due_now(message)
    assert sending.send_due() == 0
    assert (state_of(message), smtp_sink.taken) == (UNDONE, [])


def test_once_claimed_it_cannot_be_taken_back(by_smtp, write, lena):
    message = write()
    claim_due(channel="email")
    with pytest.raises(TooLate):
        take_back(message, by=lena.person)


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


def test_the_post_office_keeps_letters_for_the_demo(mailbox, write):
    message = write(bcc=[("boss@cafe.example", "")])
    sending.send_due()
    assert state_of(message) == SENT
    assert set(PostOfficeLetter.objects.values_list("recipient", flat=True)) == {
        "joe@hallam.example",
        "boss@cafe.example",
    }


@pytest.mark.django_db(transaction=True)
def test_a_server_that_hangs_holds_up_no_other_inbox(
    by_smtp, silent_server, write, arrive, mail, branch, lena, smtp_sink, eventually, monkeypatch
):
    monkeypatch.setattr(carrying, "SECONDS", 3)
    bank = Mailbox.objects.create(inbox=branch, address="bank@example.org", state="connected", smtp_host="127.0.0.1",
                                  smtp_port=silent_server.port, smtp_security="none")  # fmt: skip
    asked = arrive(mail("Hi", to="bank@example.org"), bank)
    stuck = answer(
        asked.conversation, Letter(text="Hello", to=[Address("joe@hallam.example")]), by=lena.person, seen_id=asked.id
    )
    outbox = sending.Outbox()
    try:
        outbox.look()
        quick = write()
        outbox.look()
        eventually(lambda: smtp_sink.taken, seconds=2.5)
        assert state_of(stuck) == LEAVING
        eventually(lambda: state_of(stuck) == WAITING)
        eventually(lambda: state_of(quick) == SENT)
    finally:
        outbox.close()


@pytest.mark.django_db(transaction=True)
def test_two_processes_never_send_the_same(by_smtp, smtp_sink, write):
    from django.db import connections

    for number in range(6):
        write(f"{number}")

    def work():
        try:
            sending.send_due()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    texts = [parse(taken.raw)["mail"]["text"].split("\n")[0] for taken in smtp_sink.taken]
    assert sorted(texts) == [str(number) for number in range(6)]
