"""Drafts survive a crash and a second tab."""

import pytest

from alongside.conversations.drafting import DraftConflict, discard, load, new_ones, save
from alongside.conversations.letters import MAX_TEXT, Address, TooLong
from alongside.conversations.models import Draft
from alongside.conversations.tests.conftest import letter
from alongside.conversations.writing import answer, begin
from alongside.files.models import File, in_use


def test_each_save_is_a_revision(folder, lena):
    draft = save(lena, conversation=folder, text="We ha")
    draft = save(lena, conversation=folder, text="We have it", revision=draft.revision)
    assert load(lena, folder) == {"message": draft}
    assert (draft.text, draft.revision) == ("We have it", 2)


def test_a_second_tab_does_not_write_over_the_first(folder, lena):
    save(lena, conversation=folder, text="From the first tab")
    with pytest.raises(DraftConflict) as conflict:
        save(lena, conversation=folder, text="From the second tab", revision=0)
    assert conflict.value.current.text == "From the first tab"
    save(lena, conversation=folder, text="Both", revision=conflict.value.current.revision)
    assert Draft.objects.get().text == "Both"


def test_what_was_sent_elsewhere_does_not_come_back_by_itself(folder, lena):
    draft = save(lena, conversation=folder, text="We have it")
    answer(folder, letter(), by=lena.person, seen_id=folder.newest_id, draft_revision=draft.revision)
    with pytest.raises(DraftConflict) as conflict:
        save(lena, conversation=folder, text="We have it, Ryan", revision=draft.revision)
    assert conflict.value.current is None
    assert not Draft.objects.exists()


def test_a_note_and_a_message_are_two_drafts_and_each_member_has_their_own(folder, lena, dishwasher):
    save(lena, conversation=folder, text="We have it")
    save(lena, conversation=folder, kind="note", text="In the drawer?")
    save(dishwasher, conversation=folder, text="I found it")
    texts = {kind: draft.text for kind, draft in load(lena, folder).items()}
    assert texts == {"message": "We have it", "note": "In the drawer?"}


def test_half_typed_addresses_are_kept(folder, lena):
    draft = save(lena, conversation=folder, to=[{"address": "ryan@kess", "name": ""}], cc=[Address("a@b.example", "A")])
    draft.refresh_from_db()
    assert draft.to == [{"address": "ryan@kess", "name": ""}]
    assert draft.cc == [{"address": "a@b.example", "name": "A"}]


def test_drafts_for_new_conversations_are_told_apart(cafe, ryan, lena, dishwasher):
    one = save(lena, inbox=cafe, subject="Your cup")
    save(lena, inbox=cafe, text="Dear Joe")
    save(lena, draft_id=one.id, text="Dear Ryan", revision=1)
    assert {d.text for d in new_ones(lena)} == {"Dear Ryan", "Dear Joe"}
    assert new_ones(dishwasher) == []
    begin(inbox=cafe, person=ryan, letter=letter(subject="Your cup"), by=lena.person, draft=one.id)
    assert [d.text for d in new_ones(lena)] == ["Dear Joe"]


def test_nobody_writes_into_or_throws_away_anothers(cafe, lena, dishwasher):
    draft = save(lena, inbox=cafe, text="Dear Ryan")
    with pytest.raises(DraftConflict):
        save(dishwasher, draft_id=draft.id, text="Ha", revision=1)
    assert not discard(draft.id, dishwasher)
    assert discard(draft.id, lena)
    assert not discard(draft.id, lena)


def test_blank_ones_are_not_shown_but_keep_their_revision(folder, lena):
    save(lena, conversation=folder, text="x")
    save(lena, conversation=folder, text="", revision=1)
    assert load(lena, folder) == {}
    assert save(lena, conversation=folder, text="y", revision=2).revision == 3


def test_what_does_not_fit_is_refused(folder, lena):
    with pytest.raises(TooLong):
        save(lena, conversation=folder, text="x" * (MAX_TEXT + 1))
    with pytest.raises(TypeError):
        save(lena, conversation=folder, member_id=7)
    assert not Draft.objects.exists()


def test_a_file_in_a_draft_or_in_a_message_is_in_use(folder, lena):
    drafted = File.keep(b"a", name="a.txt", by=lena.person)
    sent = File.keep(b"b", name="b.txt", by=lena.person)
    loose = File.keep(b"c", name="c.txt", by=lena.person)
    save(lena, conversation=folder, files=[drafted.id])
    answer(folder, letter(files=[sent]), by=lena.person, seen_id=folder.newest_id, draft_revision=0)
    assert list(in_use.among(File.objects.all())) == [loose]
