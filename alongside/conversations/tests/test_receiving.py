"""What comes from outside: it reopens, it is never lost, and a blocked address disturbs nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.conversations.blocking import OurOwn, block, unblock
from alongside.conversations.letters import MAX_TEXT, Address, BadAddress
from alongside.conversations.models import DONE, OPEN, SNOOZED, SPAM, Block, Conversation, Participant
from alongside.conversations.recipients import own_addresses
from alongside.conversations.tests.conftest import writes


def test_an_answer_reopens(folder, ryan, lena):
    for rest in ("close", "throw_away"):
        getattr(folder, rest)(by=lena.person)
        writes(folder, ryan)
        assert folder.state == OPEN
    folder.snooze(timezone.now() + timedelta(days=1), by=lena.person)
    writes(folder, ryan)
    folder.refresh_from_db()
    assert (folder.state, folder.snoozed_until) == (OPEN, None)


def test_an_out_of_office_does_not(folder, ryan, lena):
    folder.close(by=lena.person)
    writes(folder, ryan, automatic=True)
    assert folder.state == DONE
    folder.snooze(timezone.now() + timedelta(days=1), by=lena.person)
    writes(folder, ryan, automatic=True)
    assert folder.state == SNOOZED


def test_spam_stays_spam(folder, ryan, lena):
    folder.mark_spam(by=lena.person)
    writes(folder, ryan)
    assert folder.state == SPAM


def test_too_long_a_text_is_cut_not_refused(folder, ryan):
    message = writes(folder, ryan, text="a\0" + "x" * (MAX_TEXT + 10), html="<p>\0</p>", subject="a\nb")
    assert len(message.text) == MAX_TEXT + 1
    assert (message.html, message.subject) == ("<p></p>", "a b")


def test_whatever_a_mail_has_in_its_fields_it_can_be_kept(folder, ryan):
    odd = "a\0\ud800\n"
    message = writes(folder, ryan, text=odd, html=odd, subject=odd * 300, message_id=f"<{odd * 600}>",
                     references=[odd] * 400, to=[Address(f"{odd}@b.example", odd * 200)])
    message.refresh_from_db()
    assert (len(message.subject), len(message.message_id), len(message.references)) == (500, 998, 200)
    assert message.recipients.get(role="to").address == "a? @b.example"


def test_an_older_message_that_comes_late_does_not_become_the_preview(folder, ryan):
    preview, at = folder.preview, folder.last_at
    message = writes(folder, ryan, text="Written yesterday", at=timezone.now() - timedelta(days=1))
    folder.refresh_from_db()
    assert (folder.preview, folder.last_at, folder.newest_id) == (preview, at, message.id)


def test_a_new_conversation_from_a_blocked_address_is_spam(cafe, ryan, lena):
    block("@Kessler.example", by=lena.person, why="adverts")
    conversation = Conversation.start(inbox=cafe, person=ryan)
    writes(conversation, ryan)
    assert conversation.state == SPAM


def test_a_blocked_address_does_not_reopen_but_is_kept(folder, ryan, lena):
    folder.close(by=lena.person)
    given = block("ryan@kessler.example", by=lena.person)
    message = writes(folder, ryan, text="Buy now")
    assert folder.state == DONE
    assert folder.messages.filter(pk=message.pk).exists()
    unblock(given, by=lena.person)
    writes(folder, ryan)
    assert folder.state == OPEN


def test_blocking_twice_is_blocking_once(lena, dishwasher):
    assert block("a@b.example", by=lena.person) == block(" A@B.example", by=dishwasher.person)
    assert Block.objects.get().by == lena.person


@pytest.mark.parametrize("address", ["", "@", "@com", "b.example", "a b@c.example"])
def test_what_is_no_address_cannot_be_blocked(lena, address):
    with pytest.raises(BadAddress):
        block(address, by=lena.person)


@pytest.mark.parametrize("address", ["hello@cafe.example", "@cafe.example"])
def test_we_do_not_block_ourselves(lena, monkeypatch, address):
    monkeypatch.setattr(own_addresses, "_sources", [lambda: ["hello@cafe.example"]])
    with pytest.raises(OurOwn):
        block(address, by=lena.person)
    block("@notcafe.example", by=lena.person)


def test_a_domain_does_not_cover_its_neighbours(db, lena):
    block("@kessler.example", by=lena.person)
    assert Block.covers("Any@KESSLER.example")
    assert not Block.covers("any@my.kessler.example")
    assert not Block.covers("any@notkessler.example")


def test_whoever_writes_takes_part_once(folder, ryan):
    writes(folder, ryan)
    assert list(Participant.objects.values_list("address", "person_id")) == [("ryan@kessler.example", ryan.id)]
