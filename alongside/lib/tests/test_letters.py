"""Letters of the house: one person each, marked as a machine's, and never a reason for an error."""

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from alongside.lib.letters import send


class Broken(BaseEmailBackend):
    """A mail room that has burnt down."""

    def send_messages(self, messages):
        raise OSError("no mail today")


class Unconnected(BaseEmailBackend):
    """A mail room without a way out."""

    def send_messages(self, messages):
        return 0


def test_a_letter_goes_to_one_person_and_says_that_a_machine_wrote_it():
    assert send(to="noor@bank.example", subject="Come\nin", text="Hello") is True
    [letter] = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (["noor@bank.example"], "Come in", "Hello")
    assert letter.message()["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("backend", [Broken, Unconnected])
def test_a_letter_that_goes_nowhere_is_said_and_logged(backend, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"
    assert send(to="noor@bank.example", subject="Come in", text="Hello") is False
    assert "letter" in caplog.text
    assert "noor@bank.example" not in caplog.text.replace("no mail today", "")
