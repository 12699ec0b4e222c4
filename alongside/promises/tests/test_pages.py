"""Screens: the card's panel, the list, one promise; each with and without a frame."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.promises.models import BROKEN, KEPT, OPEN, Promise
from alongside.promises.times import end_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scone(joe, lena):
    """Due in half an hour, Lena's to keep."""
    due = timezone.now() + timedelta(minutes=30)
    return Promise.make(person=joe, words="A scone kept back", due_at=due, by=lena.person, owner=lena)


def read(client, path: str, **headers) -> str:
    """The page."""
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_card_shows_what_is_open_and_promises_more(joe, lena, scone, signed_in):
    client = signed_in(lena)
    page = read(client, f"/people/{joe.id}")
    assert "A scone kept back" in page and 'data-state="due"' in page
    made = client.post(f"/people/{joe.id}/promises/new", {"words": "Call him", "when": "tomorrow", "owner": ""})
    assert made.status_code == 302 and made["Location"] == f"/people/{joe.id}"
    promise = Promise.objects.get(words="Call him")
    assert promise.whole_day and promise.owner is None and promise.made_by == lena.person
    assert "Call him" in read(client, f"/people/{joe.id}")


def test_beside_a_conversation_a_tap_stays_in_the_card(joe, lena, scone, signed_in):
    client = signed_in(lena)
    card = read(client, f"/people/{joe.id}/card", **{"Turbo-Frame": "about"})
    assert 'data-turbo-frame="about"' in card
    kept = client.post(f"/promises/{scone.id}/keeping", headers={"Turbo-Frame": "about"})
    assert kept["Location"] == f"/people/{joe.id}/card"


def test_kept_with_one_tap_and_taken_back(joe, lena, scone, signed_in):
    client = signed_in(lena)
    client.post(f"/promises/{scone.id}/keeping")
    scone.refresh_from_db()
    assert scone.state == KEPT
    assert f"/promises/{scone.id}/opening" in read(client, f"/people/{joe.id}")
    client.post(f"/promises/{scone.id}/opening")
    scone.refresh_from_db()
    assert scone.state == OPEN


@pytest.mark.parametrize("wrong", [
    {"words": "", "when": "today"},
    {"words": "Call", "when": "then"},
    {"words": "Call", "when": "then", "day": "2020-01-01"},
    {"words": "Call", "when": "someday"},
    {"words": "Call", "when": "today", "clock": "half past"},
])
def test_what_is_missing_is_said(joe, lena, signed_in, wrong):
    answer = signed_in(lena).post(f"/people/{joe.id}/promises/new", wrong)
    assert answer.status_code == 422 and 'class="wrong"' in answer.content.decode()
    assert not Promise.objects.exists()


def test_another_day_with_its_hour(joe, lena, signed_in):
    day = timezone.localdate() + timedelta(days=4)
    signed_in(lena).post(f"/people/{joe.id}/promises/new",
                         {"words": "Call", "when": "then", "day": day.isoformat(), "clock": "15:00"})
    promise = Promise.objects.get()
    assert timezone.localdate(promise.due_at) == day and not promise.whole_day


def test_the_list_and_its_fragment(lena, dishwasher, scone, signed_in):
    client = signed_in(lena)
    page = read(client, "/promises")
    assert "Due now" in page and "A scone kept back" in page and 'aria-current="page"' in page
    fragment = read(client, "/promises?whose=all", **{"X-Fragment": "promises"})
    assert "<html" not in fragment and "A scone kept back" in fragment
    assert client.get("/promises?whose=nobody").status_code == 404
    assert "Nothing is open." in read(signed_in(dishwasher), "/promises")


def test_another_time_with_words_for_the_person(lena, scone, signed_in):
    client = signed_in(lena)
    refused = client.post(f"/promises/{scone.id}/another-time", {"when": "tomorrow", "said": ""})
    assert refused.status_code == 422 and "<details class=\"more\" open>" in refused.content.decode()
    client.post(f"/promises/{scone.id}/another-time", {"when": "tomorrow", "said": "The oven broke."})
    assert "The oven broke." in read(client, f"/promises/{scone.id}")


def test_not_kept_says_why_and_what_was_done(lena, scone, signed_in):
    client = signed_in(lena)
    client.post(f"/promises/{scone.id}/breaking", {"why": "Sold by mistake", "amends": "A free one tomorrow"})
    scone.refresh_from_db()
    assert scone.state == BROKEN
    page = read(client, f"/promises/{scone.id}")
    assert "Sold by mistake" in page and "A free one tomorrow" in page


def test_what_was_settled_meanwhile_is_said(lena, scone, signed_in):
    scone.withdraw(by=lena.person)
    answer = signed_in(lena).post(f"/promises/{scone.id}/keeping", follow=True)
    assert "settled already" in answer.content.decode()


def test_a_tap_leads_back_to_where_it_was_made_and_nowhere_else(lena, joe, scone, signed_in):
    client = signed_in(lena)
    assert client.post(f"/promises/{scone.id}/keeping", {"back": "/promises?whose=all"})["Location"] == (
        "/promises?whose=all")
    elsewhere = client.post(f"/promises/{scone.id}/opening", {"back": "https://elsewhere.example/"})
    assert elsewhere["Location"] == f"/people/{joe.id}"


def test_the_rail_says_how_many_are_due(lena, scone, signed_in):
    rail = read(signed_in(lena), "/rail")
    assert "Promises" in rail and ">1<" in rail


def test_a_move_says_both_times_whole_and_none_that_changes_nothing(lena, scone, signed_in):
    monday = timezone.localdate() + timedelta(days=1)
    for day in (monday, monday, timezone.localdate()):
        scone.renegotiate(end_of(day), "It takes another day.", by=lena.person, whole_day=True)
    assert [step.moved for step in scone.changes.all()][1:] == [None, ("tomorrow", "today")]
    page = read(signed_in(lena), f"/promises/{scone.id}")
    assert "tomorrow → today" in page and page.count("→") == 2


def test_the_timeline_tells_of_it(joe, lena, scone, signed_in):
    later = timezone.now() + timedelta(days=1)
    scone.renegotiate(later, "The oven broke.", by=lena.person)
    scone.break_("Sold by mistake", "A free one tomorrow", by=lena.person)
    page = read(signed_in(lena), f"/people/{joe.id}/timeline", **{"X-Fragment": "timeline"})
    for words in ("We promised:", "We agreed on another time:", "The oven broke.", "We did not keep:", "A free one"):
        assert words in page
