"""Opening a conversation: everything its page needs, in few queries, and nothing its reader may not see."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from alongside.conversations.drafting import save
from alongside.conversations.merging import merge
from alongside.conversations.models import Conversation, Message, Participant, Reading
from alongside.conversations.opening import open_conversation
from alongside.conversations.tagging import tag
from alongside.conversations.tests.conftest import letter, writes
from alongside.conversations.writing import answer, note, take_back
from alongside.files.models import File
from alongside.lib.principal import ANONYMOUS, Principal


@pytest.fixture
def busy(folder, loan, lena, dishwasher, ryan, owner, counter_team):
    """A conversation with everything in it."""
    note(folder, "@Tomás, in the drawer?", by=lena.person, files=[File.keep(b"x", name="drawer.txt", by=lena.person)])
    picture = File.keep(b"\x89PNG\r\n\x1a\n", name="folder.png", by=None)
    writes(folder, ryan, text="This one", files=[(picture, "cid1", True)])
    answer(folder, letter(), by=dishwasher.person, seen_id=folder.newest_id)
    folder.assign(lena, by=dishwasher.person)
    folder.hand_to(counter_team, by=lena.person)
    tag(folder, "lost", by=lena.person)
    save(lena, conversation=folder, text="It is")
    merge(folder, loan, by=owner.person)
    Participant.objects.create(conversation=folder, address="who@else.example", held=True)
    return folder


def refuse_readings(code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refused() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$;"
            "CREATE TRIGGER refusing BEFORE INSERT ON conversations_reading EXECUTE FUNCTION refused()"
        )


def test_a_full_disk_keeps_nobody_from_reading(folder, lena):
    refuse_readings("53100")  # disk_full
    assert [shown.message.text for shown in open_conversation(lena.principal(), folder.id).messages]


def test_other_troubles_are_not_passed_over(folder, lena):
    refuse_readings("23514")
    with pytest.raises(DatabaseError):
        open_conversation(lena.principal(), folder.id)


def test_it_takes_few_queries(busy, lena, django_assert_max_num_queries):
    principal = lena.principal()
    with django_assert_max_num_queries(9):
        opened = open_conversation(principal, busy.id, view="all")
        for shown in opened.messages:
            assert shown.author_name
            assert all(enclosure.file.sha256 for enclosure in shown.enclosures)
        assert opened.conversation.person.name == "Ryan"
        assert opened.conversation.assignee.name == "Lena"
        assert opened.conversation.inbox.name == "Café"
        assert opened.conversation.team.name == "Counter"
        assert len(opened.entries) == len(opened.messages) + len(opened.lines)


def test_it_brings_everything(busy, loan, lena, dishwasher, ryan, owner):
    Reading.mark(busy, dishwasher, 1)
    opened = open_conversation(lena.principal(), busy.id, view="all")
    assert [s.message.text for s in opened.messages] == [
        "Did Austin leave his folder with you?", "When may I come in?", "@Tomás, in the drawer?", "This one",
        "We have it, Ryan.",
    ]
    assert [s.author_name for s in opened.messages] == ["Ryan", "Mrs Marchand", "Lena", "Ryan", "Tomás"]
    assert [e.file.name for e in opened.messages[3].enclosures] == ["folder.png"]
    assert [a.address for a in opened.messages[4].recipients["to"]] == ["ryan@kessler.example"]
    assert opened.messages[4].undoable
    assert not opened.messages[3].undoable
    assert {p.address for p in opened.participants} >= {"ryan@kessler.example", "odile@marchand.example"}
    assert [p.address for p in opened.held] == ["who@else.example"]
    assert [i["value"] for i in opened.identities] == ["ryan@kessler.example"]
    assert [t["name"] for t in opened.tags] == ["lost"]
    assert opened.drafts["message"]["text"] == "It is"
    assert [(r.name, r.message_id) for r in opened.readers] == [("Tomás", opened.messages[4].message.id)]
    assert [m["taken_id"] for m in opened.mergings] == [loan.id]
    assert opened.newest_id == max(s.message.id for s in opened.messages)


def test_quiet_lines_say_who_did_what(busy, lena):
    lines = open_conversation(lena.principal(), busy.id).lines
    assert [(line.kind, line.actor) for line in lines] == [
        ("assigned", "Tomás"), ("handed_to_team", "Lena"), ("tagged", "Lena"), ("merged", "Marta"),
    ]
    assert (lines[0].assignee, lines[1].team, lines[2].tag) == ("Lena", "Counter", "lost")


def test_a_snooze_says_until_when(folder, lena):
    until = timezone.now() + timedelta(days=1)
    folder.snooze(until, by=lena.person)
    (line,) = open_conversation(lena.principal(), folder.id).lines
    assert (line.kind, line.until) == ("snoozed", until)


def test_a_foreign_and_a_missing_one_are_the_same(folder, loan, lena, stranger):
    for principal, id in ((lena.principal(), loan.id), (lena.principal(), 10**12), (ANONYMOUS, folder.id),
                          (Principal(kind="person", person_id=stranger.id), folder.id)):
        with pytest.raises(Conversation.DoesNotExist):
            open_conversation(principal, id)


def test_opening_reads_it(folder, lena):
    opened = open_conversation(lena.principal(), folder.id)
    assert [s.unread for s in opened.messages] == [True]
    assert Reading.objects.get(member=lena).message_id == folder.newest_id
    assert [s.unread for s in open_conversation(lena.principal(), folder.id).messages] == [False]


def test_looking_without_reading_leaves_it_unread(folder, lena):
    open_conversation(lena.principal(), folder.id, mark_read=False)
    assert not Reading.objects.exists()


def test_earlier_messages_come_page_by_page(folder, lena, ryan):
    for n in range(10):
        writes(folder, ryan, text=str(n))
    found, before = [], None
    for _ in range(4):
        opened = open_conversation(lena.principal(), folder.id, before=before, size=4)
        found = [s.message.text for s in opened.messages] + found
        before = opened.earlier
        if not before:
            break
    assert found == ["Did Austin leave his folder with you?", *(str(n) for n in range(10))]
    assert before is None


def test_lines_belong_to_the_page_of_their_time(folder, lena, ryan):
    folder.assign(lena, by=lena.person)
    writes(folder, ryan, text="2")
    folder.assign(None, by=lena.person)
    writes(folder, ryan, text="3")
    latest = open_conversation(lena.principal(), folder.id, size=1)
    assert latest.lines == []
    middle = open_conversation(lena.principal(), folder.id, size=1, before=latest.earlier)
    assert [line.data["assignee"] for line in middle.lines] == [None]
    first = open_conversation(lena.principal(), folder.id, size=1, before=middle.earlier)
    assert [line.data["assignee"] for line in first.lines] == [lena.id]


def test_old_read_messages_are_folded_and_new_ones_are_not(folder, lena, ryan):
    for n in range(4):
        writes(folder, ryan, text=str(n))
    assert [s.folded for s in open_conversation(lena.principal(), folder.id).messages] == [False] * 5
    writes(folder, ryan, text="new")
    opened = open_conversation(lena.principal(), folder.id)
    assert [s.folded for s in opened.messages] == [True, True, True, True, False, False]


def test_notes_below_it_do_not_fold_the_letter_that_waits_for_an_answer(folder, lena, ryan):
    writes(folder, ryan, text="the last one")
    for n in range(3):
        note(folder, f"note {n}", by=lena.person)
    open_conversation(lena.principal(), folder.id)
    opened = open_conversation(lena.principal(), folder.id)
    assert [s.folded for s in opened.messages] == [True, False, False, False, False]


def test_what_was_taken_back_is_gone(folder, lena):
    take_back(answer(folder, letter(), by=lena.person, seen_id=folder.newest_id), by=lena.person)
    assert len(open_conversation(lena.principal(), folder.id).messages) == 1


def test_an_old_address_opens_where_it_went(folder, loan, owner):
    merge(folder, loan, by=owner.person)
    opened = open_conversation(owner.principal(), loan.id)
    assert (opened.conversation, opened.merged_from) == (folder, loan.id)
    assert len(opened.messages) == 2


def test_whoever_may_not_see_where_it_went_sees_what_they_saw(folder, loan, owner, lena):
    merge(loan, folder, by=owner.person)
    opened = open_conversation(lena.principal(), folder.id)
    assert opened.conversation == folder
    assert [s.message.conversation_id for s in opened.messages] == [folder.id]


def test_a_person_sees_no_note_no_line_and_no_reader(busy, ryan):
    opened = open_conversation(Principal(kind="person", person_id=ryan.id), busy.id)
    assert {s.message.kind for s in opened.messages} == {"message"}
    assert "We have it, Ryan." not in [s.message.text for s in opened.messages]
    assert (opened.lines, opened.readers, opened.drafts) == ([], [], {})
    assert not Reading.objects.filter(member__person=ryan).exists()


def test_neighbours_are_of_the_list_one_came_from(folder, cafe, joe, lena):
    older = Conversation.start(inbox=cafe, person=joe, at=timezone.now() - timedelta(days=1))
    opened = open_conversation(lena.principal(), folder.id, view="unassigned")
    assert (opened.neighbours.newer, opened.neighbours.older) == (None, older.id)


def test_a_stranger_is_shown_by_what_their_mail_says(folder, stranger, lena):
    from alongside.conversations.writing import Address, receive

    receive(folder, author=None, sender=Address("x@y.example", "Ryan Kessler"), text="Hi", held=True)
    shown = open_conversation(lena.principal(), folder.id).messages[-1]
    assert shown.author_name == "Ryan Kessler"
    assert Message.objects.get(pk=shown.message.pk).author is None
