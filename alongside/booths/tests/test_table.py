"""The table as both sides read it: the same for each, whole or in parts, in as many queries however much lies on it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.booths import table
from alongside.booths.models import (
    REACHED,
    BoothFile,
    BoothLink,
    BroughtLesson,
    ChatLine,
    Ending,
    GoalAgreement,
    Participant,
    Step,
)
from alongside.files.models import File

pytestmark = pytest.mark.django_db
PARTS = {"steps": {"steps", "taken_off"}, "lines": {"lines", "earlier"}, "files": {"files"}, "goal": {"agreements"},
         "endings": {"endings"}, "lessons": {"lessons"}, "present": {"participants"}, "booth": set()}


def lay_everything(booth, lena, number: int):
    """One of everything, from a guest of their own."""
    link, _token = BoothLink.make(booth, by=lena.person)
    guest, _session = Participant.join(link, f"Guest {number}")
    step = Step.add(booth, f"Bake {number}", by=guest, due_at=timezone.now() + timedelta(days=1))
    step.tick(by=guest)
    ChatLine.say(booth, f"Hello {number}", by=guest)
    BoothFile.lay(booth, File.keep(b"crumbs %d" % number, name=f"{number}.txt"), by=guest)
    GoalAgreement.agree(booth, f"Fed by {number}", by=guest)
    Ending.say(booth, REACHED, "It was", by=guest)
    lesson = BroughtLesson.bring(booth, title="Flat white", by=guest, parts=[
        {"title": "Grind", "words": "Fine", "amounts": [["18 g", "beans"]], "file": None}])
    lesson.go_to(1, by=guest)
    return guest, step, lesson


def test_both_sides_read_the_same_table(booth, at, member, guest, lena):
    _guest, step, lesson = lay_everything(booth, lena, 1)
    ours, theirs = member.read(at("table")).data, guest.read(at("table")).data
    assert ours.pop("you") != theirs.pop("you")
    assert len(ours.pop("links")) == 2 and "links" not in theirs
    assert ours.pop("participants")[:2] == theirs.pop("participants")[:2]
    assert ours == theirs
    assert ours["booth"]["state"] == "open" and ours["booth"]["person"] == "Ryan" and ours["versions"] == 0
    assert ours["steps"] == [{
        "id": step.id, "words": "Bake 1", "whose": "together", "due_at": ours["steps"][0]["due_at"],
        "whole_day": True, "done_at": ours["steps"][0]["done_at"], "done_by": _guest.id, "made_by": _guest.id,
        "promise": None, "reminder": None, "changes": 2}]
    assert ours["taken_off"] == []
    assert ours["lessons"][0]["parts"] == [{"title": "Grind", "words": "Fine", "amounts": [["18 g", "beans"]],
                                            "picture": None}]
    assert ours["lessons"][0]["places"][0]["part"] == 1 and ours["lessons"][0]["places"][0]["learned_at"]
    assert ours["files"][0]["preview"] == f"{ours['files'][0]['url']}?preview=1"
    assert ours["steps"][0]["due_at"].endswith("Z")


def test_who_was_asked_out_is_still_named(at, member, guest, lena):
    guest.tell(at("lines"), once="l1", words="Hello")
    guest.guest.remove(by=lena.person)
    told = member.read(at("table")).data
    by = told["lines"][0]["by"]
    assert [(each["name"], each["removed"]) for each in told["participants"] if each["id"] == by] == [("Ryan", True)]


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_part_is_told_alone(at, member, part):
    told = member.read(at(f"table?part={part}")).data
    assert set(told) == {"booth", "you"} | PARTS[part]


def test_links_are_for_members(at, member, guest):
    assert "links" in member.read(at("table?part=links")).data
    assert "links" not in guest.read(at("table?part=links")).data


@pytest.mark.parametrize("query", ["part=secrets", "part=%00", "before=x", "before=-1", f"before={'9' * 40}"])
def test_a_part_that_there_is_not_is_refused(at, member, query):
    assert member.read(at(f"table?{query}")).status_code == 400


def test_the_newest_lines_are_told_and_the_earlier_on_request(booth, at, member, guest, monkeypatch):
    monkeypatch.setattr(table, "LINES_AT_ONCE", 2)
    for number in range(3):
        guest.tell(at("lines"), once=f"l{number}", words=f"Line {number}")
    told = member.read(at("table")).data
    assert [line["words"] for line in told["lines"]] == ["Line 1", "Line 2"] and told["earlier"]
    before = member.read(at(f"table?part=lines&before={told['lines'][0]['id']}")).data
    assert [line["words"] for line in before["lines"]] == ["Line 0"] and not before["earlier"]


def test_as_many_queries_however_much_lies_there(booth, at, member, guest, lena):
    def asked(browser) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.read(at("table")).status_code == 200
        return len(queries)

    lay_everything(booth, lena, 0)
    for browser in (member, guest):
        browser.read(at("table"))
    few = [asked(browser) for browser in (member, guest)]
    for number in range(1, 12):
        lay_everything(booth, lena, number)
    assert [asked(browser) for browser in (member, guest)] == few and max(few) <= 16
