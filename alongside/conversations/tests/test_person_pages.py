"""A person's page as conversations fill it: the timeline without an end, and the card beside a conversation."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.conversations import writing
from alongside.conversations.models import Conversation
from alongside.conversations.writing import Address


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


def text_of(answer) -> str:
    return answer.content.decode()


def wrote(inbox, person, text, at=None, subject="The folder"):
    conversation = Conversation.start(inbox=inbox, person=person, subject=subject, at=at)
    more = {"at": at} if at else {}
    writing.receive(conversation, author=person, sender=Address(person.email or "x@elsewhere.example", person.name),
                    text=text, **more)
    return conversation


def test_one_life_over_every_conversation_newest_first(desk, cafe, ryan, lena):
    now = timezone.now()
    wrote(cafe, ryan, "long ago", now - timedelta(days=900))
    wrote(cafe, ryan, "last year", now - timedelta(days=400))
    folder = wrote(cafe, ryan, "just now")
    writing.note(folder, "found it under the bench", by=lena.person)
    folder.close(by=lena.person)
    html = text_of(desk.get(f"/people/{ryan.id}"))
    order = [html.index(words) for words in ("called it done", "found it under", "just now", "last year", "long ago")]
    assert order == sorted(order)
    assert "This week" in html and f"<h3>{(now - timedelta(days=900)).year}</h3>" in html


def test_what_another_team_heard_is_no_part_of_it(desk, branch, cafe, ryan):
    wrote(branch, ryan, "about my loan", subject="The loan")
    wrote(cafe, ryan, "about the folder")
    html = text_of(desk.get(f"/people/{ryan.id}"))
    assert "about the folder" in html and "loan" not in html


def test_the_timeline_goes_on_without_a_gap_and_without_repeating_a_heading(desk, cafe, ryan):
    now = timezone.now()
    for number in range(40):
        wrote(cafe, ryan, f"letter {number:02}", now - timedelta(days=800 + number))
    page = text_of(desk.get(f"/people/{ryan.id}"))
    href = page.split('id="timeline-older"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    part = text_of(desk.get(href, headers={"X-Fragment": "endless"}))
    said = [{n for n in range(40) if f"letter {n:02}" in html} for html in (page, part)]
    assert said[0] | said[1] == set(range(40)) and not said[0] & said[1]
    assert "<html" not in part and 'id="timeline-older"' in part
    last_heading = page.split('id="timeline-older"')[0].rsplit("<h3>", 1)[1].split("</h3>")[0]
    assert f"<h3>{last_heading}</h3>" not in part
    whole = desk.get(href)
    assert whole.status_code == 302 and "Back to today" in text_of(desk.get(whole.url))
    src = page.split('id="timeline-newest"')[1].split('data-live-src-value="')[1].split('"')[0].replace("&amp;", "&")
    wrote(cafe, ryan, "the newest of all")
    again = text_of(desk.get(src, headers={"X-Fragment": "timeline-newest"}))
    assert 'data-live-topic-value="person:' in again and f'data-live-src-value="{src.replace("&", "&amp;")}"' in again
    assert "the newest of all" in again and {n for n in range(40) if f"letter {n:02}" in again} == said[0]
    assert desk.get(f"/people/{ryan.id}/timeline?after=broken", headers={"X-Fragment": "x"}).status_code == 400


def test_the_card_beside_a_conversation_is_a_frame_and_a_page_without_a_script(desk, cafe, ryan):
    wrote(cafe, ryan, "about the folder")
    card = text_of(desk.get(f"/people/{ryan.id}/card", headers={"Turbo-Frame": "about"}))
    assert '<turbo-frame id="about"' in card and "ryan@kessler.example" in card and "The folder" in card
    assert "<html" not in card
    assert desk.get(f"/people/{ryan.id}/card").url == f"/people/{ryan.id}"


def test_a_person_page_asks_the_database_little(desk, cafe, ryan, django_assert_max_num_queries):
    for number in range(30):
        wrote(cafe, ryan, f"letter {number}")
    desk.get("/people")
    with django_assert_max_num_queries(24):
        desk.get(f"/people/{ryan.id}")
