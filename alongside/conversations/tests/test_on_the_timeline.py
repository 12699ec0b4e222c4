"""How conversations stand on a person's timeline."""

import pytest

from alongside.conversations import timeline as drawn_here  # noqa: F401  registers how conversations are drawn
from alongside.conversations.tests.conftest import letter, writes
from alongside.conversations.writing import answer, note, take_back
from alongside.lib.principal import Principal
from alongside.people.timeline import page


def kinds(person, principal):
    entries, _ = page(person, principal)
    return [e.context["kind"] for e in entries if e.template == "conversations/timeline_entry.html"]


@pytest.fixture
def told(folder, ryan, lena):
    note(folder, "In the drawer.", by=lena.person)
    answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)
    take_back(answer(folder, letter(text="No"), by=lena.person, seen_id=folder.newest_id), by=lena.person)
    folder.close(by=lena.person)
    return folder


def test_it_has_what_was_said_newest_first(told, ryan, lena):
    assert kinds(ryan, lena.principal()) == ["closed", "message_written", "note_written", "message_received"]


def test_members_who_may_not_see_it_do_not(told, ryan, teller):
    assert kinds(ryan, teller.principal()) == []


def test_a_person_sees_what_was_said_to_them_only(told, folder, ryan):
    writes(folder, ryan, text="Thank you!")
    assert kinds(ryan, Principal(kind="person", person_id=ryan.id)) == ["message_received", "message_received"]


def test_many_entries_cost_few_queries(folder, ryan, lena, django_assert_max_num_queries):
    for n in range(25):
        writes(folder, ryan, text=str(n))
    principal = lena.principal()
    with django_assert_max_num_queries(5):
        entries, _ = page(ryan, principal)
        for entry in entries:
            if entry.context.get("message"):
                assert entry.context["by"].name == "Ryan"
                assert entry.context["conversation"].subject == "Austin's folder"
    assert len(entries) >= 25
