"""A promise notes where it was made, at a visit or in a conversation, and leads back there."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.conversations import writing
from alongside.conversations.merging import merge as lay_together
from alongside.conversations.models import Conversation
from alongside.conversations.writing import Address
from alongside.members.models import Location
from alongside.people import belongings
from alongside.promises.models import Promise
from alongside.visits.models import PHONE, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


@pytest.fixture
def visit(joe, lena):
    """He stands at the counter."""
    return Visit.begin(joe, location=Location.found(name="Market Street"), by=lena.person)


@pytest.fixture
def talk(joe, cafe):
    """A conversation of two letters."""
    conversation = Conversation.start(inbox=cafe, person=joe, subject="The umbrella")
    for text in ("Is it there?", "A black one."):
        writing.receive(conversation, author=joe, sender=Address(joe.email, joe.name), text=text)
    conversation.refresh_from_db()
    return conversation


def read(client, path: str, **headers) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def sent_from(page: str, **more) -> dict:
    """What the form on that page sends."""
    form = page.partition('class="promising"')[2].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    return {**hidden, "words": "Call about it", "when": "tomorrow", "owner": "", **more}


def promise(client, person, sent: dict, **headers) -> Promise:
    """The promise that was made."""
    answer = client.post(f"/people/{person.id}/promises/new", sent, headers=headers)
    assert answer.status_code == 302, answer.content.decode()
    return Promise.objects.latest("id")


def details(person) -> dict:
    (told,) = belongings.named("promises").held(person.cluster_ids)
    return told.details


def test_at_the_counter_it_notes_the_visit_and_leads_back(desk, joe, visit):
    here = f"/counter/visits/{visit.id}"
    made = promise(desk, joe, sent_from(read(desk, here)))
    assert (made.visit_id, made.conversation_id, made.message_id) == (visit.id, None, None)
    link = f'<a href="{here}">At the counter, Market Street</a>'
    assert link in read(desk, f"/promises/{made.id}")
    assert link in read(desk, f"/people/{joe.id}").partition("<aside")[0]
    assert details(joe)["where it was said"] == "At the counter, Market Street"
    (given,) = belongings.named("promises").export(joe.cluster_ids)
    assert given["made_where"] == "At the counter, Market Street"


def test_beside_a_conversation_it_notes_that_and_the_newest_message(desk, joe, talk):
    page = read(desk, f"/conversations/{talk.id}")
    src = re.search(r'<turbo-frame id="about" src="([^"]+)"', page)[1]
    sent = sent_from(read(desk, src, **{"Turbo-Frame": "about"}))
    made = promise(desk, joe, sent, **{"Turbo-Frame": "about"})
    assert (made.conversation_id, made.message_id, made.visit_id) == (talk.id, talk.newest_id, None)
    link = f'<a href="/conversations/{talk.id}#message-{talk.newest_id}">In the conversation “The umbrella”</a>'
    assert link in read(desk, f"/promises/{made.id}") and link in read(desk, f"/people/{joe.id}")
    assert details(joe)["where it was said"] == "In the conversation “The umbrella”"


def test_the_card_goes_on_knowing_where_one_speaks_with_them(desk, joe, talk):
    card = f"/people/{joe.id}/card?conversation={talk.id}"
    sent = sent_from(read(desk, card, **{"Turbo-Frame": "about"}))
    assert sent["back"] == card
    answer = desk.post(f"/people/{joe.id}/promises/new", sent, headers={"Turbo-Frame": "about"})
    assert answer.url == card
    wrong = desk.post(f"/people/{joe.id}/promises/new", {**sent, "words": ""}, headers={"Turbo-Frame": "about"})
    assert f'name="conversation" value="{talk.id}"' in wrong.content.decode()


def test_a_message_may_be_pointed_at(desk, joe, talk):
    first = talk.messages.order_by("id").first()
    page = read(desk, f"/people/{joe.id}/promises/new?message={first.id}")
    assert f'name="message" value="{first.id}"' in page
    made = promise(desk, joe, {"words": "Call", "when": "tomorrow", "owner": "", "message": first.id})
    assert (made.conversation_id, made.message_id) == (talk.id, first.id)


@pytest.mark.parametrize("name", ["visit", "conversation", "message"])
def test_what_is_not_theirs_is_left_out_and_the_promise_stands(desk, ryan, visit, talk, name):
    id = {"visit": visit.id, "conversation": talk.id, "message": talk.newest_id}[name]
    for given in (id, 999_999_999):
        made = promise(desk, ryan, {"words": "Call", "when": "tomorrow", "owner": "", name: given})
        assert (made.visit_id, made.conversation_id, made.message_id) == (None, None, None)


def test_who_may_not_see_the_conversation_learns_that_there_was_one(desk, signed_in, teller, joe, talk, lena):
    soon = timezone.now() + timedelta(hours=1)
    made = Promise.make(person=joe, words="Call", due_at=soon, by=lena.person, conversation_id=talk.id)
    page = read(signed_in(teller), f"/promises/{made.id}")
    assert "In a conversation" in page
    assert "The umbrella" not in page and f"/conversations/{talk.id}" not in page


def test_what_is_gone_leaves_no_trace_and_the_promise_stands(desk, joe, visit, lena):
    soon = timezone.now() + timedelta(hours=1)
    made = Promise.make(person=joe, words="Call", due_at=soon, by=lena.person, visit_id=visit.id)
    visit.take_back(by=lena.person)
    assert "At the counter" not in read(desk, f"/promises/{made.id}")
    assert "where it was said" not in details(joe)


def test_on_the_phone_and_in_a_conversation_that_was_laid_into_another(desk, joe, cafe, talk, lena):
    soon = timezone.now() + timedelta(hours=1)
    call = Visit.begin(joe, kind=PHONE, by=lena.person)
    made = Promise.make(person=joe, words="Call", due_at=soon, by=lena.person, visit_id=call.id)
    assert "On the phone</a>" in read(desk, f"/promises/{made.id}")
    other = Conversation.start(inbox=cafe, person=joe, subject="Another")
    said = Promise.make(person=joe, words="Look", due_at=soon, by=lena.person, conversation_id=talk.id)
    lay_together(other, talk, by=lena.person)
    assert f"/conversations/{talk.id}" in read(desk, f"/promises/{said.id}")


def test_forgetting_takes_the_place_with_it(joe, visit, talk, lena):
    soon = timezone.now() + timedelta(hours=1)
    made = Promise.make(person=joe, words="Call", due_at=soon, by=lena.person, conversation_id=talk.id,
                        message_id=talk.newest_id, visit_id=visit.id)
    made.keep(by=lena.person)
    belongings.named("promises").erase(joe.cluster_ids, belongings.ANONYMISE)
    made.refresh_from_db()
    assert (made.visit_id, made.conversation_id, made.message_id) == (None, None, None)
