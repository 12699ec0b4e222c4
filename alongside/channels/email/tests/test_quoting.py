"""What they wrote goes below our answers, comes back folded, and is nowhere a part of what we wrote."""

import re
from datetime import UTC, datetime

import pytest

from alongside.channels.email import preparing, quoting
from alongside.conversations.models import Message
from alongside.conversations.writing import Address, Letter, answer, begin, note
from alongside.lib.mail import composing, replies
from alongside.lib.mail.parsing import parse
from alongside.members.models import Organisation

pytestmark = pytest.mark.django_db
ASKED = "Is it open?"


def said_by(message, mailbox) -> dict:
    """The letter that `message` becomes, read as its receiver's program reads it."""
    return parse(bytes(preparing.prepare(message, mailbox).raw))["mail"]


@pytest.fixture
def asked(write):
    """Joe's question, as it came by mail, at a known hour."""
    Message.objects.filter(text=ASKED).update(at=datetime(2025, 7, 1, 8, 52, tzinfo=UTC))
    return Message.objects.get(text=ASKED)


def test_the_letter_they_wrote_stands_below(write, asked, mailbox):
    message = write("Yes, come!")
    read = said_by(message, mailbox)
    assert "On 1 July 2025 at 08:52, Joe Hallam wrote:\n> Is it open?" in read["text"]
    assert replies.written(read["text"]) == "Yes, come!"
    assert "blockquote" in read["html"] and ASKED in read["html"]
    message.refresh_from_db()
    assert (message.text, message.folded) == ("Yes, come!", "")


@pytest.mark.parametrize("language, words", [
    ("de", "Am 1. Juli 2025 um 10:52 schrieb Joe Hallam:"), ("fr", "Le 1 juillet 2025 à 10:52, Joe Hallam a écrit :"),
])
def test_it_is_introduced_in_their_language_and_by_their_clock(write, asked, mailbox, joe, language, words):
    joe.describe(by=None, language=language, zone="Europe/Berlin")
    read = said_by(write("Oui"), mailbox)
    assert words in read["text"].replace("\xa0", " ") and replies.written(read["text"]) == "Oui"


def test_without_their_own_the_house_says_it(write, asked, mailbox):
    Organisation.ours().describe(by=None, language="de", zone="Europe/Paris")
    assert "um 10:52 schrieb Joe Hallam" in said_by(write(), mailbox)["text"]


@pytest.mark.parametrize("program", [
    "Great!\n\nOn Wed, Jul 2, 2025 at 9:14 AM Lena, Market Street Café <cafe@example.org> wrote:\n\n{quoted}",
    "Great!\n\n{quoted}",
    "Great!\n\n-----Original Message-----\nFrom: Lena\nSent: Wednesday, July 2, 2025 9:14\nTo: Joe\n"
    "Subject: Terrace\n\n{ours}",
    "Great!\n\nVon meinem iPhone gesendet\n\n> Am 02.07.2025 um 09:14 schrieb Lena <cafe@example.org>:\n> \n{quoted}",
])
def test_when_it_comes_back_it_is_folded(write, asked, mailbox, lena, arrive, mail, program):
    lena.prefer(by=lena.person, signature="Lena\nMarket Street Café")
    ours = said_by(write("Yes, come!\n\nUntil nine."), mailbox)["text"]
    back = program.format(ours=ours, quoted="\n".join(f"> {line}" for line in ours.splitlines()))
    message = arrive(mail(back, in_reply_to="<q@hallam.example>"))
    assert message.text.splitlines()[0] == "Great!" and ASKED not in message.text and "Until nine" not in message.text
    assert ASKED in message.folded and "Until nine." in message.folded


def test_a_long_letter_is_quoted_to_its_cap(write, asked, mailbox):
    Message.objects.filter(pk=asked.pk).update(text="\n".join(f"line {number}" for number in range(500)))
    read = said_by(write(), mailbox)
    assert "> line 79\n> […]" in read["text"] and "line 80" not in read["text"]
    Message.objects.filter(pk=asked.pk).update(text="x" * 50_000)
    _line, words = quoting.quoted(write("Once more"))
    assert len(words) < quoting.MOST_CHARACTERS + 10


