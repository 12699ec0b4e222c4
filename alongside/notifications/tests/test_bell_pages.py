"""The bell: what was told to a member, marked as seen, and the newest of it for the open page."""

import pytest

from alongside.conversations.models import Conversation
from alongside.events.delivery import deliver_all


@pytest.fixture
def given(cafe, ryan, lena, owner):
    """Marta gives Lena the conversation with Ryan."""
    conversation = Conversation.start(inbox=cafe, person=ryan, subject="The folder")
    conversation.assign(lena, by=owner.person)
    deliver_all()
    return conversation


def test_it_lists_what_was_told_and_counts_it_on_the_rail(signed_in, lena, given):
    html = signed_in(lena).get("/notifications").content.decode()
    assert "Marta gave you the conversation with Ryan: The folder" in html
    assert f'href="/conversations/{given.id}"' in html and '<span class="count">1' in html


def test_it_can_all_be_marked_as_seen(signed_in, lena, given):
    desk = signed_in(lena)
    desk.post("/notifications/seen")
    assert desk.get("/notifications/latest.json").json()["unread"] == 0
    assert "I have seen all of it" not in desk.get("/notifications").content.decode()


def test_the_newest_for_the_open_page(signed_in, lena, given):
    news = signed_in(lena).get("/notifications/latest.json").json()
    assert news["unread"] == 1 and news["page"] is True and news["browser"] is False
    assert news["latest"]["title"] == "Marta gave you the conversation with Ryan"
    assert news["latest"]["body"] == "The folder" and news["latest"]["href"] == f"/conversations/{given.id}"


def test_others_hear_nothing_of_it(signed_in, dishwasher, given):
    desk = signed_in(dishwasher)
    assert desk.get("/notifications/latest.json").json()["latest"] is None
    assert "Nothing was told to you yet" in desk.get("/notifications").content.decode()


def test_silence_is_said(signed_in, lena, given):
    lena.notify_page = False
    lena.save(update_fields=["notify_page"])
    assert "You asked for silence here" in signed_in(lena).get("/notifications").content.decode()
