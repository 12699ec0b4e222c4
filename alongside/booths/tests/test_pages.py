"""Members' pages of booths: the list, opening from anywhere in one tap, the card; and the page that both sides see."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.booths import listing
from alongside.booths.models import Booth, Participant, Step
from alongside.people.merging import merge
from alongside.people.models import Person

pytestmark = pytest.mark.django_db


def opened(answer) -> Booth:
    """The booth that an answer leads to."""
    assert answer.status_code == 302, answer.content
    return Booth.objects.get(code=answer["Location"].removeprefix("/booths/"))


def test_one_is_opened_from_nothing_in_one_tap(member, lena):
    booth = opened(member.post("/booths"))
    assert (booth.person, booth.goal, booth.opened_by) == (None, "", lena.person)
    assert member.get(f"/booths/{booth.code}").status_code == 200


def test_one_is_opened_for_somebody(member, ryan):
    booth = opened(member.post("/booths", {"person": ryan.id, "goal": "Fed by 8:30"}))
    assert (booth.person, booth.goal) == (ryan, "Fed by 8:30")
    assert opened(member.post("/booths", {"person": ryan.id})) != booth


def test_a_form_where_json_is_wanted_is_told_so(member, at):
    assert member.post(at("lines"), {"words": "Hello"}).status_code == 400


def test_every_strict_form_takes_whose_page_it_stands_on(member, lena, ryan, booth, at):
    """As a browser with scripts sends it."""
    whose = {"reader": f"member {lena.id}"}
    opened(member.post("/booths", {"person": ryan.id, **whose}))
    assert member.post(at("inviting/whose"), {"person": ryan.id, **whose}).status_code == 302


@pytest.mark.parametrize("sent", [{"person": "x"}, {"person": "0"}, {"secret": "1"}, {"goal": "a" * 2001},
                                  {"person": "9" * 40}, {"goal": "a\0b"}])
def test_nonsense_opens_none(member, sent):
    assert member.post("/booths", sent).status_code == 400 and not Booth.objects.exists()


def test_nobody_who_is_not_there_gets_one(member):
    assert member.post("/booths", {"person": 999_999}).status_code == 404


def test_the_list_shows_with_whom_what_and_how_far(booth, member, guest, lena):
    for words in ("Bake", "Serve"):
        Step.add(booth, words, by=guest.guest)
    booth.steps.first().tick(by=guest.guest)
    page = member.get("/booths").content.decode()
    assert "Ryan" in page and booth.goal in page and "1 of 2 steps done" in page
    assert booth.goal not in member.get("/booths?state=ended").content.decode()
    booth.end(by=lena.person)
    assert booth.goal in member.get("/booths?state=ended").content.decode()
    assert member.get("/booths?state=secret").status_code == 404 and member.get("/booths?after=x").status_code == 400


def test_an_empty_list_teaches(member):
    assert "they need no account" in member.get("/booths").content.decode()
    assert "years later" in member.get("/booths?state=ended").content.decode()
    assert "Nobody" not in member.get("/booths?q=somebody").content.decode()


def test_booths_are_found_by_their_person_whoever_they_were_merged_into(member, lena, ryan, joe):
    Booth.open(by=lena.person, person=joe, goal="A quiet morning")
    twice = Person.meet(called="Mister Kessler", email="kessler@work.example")
    Booth.open(by=lena.person, person=twice, goal="Fed by 8:30")
    merge(ryan, twice, by=lena.person)
    found = member.get("/booths?q=Ryan").content.decode()
    assert "Fed by 8:30" in found and "A quiet morning" not in found


def test_the_list_goes_on_page_by_page(member, lena):
    now = timezone.now()
    made = [Booth.open(by=lena.person, at=now - timedelta(minutes=number)) for number in range(5)]
    seen, after = [], None
    for _page in range(3):
        lines, after = listing.page(lena.principal(), cursor=after, size=2)
        seen += [line.booth for line in lines]
    assert seen == made and after is None


def test_as_many_queries_however_many_booths(member, lena):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert member.get("/booths").status_code == 200
        return len(queries)

    def fill(number: int):
        booth = Booth.open(by=lena.person, person=Person.meet(called=f"Guest {number}"))
        Step.add(booth, "Bake", by=Participant.sit_down(booth, lena))

    fill(0)
    member.get("/booths")
    few = asked()
    for number in range(1, 12):
        fill(number)
    assert asked() == few


def test_the_card_shows_open_booths_and_opens_one(booth, member, ryan):
    page = member.get(f"/people/{ryan.id}").content.decode()
    assert booth.goal in page and 'action="/booths"' in page
    card = member.get(f"/people/{ryan.id}/card", headers={"X-Fragment": "card"}).content.decode()
    assert booth.goal in card and 'action="/booths"' in card
    booth.end(by=None)
    assert booth.goal not in member.get(f"/people/{ryan.id}/card", headers={"X-Fragment": "card"}).content.decode()


def test_the_rail_leads_to_the_booths(member):
    assert 'href="/booths"' in member.get("/people").content.decode()


def test_both_sides_see_one_page_without_a_wall(booth, member, guest, ryan, at):
    ryan.describe(by=None, what_matters="Grieving; be gentle")
    ours, theirs = (browser.get(at()).content.decode() for browser in (member, guest))
    for page in (ours, theirs):
        assert "look/built/booth" in page and f'data-code="{booth.code}"' in page and "<noscript>" in page
        assert 'class="rail"' not in page and "Grieving" not in page and f"/people/{ryan.id}" not in page
        assert "Nothing on this page is hidden" in page
    assert 'href="/booths"' in ours and 'href="/booths"' not in theirs
    assert re.search(r'data-side="ours"', ours) and re.search(r'data-side="yours"', theirs)


def test_a_member_sits_down_with_opening_the_page(booth, at, member, lena):
    for _each in range(2):
        member.get(at())
    assert Participant.objects.get(booth=booth).member == lena
