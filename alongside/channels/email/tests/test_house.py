"""Letters of the house are kept in the outbox and leave through a mailbox, once."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from alongside.channels.email import house, sending
from alongside.channels.email.models import HouseLetter, Mailbox, PostOfficeLetter
from alongside.lib.mail.parsing import parse
from alongside.people.models import Person
from tests.dovecot import free_port

pytestmark = pytest.mark.django_db


def send(to="new@cafe.example") -> int:
    outbox = get_connection("alongside.channels.email.backend.OutboxBackend")
    letter = EmailMessage("Come in", "Here is your door: https://x.example/ü", to=[to], connection=outbox)
    letter.extra_headers = {"Auto-Submitted": "auto-generated"}
    return letter.send()


@pytest.fixture
def by_smtp(mailbox, smtp_sink):
    mailbox.transport, mailbox.smtp_host, mailbox.smtp_port = "smtp", smtp_sink.host, smtp_sink.port
    mailbox.smtp_security = "none"
    mailbox.save()


def test_without_a_mailbox_nothing_is_promised():
    assert send() == 0
    assert not HouseLetter.objects.exists()


def test_a_letter_leaves_and_is_forgotten(by_smtp, smtp_sink):
    assert send() == 1
    assert HouseLetter.objects.count() == 1
    sending.send_due()
    read = parse(smtp_sink.taken[0].raw)["mail"]
    assert (read["from"]["address"], smtp_sink.taken[0].recipients) == ("cafe@example.org", ["new@cafe.example"])
    assert (read["subject"], read["text"].strip()) == ("Come in", "Here is your door: https://x.example/ü")
    assert read["machine"]["auto_submitted"] == "auto-generated"
    assert not HouseLetter.objects.exists()


def test_in_the_demo_it_lies_in_the_post_office(mailbox):
    send()
    sending.send_due()
    assert PostOfficeLetter.objects.get().recipient == "new@cafe.example"


@pytest.fixture
def office(branch):
    """The demo's post office, older than the address that reaches the world."""
    return Mailbox.objects.create(inbox=branch, address="b@example.org", state="connected", transport="post_office")


def test_beside_the_demo_a_letter_leaves_for_whoever_is_not_of_it(office, by_smtp, smtp_sink):
    send()
    sending.send_due()
    assert smtp_sink.taken[0].recipients == ["new@cafe.example"]
    assert not PostOfficeLetter.objects.exists() and not house.stays_here("new@cafe.example")


def test_whoever_is_of_the_demo_is_never_written_to_outside(office, by_smtp, smtp_sink, joe):
    Person.objects.filter(pk=joe.pk).update(demo=True)
    send("new@cafe.example")
    send(joe.email)
    sending.send_due()
    assert [taken.recipients for taken in smtp_sink.taken] == [["new@cafe.example"]]
    assert PostOfficeLetter.objects.get().recipient == joe.email and house.stays_here(joe.email)


def test_a_server_that_is_away_is_tried_again(by_smtp, smtp_sink):
    Mailbox.objects.update(smtp_port=free_port())
    send()
    sending.send_due()
    assert HouseLetter.objects.get().state == HouseLetter.WAITING
    assert not house.is_due()
    Mailbox.objects.update(smtp_port=smtp_sink.port)
    HouseLetter.objects.update(due_at=timezone.now())
    sending.send_due()
    assert len(smtp_sink.taken) == 1


def test_one_that_may_have_gone_is_not_sent_again(by_smtp, smtp_sink):
    send()
    HouseLetter.objects.update(
        state="leaving", handing_over_at=timezone.now(), due_at=timezone.now() - timedelta(hours=1)
    )
    sending.send_due()
    assert (HouseLetter.objects.get().state, smtp_sink.taken) == (HouseLetter.UNKNOWN, [])


def test_one_that_was_lost_before_it_left_is_sent(by_smtp, smtp_sink):
    send()
    HouseLetter.objects.update(state="leaving", due_at=timezone.now() - timedelta(hours=1))
    sending.send_due()
    assert len(smtp_sink.taken) == 1


def test_what_did_not_go_is_forgotten_after_a_week(by_smtp, smtp_sink):
    smtp_sink.refuse_rcpt["new@cafe.example"] = "550 no"
    send()
    sending.send_due()
    assert HouseLetter.objects.get().state == HouseLetter.FAILED
    assert house.forget_old() == 0
    HouseLetter.objects.update(made_at=timezone.now() - timedelta(days=8))
    assert house.forget_old() == 1
