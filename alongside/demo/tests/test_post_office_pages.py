"""The post office page: whom one can be, what they received, and a letter that comes in as mail."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.conversations.models import Conversation, Message
from alongside.demo import filling
from alongside.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(owner):
    """The demo, filled."""
    filling.fill(owner)
    return owner


def test_there_is_no_post_office_without_the_demo(signed_in, lena):
    assert signed_in(lena).get("/post-office").status_code == 404


def test_one_reads_what_joe_received_and_writes_as_him(signed_in, world):
    client, joe = signed_in(world), Person.objects.get(called="Joe")
    page = client.get(f"/post-office/{joe.id}").content.decode()
    assert "Yes, and gladly." in page
    door = Conversation.objects.filter(person=joe).first().inbox.mailboxes.get()
    given = {"to": door.id, "subject": "Tomorrow", "text": "Keep me a scone?"}
    answer = client.post(f"/post-office/{joe.id}/letters", given)
    assert answer.status_code == 302
    message = Message.objects.get(text="Keep me a scone?")
    assert (message.author, message.conversation.inbox, message.conversation.subject) == (joe, door.inbox, "Tomorrow")


def test_an_answer_comes_back_to_its_conversation_with_its_file(signed_in, world, settings):
    from alongside.channels.email.models import PostOfficeLetter
    from alongside.channels.email.sending import send_due
    from alongside.conversations.writing import Address, Letter, answer

    settings.UNDO_SECONDS = 0
    ryan = Person.objects.get(called="Ryan")
    conversation = Conversation.objects.get(subject="Austin’s folder")
    letter = Letter(text="It waits at the door.", to=[Address(ryan.email, ryan.full_name)])
    answer(conversation, letter, by=world.person, seen_id=conversation.newest_id)
    assert send_due() == 1
    received = PostOfficeLetter.objects.filter(recipient=ryan.email).first()
    given = {
        "to": conversation.inbox.mailboxes.get().id,
        "text": "On my way.",
        "answers": received.id,
        "subject": "Something else entirely",
        "files": SimpleUploadedFile("map.txt", b"left at Elm Street"),
    }
    signed_in(world).post(f"/post-office/{ryan.id}/letters", given)
    came = Message.objects.get(text="On my way.")
    assert came.conversation == conversation
    assert [enclosure.file.name for enclosure in came.enclosures.all()] == ["map.txt"]
    assert "It waits at the door." in came.folded


def test_words_are_needed_and_what_was_written_stays(signed_in, world):
    joe = Person.objects.get(called="Joe")
    answer = signed_in(world).post(f"/post-office/{joe.id}/letters", {"subject": "Only this", "text": ""})
    assert answer.status_code == 422
    assert "Only this" in answer.content.decode()


def test_nobody_answers_a_letter_that_was_not_theirs(signed_in, world):
    from alongside.channels.email.models import Mailbox, PostOfficeLetter

    joe, ryan = Person.objects.get(called="Joe"), Person.objects.get(called="Ryan")
    foreign = PostOfficeLetter.objects.filter(recipient=ryan.email).first()
    given = {"to": Mailbox.objects.first().id, "text": "Mine now", "answers": foreign.id}
    assert signed_in(world).post(f"/post-office/{joe.id}/letters", given).status_code == 422
    assert not Message.objects.filter(text="Mine now").exists()


def test_the_owner_alone_reads_what_was_written_to_others(signed_in, world, admin):
    """A link to a new address of theirs would reach nobody else; it opens a door, so nobody else reads it."""
    from django.core.mail import EmailMessage, get_connection

    from alongside.channels.email.sending import send_due

    outbox = get_connection("alongside.channels.email.backend.OutboxBackend")
    EmailMessage("Is this your address?", "Open it here", to=["marta@home.example"], connection=outbox).send()
    send_due()
    page = signed_in(world).get("/post-office").content.decode()
    assert "marta@home.example" in page and "Open it here" in page and "Yes, and gladly." not in page
    assert "marta@home.example" not in signed_in(admin).get("/post-office").content.decode()


def test_only_the_keeper_of_the_house_takes_the_demo_away(signed_in, world, teller):
    assert signed_in(teller).post("/settings/demo").status_code == 403
    assert filling.is_filled()
    assert signed_in(world).post("/settings/demo").status_code == 302
    assert not filling.is_filled()
