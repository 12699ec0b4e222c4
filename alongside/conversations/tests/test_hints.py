"""What open screens are told when something changes: which topics, never content."""

import pytest

from alongside.conversations.blocking import block, unblock
from alongside.conversations.models import Reading
from alongside.conversations.tests.conftest import letter, writes
from alongside.conversations.writing import answer, note
from alongside.members.models import Team, TeamPlace
from alongside.people.models import Person


@pytest.fixture
def topics(monkeypatch):
    """The topics that were told since, each once."""
    told = []
    for module in ("models.conversation", "models.reading", "blocking"):
        monkeypatch.setattr(f"alongside.conversations.{module}.changed", told.append)

    def since():
        found = set(told)
        told.clear()
        return found

    return since


def test_a_message_hints_to_its_conversation_inbox_person_and_member(folder, lena, ryan, topics):
    folder.assign(lena, by=lena.person)
    topics()
    writes(folder, ryan, text="Hello?")
    told = topics()
    assert told == {
        f"conversation:{folder.id}", f"inbox:{folder.inbox_id}", f"person:{ryan.id}", f"member:{lena.id}"
    }


def test_giving_it_on_hints_to_both_members(folder, lena, dishwasher, topics):
    folder.assign(lena, by=lena.person)
    topics()
    folder.assign(dishwasher, by=lena.person)
    assert {f"member:{lena.id}", f"member:{dishwasher.id}"} <= topics()


def test_a_team_that_does_not_serve_the_inbox_hears_of_what_it_was_handed(folder, teller, owner, ryan, topics):
    night = Team.objects.create(name="Night")
    TeamPlace.objects.create(team=night, member=teller)
    folder.hand_to(night, by=owner.person)
    assert f"member:{teller.id}" in topics()
    writes(folder, ryan)
    assert f"member:{teller.id}" in topics()


def test_whoever_is_asked_in_a_note_hears_of_it(folder, lena, teller, topics):
    note(folder, "@Dana?", by=lena.person)
    assert f"member:{teller.id}" in topics()


def test_moving_hints_to_both_inboxes(folder, branch, cafe, owner, monkeypatch, topics):
    folder.move(branch, by=owner.person)
    assert {f"inbox:{cafe.id}", f"inbox:{branch.id}"} <= topics()


def test_reading_hints_to_ones_other_screens_when_it_is_news(folder, lena, topics):
    Reading.mark(folder, lena, folder.newest_id)
    assert topics() == {f"member:{lena.id}"}
    Reading.mark(folder, lena, folder.newest_id)
    assert topics() == set()


def test_an_answer_of_ones_own_hints_to_colleagues(folder, lena, topics):
    answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)
    assert {f"conversation:{folder.id}", f"inbox:{folder.inbox_id}"} <= topics()


@pytest.mark.parametrize("blocked", ["Ryan@Kessler.example", "@kessler.example"])
def test_a_block_and_its_end_hint_to_whoever_writes_from_there(ryan, lena, topics, blocked):
    written = Person.meet(called="Ry", email="RYAN@Kessler.example")
    topics()
    kept = block(blocked, by=lena.person)
    assert topics() == {f"person:{ryan.id}", f"person:{written.id}"}
    unblock(kept, by=lena.person)
    assert topics() == {f"person:{ryan.id}", f"person:{written.id}"}
