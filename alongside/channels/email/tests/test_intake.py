"""Mail that comes is kept first, then becomes a message of a person; what a machine wrote starts nothing."""

import pytest
from django.db import OperationalError

from alongside.channels.email import intake, placing
from alongside.channels.email.models import RawMail
from alongside.conversations.models import SPAM, Block, Conversation, Message
from alongside.lib import child
from alongside.lib.tests.mail_cases import mails, needs_cases
from alongside.people.models import Person

pytestmark = pytest.mark.django_db


def test_a_mail_becomes_a_message_of_a_new_person(arrive, mail, mailbox):
    message = arrive(
        mail("Good morning,\nis the terrace open?\n\n-- \nJoe", subject="Terrace", sender="Joe <joe@new.example>")
    )
    assert message.text == "Good morning,\nis the terrace open?"
    assert message.folded == "-- \nJoe"
    assert message.author.full_name == "Joe"
    assert message.author.identities.get().provenance == "observed"
    assert message.author.identities.get().verified_at is None
    assert (message.conversation.subject, message.conversation.inbox) == ("Terrace", mailbox.inbox)
    assert RawMail.objects.get().state == RawMail.TAKEN
    assert RawMail.objects.get().message == message


def test_who_is_known_by_the_address_is_not_met_again(arrive, mail, joe):
    assert arrive(mail()).author == joe
    assert arrive(mail(sender="JOE@Hallam.Example")).author == joe
    assert Person.objects.count() == 1


def test_an_address_that_two_people_share_suggests_whom_we_spoke_with_last(arrive, mail, ryan, austin, cafe):
    austin.reach_at("email", "ryan@kessler.example")
    Conversation.start(inbox=cafe, person=austin)
    assert arrive(mail(sender="ryan@kessler.example")).author == austin


def test_attachments_come_along_with_their_bytes(arrive, mail):
    raw = mail("--b\n\nsee\n--b\nContent-Type: image/png; name=\"a.png\"\n"
               "Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--",
               Content_Type="multipart/mixed; boundary=b")  # fmt: skip
    enclosure = arrive(raw).enclosures.get()
    assert (enclosure.file.name, enclosure.file.read()) == ("a.png", b"\x89PNG\r\n\x1a\n")


def test_the_same_bytes_are_one_mail_and_the_same_message_id_is_not(mailbox, mail):
    raw = mail("first", Message_ID="<same@x.example>")
    assert intake.store(mailbox, raw, source="smtp", envelope_from="joe@hallam.example")[1]
    assert not intake.store(mailbox, raw, source="smtp", envelope_from="joe@hallam.example")[1]
    assert intake.store(
        mailbox, mail("second", Message_ID="<same@x.example>"), source="smtp", envelope_from="joe@hallam.example"
    )[1]
    assert intake.take_stored() == 2
    assert set(Message.objects.values_list("text", flat=True)) == {"first", "second"}


def test_a_uid_is_stored_once(mailbox, mail):
    assert intake.store(mailbox, mail("a"), source="imap", uid_validity=1, uid=7)[1]
    assert not intake.store(mailbox, mail("changed"), source="imap", uid_validity=1, uid=7)[1]
    assert intake.store(mailbox, mail("b"), source="imap", uid_validity=2, uid=7)[1]


def test_mail_is_placed_in_the_order_in_which_it_came(mailbox, mail):
    intake.store(mailbox, mail("first", Message_ID="<1@x>"), source="imap")
    intake.store(mailbox, mail("second", Message_ID="<2@x>", References="<1@x>"), source="imap")
    assert intake.take_stored() == 2
    assert Conversation.objects.count() == 1
    assert list(Message.objects.order_by("id").values_list("text", flat=True)) == ["first", "second"]


@pytest.mark.parametrize("head", [
    {"Auto_Submitted": "auto-replied"}, {"From": "MAILER-DAEMON@x.example"}, {"From": "no-reply@shop.example"},
    {"Return_Path": "<>"}, {"X_Autoreply": "yes"},
])  # fmt: skip
def test_a_machine_is_never_a_new_person_and_is_kept_aside(arrive, mail, head):
    assert arrive(mail(**head)) is None
    assert not Person.objects.exists()
    aside = RawMail.objects.get()
    assert (aside.state, aside.subject) == (RawMail.ASIDE, "A question")


def test_a_member_can_take_in_what_was_set_aside(arrive, mail):
    assert arrive(mail(sender="Shop <no-reply@shop.example>")) is None
    stored = RawMail.objects.get()
    message = placing.place(stored, intake.read_mail(bytes(stored.raw)), welcome=True)
    assert message.automatic
    assert message.author.full_name == "Shop"


