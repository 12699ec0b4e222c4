"""A lesson is brought in by a member, walked through by everyone, each at their pace or at somebody's."""

import pytest

from alongside.booths.lessons import Shelf, shelf
from alongside.booths.models import VIEW, BroughtLesson

pytestmark = pytest.mark.django_db
PARTS = [{"title": "Grind", "words": "Fine"}, {"title": "Pour", "words": "Slowly"}]


@pytest.fixture(autouse=True)
def _one_lesson(monkeypatch):
    """A room that keeps one lesson, number 7."""
    monkeypatch.setattr(shelf, "_find", lambda principal, id: ("Flat white", PARTS) if id == 7 else None)


@pytest.fixture
def lesson(at, member):
    return member.tell(at("lessons"), once="l1", lesson=7).data["id"]


def told(browser, at):
    return browser.read(at("table?part=lessons")).data["lessons"]


def test_it_is_brought_in_once(at, member, guest, lesson):
    assert member.tell(at("lessons"), once="l2", lesson=7).data == {"id": lesson}
    assert member.tell(at("lessons"), once="l3", lesson=8).status_code == 404
    assert [each["title"] for each in told(guest, at)] == ["Flat white"]


def test_where_no_room_keeps_lessons_there_is_none():
    assert Shelf().find(None, 7) is None


def test_everyone_goes_at_their_pace_and_whoever_looks_learns_too(at, member, guest, come_in, lesson):
    looking = come_in("Austin", role=VIEW)
    assert member.tell(at(f"lessons/{lesson}/go"), once="g1", part=1).status_code == 200
    for part in (0, 1, 2):
        assert looking.tell(at(f"lessons/{lesson}/go"), once=f"g{part}", part=part).status_code == 200
    places = {place["by"]: place for place in told(guest, at)[0]["places"]}
    assert places[looking.guest.id]["part"] == 2 and places[looking.guest.id]["learned_at"]
    assert len(places) == 2
    for part in (-1, 3, "1", None):
        assert guest.tell(at(f"lessons/{lesson}/go"), once="x", part=part).status_code == 400


def test_one_leads_and_then_nobody(at, member, guest, lesson):
    path = at(f"lessons/{lesson}/lead")
    assert guest.tell(path, once="d1", leader=guest.guest.id).status_code == 200
    assert told(member, at)[0]["leader"] == guest.guest.id
    assert member.tell(path, once="d2", leader=999_999).status_code == 404
    assert member.tell(path, once="d3", leader=None).status_code == 200
    assert told(member, at)[0]["leader"] is None


def test_what_was_taken_off_is_not_walked_through(at, guest, lesson):
    BroughtLesson.objects.update(removed_at="2026-01-01T00:00Z")
    assert guest.tell(at(f"lessons/{lesson}/go"), once="x", part=0).status_code == 404
