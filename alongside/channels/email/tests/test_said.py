"""What a mail server said stands where the letter was written, and what comes in is placed without being asked."""

import asyncio
import threading

import pytest

from alongside.channels.email import intake, sending, taking
from alongside.conversations.models import Message
from tests.dovecot import free_port


@pytest.mark.django_db
def test_a_letter_that_waits_says_why_and_until_when(by_smtp, write, signed_in, lena):
    by_smtp.smtp_port = free_port()
    by_smtp.save()
    message = write()
    sending.send_due()
    page = signed_in(lena).get(f"/conversations/{message.conversation_id}").content.decode()
    assert "cannot be reached" in page
    assert "We try again" in page


@pytest.mark.django_db
def test_a_letter_that_went_but_not_to_everyone_names_who_has_not_got_it(by_smtp, smtp_sink, write, signed_in, lena):
    smtp_sink.refuse_rcpt["ann@people.example"] = "550 5.1.1 no such user"
    message = write(cc=[("ann@people.example", "Ann")])
    sending.send_due()
    page = signed_in(lena).get(f"/conversations/{message.conversation_id}").content.decode()
    assert "not to everyone" in page
    assert "ann@people.example: 550 5.1.1 no such user" in page


@pytest.mark.django_db(transaction=True)
def test_stored_mail_is_placed_by_the_loop_as_soon_as_it_is_woken(mailbox, mail, eventually, monkeypatch):
    monkeypatch.setattr(taking, "PAUSE_SECONDS", 3600)
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(taking.run(stop)))
    thread.start()
    try:
        eventually(lambda: taking._wakers)
        intake.store(mailbox, mail("Knock knock"), source="imap")
        taking.wake()
        eventually(lambda: Message.objects.filter(text="Knock knock").exists())
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(20)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
    assert not thread.is_alive()