def test_an_automatic_answer_of_someone_we_know_stands_on_their_timeline(arrive, mail, joe):
    message = arrive(mail(Auto_Submitted="auto-replied", subject="Out of office"))
    assert message.author == joe
    assert message.automatic


def test_a_form_on_a_web_site_names_its_writer_in_reply_to(arrive, mail):
    message = arrive(mail(sender="Our site <no-reply@example.org>", Reply_To="Ann <ann@people.example>"))
    assert message.author.full_name == "Ann"
    assert not message.automatic


def test_people_write_through_mailing_lists_too(arrive, mail):
    message = arrive(mail(List_Id="<cafe.groups.example>", Precedence="list"))
    assert message.author.full_name == "Joe Hallam"


@needs_cases
def test_no_machine_of_the_public_cases_becomes_a_person(mailbox):
    paths = mails("mail_machines", "machine")
    assert intake.ingest(mailbox, (path.read_bytes() for path in paths)) == len(paths)
    assert not Person.objects.exists()
    assert not RawMail.objects.filter(state=RawMail.STORED).exists()


@needs_cases
def test_every_public_mail_stands_somewhere(mailbox):
    paths = [*mails("mail_parsing", "rfc"), *mails("mail_parsing", "legacy"), *mails("mail_parsing", "malformed"),
             *mails("mail_machines", "human")]  # fmt: skip
    intake.ingest(mailbox, (path.read_bytes() for path in paths))
    states = set(RawMail.objects.values_list("state", flat=True))
    assert states <= {RawMail.TAKEN, RawMail.ASIDE}
    assert Message.objects.count() >= 60


def test_blocked_senders_and_marked_mail_go_to_spam(arrive, mail, owner):
    Block.objects.create(address="@rude.example", by=owner.person)
    assert arrive(mail(sender="x@rude.example")).conversation.state == SPAM
    assert arrive(mail(sender="y@other.example", X_Spam_Flag="YES")).conversation.state == SPAM


def test_mail_without_a_usable_sender_still_arrives(arrive, mail):
    message = arrive(mail(sender="undisclosed"))
    assert message.recipients.get(role="from").address == "unknown@example.org"


def test_a_mail_that_cannot_be_read_is_shown_with_its_bytes(arrive, mail, monkeypatch):
    def fails(*args, **kwargs):
        raise child.TooLong("5 s")

    monkeypatch.setattr(child, "call", fails)
    raw = mail()
    message = arrive(raw)
    assert message.enclosures.get().file.read() == raw
    assert RawMail.objects.get().state == RawMail.FAILED
    assert "TooLong" in RawMail.objects.get().error


def test_html_that_takes_too_long_is_read_as_text(arrive, mail, monkeypatch):
    ask = child.call

    def slow_when_rich(path, raw, rich=True, **more):
        if rich:
            raise child.TooLong("5 s")
        return ask(path, raw, rich=rich, **more)

    monkeypatch.setattr(child, "call", slow_when_rich)
    message = arrive(mail("<p>Hi &amp; bye</p>", Content_Type="text/html"))
    assert (message.text, message.html) == ("Hi & bye", "")


def test_one_mail_that_breaks_us_stops_no_other_and_is_tried_again(mailbox, mail, monkeypatch):
    put = placing.receive

    def breaks(conversation, *, text, **more):
        if text == "bad" and not more["files"]:
            raise RuntimeError("a fault of ours")
        return put(conversation, text=text, **more)

    monkeypatch.setattr(placing, "receive", breaks)
    for text in ("good", "bad", "better"):
        intake.store(mailbox, mail(text), source="cli")
    for _ in range(intake.ATTEMPTS):
        intake.take_stored()
    assert set(Message.objects.values_list("text", flat=True)) >= {"good", "better"}
    unread = RawMail.objects.get(state=RawMail.FAILED)
    assert "a fault of ours" in unread.error
    assert unread.message.enclosures.get().file.read() == bytes(unread.raw)


def test_a_database_that_goes_away_leaves_the_mail_stored(mailbox, mail, monkeypatch):
    intake.store(mailbox, mail(), source="cli")

    def away(*args, **kwargs):
        raise OperationalError("the server closed the connection unexpectedly")

    monkeypatch.setattr(placing, "place", away)
    monkeypatch.setattr("django.db.backends.postgresql.base.DatabaseWrapper.is_usable", lambda self: False)
    with pytest.raises(OperationalError):
        intake.take_stored()
    monkeypatch.undo()
    assert RawMail.objects.get().attempts == 0
    assert intake.take_stored() == 1


def test_null_and_odd_letters_do_not_stop_a_mail(arrive, mail):
    message = arrive(
        mail("a\x00b \ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), subject="x\x00y")
    )
    assert "a" in message.text
