"""A lesson of the house comes to a table as a copy, with its pictures, and stays there whatever becomes of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.booths.models import Booth, BoothLink, BroughtLesson, Participant
from alongside.booths.sessions import COOKIE
from alongside.files.models import File, sweep_files
from alongside.knowledge.models import Lesson

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def booth(lena, joe):
    """Lena's and Joe's."""
    return Booth.open(by=lena.person, person=joe)


@pytest.fixture
def coffee(lena):
    """Two steps, one with a picture, and one that was taken out."""
    lesson = Lesson.make("A coffee", by=lena.person, about="From beans to the cup", language="en")
    picture = File.keep(b"\x89PNG\r\n\x1a\n...", name="tamper.png")
    lesson.add(by=lena.person, title="Press", words="Once.", amounts=[["18 g", "beans"]], picture=picture)
    lesson.add(by=lena.person, title="Brew")
    lesson.add(by=lena.person, title="Sing").take_out(by=lena.person)
    return lesson


@pytest.fixture
def member(lena, signed_in):
    """Lena's browser."""
    return signed_in(lena)


def bring(client, booth, lesson):
    return client.post(f"/booths/{booth.code}/lessons", {"lesson": lesson.id}, JSON)


def to_bring(client, booth) -> list[dict]:
    return client.get(f"/booths/{booth.code}/lessons-to-bring").json()["lessons"]


def test_a_member_sees_what_can_be_brought_and_what_was(member, booth, coffee, lena):
    Lesson.make("Nothing yet", by=lena.person)
    assert to_bring(member, booth) == [{"id": coffee.id, "title": "A coffee", "about": "From beans to the cup",
                                        "language": "en", "steps": 2, "brought": False}]
    assert bring(member, booth, coffee).status_code == 201
    assert [each["brought"] for each in to_bring(member, booth)] == [True]


def test_what_is_brought_is_a_copy_that_both_sides_see_and_keep(member, booth, coffee, lena):
    assert bring(member, booth, coffee).status_code == 201
    coffee.parts.first().change(by=lena.person, title="Press twice", picture=None)
    File.objects.update(at=timezone.now() - timedelta(days=30))
    assert sweep_files() == 1  # the lesson's own, which nobody shows any more
    link, _token = BoothLink.make(booth, by=lena.person)
    _guest, session = Participant.join(link, "Joe")
    guest = Client()
    guest.cookies[COOKIE] = session
    parts = guest.get(f"/booths/{booth.code}/table").json()["lessons"][0]["parts"]
    assert [part["title"] for part in parts] == ["Press", "Brew"]
    assert parts[0]["amounts"] == [["18 g", "beans"]]
    answer = guest.get(parts[0]["picture"])
    assert answer.status_code == 200 and answer["Content-Type"] == "image/png"
    assert guest.get(f"/booths/{booth.code}/lessons-to-bring").status_code == 302


def test_only_what_can_be_shown_is_brought(member, booth, coffee, lena):
    coffee.retire(by=lena.person)
    assert to_bring(member, booth) == []
    assert bring(member, booth, coffee).status_code == 404
    assert not BroughtLesson.objects.exists() and File.objects.count() == 1


def test_nothing_is_copied_for_a_booth_that_has_ended(member, booth, coffee, lena):
    booth.end(by=lena.person)
    assert bring(member, booth, coffee).status_code == 409
    assert File.objects.count() == 1


def test_a_booth_that_is_not_there(member):
    assert member.get("/booths/nowhere/lessons-to-bring").status_code == 404


def test_the_list_asks_no_more_for_more_lessons(member, booth, coffee, lena):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            to_bring(member, booth)
        return len(asked)

    queries()
    few = queries()
    for number in range(5):
        Lesson.make(f"{number}", by=lena.person).add(by=lena.person, title="One")
    assert queries() == few
