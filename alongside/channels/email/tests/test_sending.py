"""What a member writes leaves once, as they wrote it, and can be taken back until it does."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.channels.email import carrying, sending
from alongside.channels.email.models import Mailbox, PostOfficeLetter
from alongside.conversations.models import LEAVING, SENT, UNDONE, WAITING, Message
from alongside.conversations.sending import claim_due
from alongside.conversations.writing import Address, Letter, TooLate, answer, take_back
from alongside.files.models import File
from alongside.lib.mail.parsing import parse

pytestmark = pytest.mark.django_db


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


def test_an_answer_comes_from_the_address_they_wrote_to(by_smtp, smtp_sink, arrive, mail, joe, lena, settings):
    settings.UNDO_SECONDS = 0
    second = Mailbox.objects.create(
        inbox=by_smtp.inbox, address="terrace@example.org", state="connected", smtp_host=smtp_sink.host,
        smtp_port=smtp_sink.port, smtp_security="none",
    )  # fmt: skip
    asked = arrive(mail("Open?", to="terrace@example.org"), second)
    letter = Letter(text="Yes", to=[Address("joe@hallam.example")])
    answer(asked.conversation, letter, by=lena.person, seen_id=asked.id)
    sending.send_due()
    assert smtp_sink.taken[0].sender == "terrace@example.org"


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