def test_notes_strangers_and_machines_are_never_quoted(write, asked, mailbox, arrive, mail, lena):
    note(asked.conversation, "He always asks that.", by=lena.person)
    stranger = arrive(mail("Let me in", sender="Eve <eve@elsewhere.example>", in_reply_to="<q@hallam.example>",
                           references="<q@hallam.example>"))
    machine = arrive(mail("I am away", auto_submitted="auto-replied", in_reply_to="<q@hallam.example>"))
    assert stranger is None or stranger.held or stranger.conversation != asked.conversation
    text = said_by(write(), mailbox)["text"]
    assert ASKED in text and machine is not None
    for words in ("always asks", "Let me in", "I am away"):
        assert words not in text


def test_what_goes_to_others_carries_no_quote(write, asked, mailbox):
    assert ASKED not in said_by(write("Look at this", to=[("ann@people.example", "Ann")]), mailbox)["text"]
    secretly = write("Look", to=[("ann@people.example", "")], bcc=[("joe@hallam.example", "")])
    assert ASKED not in said_by(secretly, mailbox)["text"]


def test_a_first_letter_quotes_nothing(mailbox, cafe, joe, lena):
    letter = Letter(text="Your cup", to=[Address("joe@hallam.example")], subject="Cup")
    message = begin(inbox=cafe, person=joe, letter=letter, by=lena.person)
    assert quoting.quoted(message) is None


def test_what_came_after_it_was_written_is_not_quoted(write, asked, mailbox, arrive, mail):
    message = write("Yes, come!")
    arrive(mail("Or rather not?", in_reply_to="<q@hallam.example>"))
    text = said_by(message, mailbox)["text"]
    assert ASKED in text and "rather not" not in text


def test_the_inbox_can_leave_it_out(write, asked, mailbox, cafe, owner, happened_kinds):
    cafe.put_below(signature="", quotes=False, by=owner.person)
    cafe.put_below(signature="", quotes=False, by=owner.person)
    assert ASKED not in said_by(write(), mailbox)["text"]
    assert happened_kinds("conversations.inbox_changed") == 1


@pytest.fixture
def happened_kinds():
    """A function that counts the events of one kind."""
    from alongside.events.models import Event

    return lambda kind: Event.objects.filter(kind=kind).count()


def test_a_name_breaks_no_line(write, asked, mailbox):
    asked.recipients.filter(role="from").update(name="Joe\nwrote:\n> me", address="joe@hallam.example")
    attribution, _words = quoting.quoted(write())
    assert "\n" not in attribution


def test_the_same_letter_by_hand_is_read_back_whole():
    letter = composing.Outgoing(
        sender=("Lena", "cafe@example.org"), to=[("", "joe@hallam.example")], text="Yes, come!",
        message_id="a@b.example",
        quoted=("On 1 July 2025 at 10:52, Joe Hallam wrote:", "Is ![it](file:7) open?\n\n> older\n>> oldest"),
    )  # fmt: skip
    read = parse(composing.compose(letter).raw)["mail"]
    assert replies.written(read["text"]) == "Yes, come!"
    assert "> Is [it] open?\n>\n>> older\n>>> oldest" in read["text"]


def test_answering_again_before_they_do_quotes_the_same(write, asked, mailbox, lena):
    write("Yes, come!")
    newest = Message.objects.order_by("-id").first()
    letter = Letter(text="And bring Ann.", to=[Address("joe@hallam.example")])
    again = answer(asked.conversation, letter, by=lena.person, seen_id=newest.id)
    assert ASKED in said_by(again, mailbox)["text"]


def test_an_admin_says_so_in_the_settings(signed_in, owner, lena, mailbox, cafe):
    browser, page = signed_in(owner), f"/settings/mail/{mailbox.id}"
    html = browser.get(page).content.decode()
    assert "Quote what they wrote below our answers" in html and re.search(r'name="quotes"[^>]*checked', html)
    assert browser.post(f"{page}/answers", {}).url == page
    cafe.refresh_from_db()
    assert cafe.quotes is False
    assert not re.search(r'name="quotes"[^>]*checked', browser.get(page).content.decode())
    browser.post(f"{page}/answers", {"quotes": "on"})
    cafe.refresh_from_db()
    assert cafe.quotes is True
    assert signed_in(lena).post(f"{page}/answers", {}).status_code == 403
