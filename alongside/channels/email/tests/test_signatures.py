"""What stands below a letter: the member's own words, then the inbox's; shown in the composer as it will be sent."""

import html
import re

import pytest

from alongside.channels.email import preparing
from alongside.conversations.letters import Address, Letter
from alongside.conversations.models import Conversation, Inbox
from alongside.conversations.writing import answer, receive
from alongside.events.models import Event
from alongside.lib.mail.parsing import parse


@pytest.fixture
def asked(cafe, ryan):
    """Ryan writes to the café."""
    conversation = Conversation.start(inbox=cafe, person=ryan, subject="Folder")
    receive(conversation, author=ryan, sender=Address(ryan.email), text="Do you have it?")
    return conversation


def text_of(response) -> str:
    return html.unescape(response.content.decode())


def tell(browser, mailbox, **told):
    return browser.post(f"/settings/mail/{mailbox.id}/answers", {"quotes": "on", **told})


def shown(page: str) -> list[str]:
    """The lines that the composer shows as what goes below."""
    parts = re.findall(r'<div class="signed"[^>]*>(.*?)</div>', page, re.DOTALL)
    return [line for part in parts for line in re.sub(r"<[^>]+>", "\n", part).split("\n") if line.strip()]


def test_an_admin_sets_the_inboxs_signature(signed_in, admin, lena, mailbox, cafe):
    browser = signed_in(admin)
    answered = tell(browser, mailbox, signature="Market Street Café\n\n3 Market Street\n")
    cafe.refresh_from_db()
    assert answered.status_code == 302 and cafe.signature == "Market Street Café\n\n3 Market Street"
    assert "3 Market Street</textarea>" in text_of(browser.get(f"/settings/mail/{mailbox.id}"))
    (event,) = Event.objects.filter(kind="conversations.inbox_changed")
    assert event.data == {"inbox": cafe.id, "quotes": True, "signed": True}
    tell(browser, mailbox, signature="Market Street Café\n\n3 Market Street")
    assert Event.objects.filter(kind="conversations.inbox_changed").count() == 1
    assert tell(signed_in(lena), mailbox, signature="mine").status_code == 403


@pytest.mark.parametrize("transport", ["post_office", "smtp"])
def test_one_that_is_too_long_is_refused_in_words_and_kept_on_the_page(signed_in, admin, mailbox, cafe, transport):
    mailbox.transport = transport
    mailbox.save()
    answered = tell(signed_in(admin), mailbox, signature="x" * 2001)
    assert answered.status_code == 422 and "x" * 2001 in text_of(answered)
    assert 'id="id_signature_wrong"' in text_of(answered)
    cafe.refresh_from_db()
    assert cafe.signature == ""


@pytest.mark.parametrize(("own", "inboxs"), [("Lena\nat the counter", "Café"), ("", "Café"), ("Lena", ""), ("", "")])
def test_the_composer_shows_what_the_letter_carries(signed_in, lena, cafe, mailbox, asked, own, inboxs):
    lena.prefer(by=lena.person, signature=own)
    Inbox.objects.filter(pk=cafe.pk).update(signature=inboxs)
    lines = shown(text_of(signed_in(lena).get(f"/conversations/{asked.id}")))
    assert lines == [line for line in f"{own}\n{inboxs}".split("\n") if line]
    letter = Letter(text="We have it.", to=[Address("ryan@kessler.example")])
    message = answer(asked, letter, by=lena.person, seen_id=asked.newest_id)
    message.conversation.refresh_from_db()
    raw = bytes(preparing.prepare(message, mailbox).raw)
    sent = parse(raw)["mail"]["text"].partition("-- \n")[2]
    below = sent.partition("\n\n")[0] if lines else ""
    assert [line for line in below.split("\n") if line] == lines


def test_each_part_says_where_it_is_changed(signed_in, lena, admin, cafe, mailbox, asked):
    cafe.put_below(signature="Café", quotes=True, by=admin.person)
    inboxs = f"/settings/mail/inboxes/{cafe.id}"
    page = text_of(signed_in(lena).get(f"/conversations/{asked.id}"))
    assert 'href="/settings/you"' in page and inboxs not in page
    browser = signed_in(admin)
    assert inboxs in text_of(browser.get(f"/conversations/{asked.id}"))
    assert browser.get(inboxs).url == f"/settings/mail/{mailbox.id}#answers"
    assert browser.get(f"/settings/mail/inboxes/{Inbox.objects.create(name='API').id}").url == "/settings/mail"
    assert browser.get("/settings/mail/inboxes/99999").status_code == 404


def test_a_new_letter_shows_it_for_each_inbox_it_may_leave_from(signed_in, lena, counter_team, cafe):
    lena.prefer(by=lena.person, signature="Lena")
    Inbox.objects.filter(pk=cafe.pk).update(signature="Café")
    browser = signed_in(lena)
    assert shown(text_of(browser.get("/conversations/new", follow=True))) == ["Lena", "Café"]
    second = Inbox.objects.create(name="Bakery", signature="Bakery, round the corner")
    second.teams.add(counter_team)
    page = text_of(browser.get("/conversations/new", follow=True))
    assert shown(page) == ["Lena", "Bakery, round the corner", "Lena", "Café"]
