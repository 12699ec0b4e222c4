"""A booth from where a member and somebody are already: their conversation, the counter; and a seat in an answer."""

import re

import pytest
from django.test import Client

from alongside.booths.models import Booth, BoothLink
from alongside.conversations import drafting
from alongside.conversations.letters import MAX_TEXT
from alongside.conversations.models import Conversation, Draft
from alongside.conversations.writing import Address, receive
from alongside.visits.models import Visit

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"http://localhost:\d+/join#([\w-]{43})")


@pytest.fixture
def conversation(ryan, cafe):
    begun = Conversation.start(inbox=cafe, person=ryan, subject="Breakfast")
    receive(begun, author=ryan, sender=Address(ryan.email), text="Can you feed fourteen?")
    begun.refresh_from_db()
    return begun


@pytest.fixture
def member(signed_in, lena):
    return signed_in(lena)


def opened(answer) -> Booth:
    """The booth that an answer leads to."""
    assert answer.status_code == 302, answer.content
    return Booth.objects.get(code=answer["Location"].removeprefix("/booths/"))


def test_a_conversation_and_a_visit_have_one_open_booth(member, ryan, lena, conversation):
    visit = Visit.begin(ryan, by=lena.person)
    booth = opened(member.post("/booths", {"person": ryan.id, "conversation": conversation.id}))
    assert (booth.person, booth.conversation_id) == (ryan, conversation.id)
    assert opened(member.post("/booths", {"person": ryan.id, "conversation": conversation.id})) == booth
    assert opened(member.post("/booths", {"person": ryan.id, "visit": visit.id})).visit_id == visit.id
    booth.end(by=None)
    assert opened(member.post("/booths", {"person": ryan.id, "conversation": conversation.id})) != booth


def test_where_they_are_there_is_a_button(member, ryan, lena, conversation):
    page = member.get(f"/conversations/{conversation.id}").content.decode()
    assert f'name="conversation" value="{conversation.id}"' in page and f"/conversations/{conversation.id}/seat" in page
    visit = Visit.begin(ryan, by=lena.person)
    counter = member.get(f"/counter/visits/{visit.id}").content.decode()
    assert f'name="visit" value="{visit.id}"' in counter and 'action="/booths"' in counter


def test_a_seat_is_offered_in_the_answer_and_opens(member, lena, conversation):
    answer = member.post(f"/conversations/{conversation.id}/seat")
    assert answer["Location"] == f"/conversations/{conversation.id}?write=reply#composing"
    draft = Draft.objects.get(member=lena, conversation=conversation)
    token = ADDRESS.search(draft.text)[1]
    told = Client().post("/join/look", {"token": token}, content_type="application/json").json()
    booth = Booth.objects.get()
    assert told["page"] == f"/booths/{booth.code}" and booth.conversation_id == conversation.id
    assert BoothLink.objects.get().way == "said" and draft.seen_id == conversation.newest_id
    assert conversation.messages.count() == 1


def test_what_was_drafted_stays(member, lena, conversation):
    drafting.save(lena, conversation=conversation, text="Yes, gladly.")
    member.post(f"/conversations/{conversation.id}/seat")
    member.post(f"/conversations/{conversation.id}/seat")
    text = Draft.objects.get(member=lena, conversation=conversation).text
    assert text.startswith("Yes, gladly.\n\n") and len(ADDRESS.findall(text)) == 2
    assert Booth.objects.count() == 1


def test_it_is_said_in_their_language(member, ryan, lena, conversation, monkeypatch):
    from django.utils.translation import get_language

    from alongside.booths import handing

    ryan.describe(by=None, language="de")
    monkeypatch.setattr(handing, "invitation", lambda booth, token: get_language())
    member.post(f"/conversations/{conversation.id}/seat")
    assert Draft.objects.get(member=lena, conversation=conversation).text == "de"


def test_a_booth_is_named_only_where_it_was_opened(member, lena, joe, conversation):
    other = Booth.open(by=lena.person, person=joe)
    path = f"/conversations/{conversation.id}/seat"
    for sent in ({"booth": other.code}, {"booth": "nowhere"}, {"booth": "a\0b"}):
        assert member.post(path, sent).status_code == 404
    assert member.post(path, {"secret": "1"}).status_code == 400
    mine = Booth.open(by=lena.person, person=conversation.person, conversation_id=conversation.id)
    page = member.get(f"/booths/{mine.code}/inviting").content.decode()
    assert f'action="{path}"' in page
    assert member.post(path, {"booth": mine.code}).status_code == 302 and BoothLink.objects.get().booth == mine


def test_a_draft_that_is_full_gets_no_link(member, lena, conversation):
    drafting.save(lena, conversation=conversation, text="a" * MAX_TEXT)
    page = member.post(f"/conversations/{conversation.id}/seat", follow=True).content.decode()
    assert "no room left" in page and not BoothLink.objects.exists()


def test_a_conversation_that_one_does_not_see_offers_no_seat(signed_in, teller, conversation):
    assert signed_in(teller).post(f"/conversations/{conversation.id}/seat").status_code == 404
    assert not Booth.objects.exists()
