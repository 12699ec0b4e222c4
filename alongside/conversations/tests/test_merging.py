"""Two conversations become one, and part again, without a word lost."""

import pytest

from alongside.conversations.drafting import save
from alongside.conversations.merging import CannotMerge, merge, unmerge
from alongside.conversations.models import Conversation, Draft, Message
from alongside.conversations.tests.conftest import letter, writes
from alongside.conversations.writing import answer


@pytest.fixture
def lid(cafe, ryan):
    """Ryan's other conversation, about the lid of his cup."""
    conversation = Conversation.start(inbox=cafe, person=ryan, subject="The lid")
    writes(conversation, ryan, text="The lid leaks.")
    return conversation


@pytest.fixture
def cup(cafe, ryan):
    conversation = Conversation.start(inbox=cafe, person=ryan, subject="The cup")
    writes(conversation, ryan, text="And the cup is cracked.")
    return conversation


def texts(conversation):
    return list(Message.objects.of(conversation.standing()).values_list("text", flat=True))


def test_the_kept_one_shows_both(folder, lid, lena, happened):
    merge(folder, lid, by=lena.person)
    assert texts(folder) == ["Did Austin leave his folder with you?", "The lid leaks."]
    assert lid.standing() == folder
    folder.refresh_from_db()
    assert folder.preview == "The lid leaks."
    assert folder.newest_id == Message.objects.last().id
    assert happened("merged") == ["merged"]


def test_undoing_it_gives_each_its_own(folder, lid, lena, ryan):
    merging = merge(folder, lid, by=lena.person)
    writes(lid, ryan, text="Any news?")
    unmerge(merging, by=lena.person)
    assert texts(lid) == ["The lid leaks."]
    assert texts(folder) == ["Did Austin leave his folder with you?", "Any news?"]
    lid.refresh_from_db()
    folder.refresh_from_db()
    assert (lid.merged_into, lid.preview, folder.preview) == (None, "The lid leaks.", "Any news?")
    assert merging.kept.mergings.get().undone_by == lena.person


def test_what_comes_to_one_merged_away_stands_in_the_kept_one(folder, lid, lena, ryan):
    merge(folder, lid, by=lena.person)
    assert writes(lid, ryan, text="Any news?").conversation == folder
    folder.refresh_from_db()
    message = answer(lid, letter(), by=lena.person, seen_id=folder.newest_id)
    assert message.conversation == folder


def test_a_chain_parts_where_it_is_cut(folder, lid, cup, lena):
    first = merge(lid, cup, by=lena.person)
    second = merge(folder, lid, by=lena.person)
    assert len(texts(folder)) == 3
    unmerge(second, by=lena.person)
    assert texts(folder) == ["Did Austin leave his folder with you?"]
    assert texts(lid) == ["The lid leaks.", "And the cup is cracked."]
    second = merge(folder, lid, by=lena.person)
    unmerge(first, by=lena.person)
    assert texts(folder) == ["Did Austin leave his folder with you?", "The lid leaks."]
    assert texts(cup) == ["And the cup is cracked."]
    assert cup.standing() == cup


def test_merging_into_one_that_was_merged_away_goes_to_where_it_went(folder, lid, cup, lena):
    merge(folder, lid, by=lena.person)
    assert merge(lid, cup, by=lena.person).kept == folder
    assert len(texts(folder)) == 3


def test_no_circle_can_form(folder, lid, cup, lena):
    with pytest.raises(CannotMerge, match="same"):
        merge(folder, folder, by=lena.person)
    merge(folder, lid, by=lena.person)
    with pytest.raises(CannotMerge, match="same"):
        merge(lid, folder, by=lena.person)
    with pytest.raises(CannotMerge, match="merged"):
        merge(cup, lid, by=lena.person)
    merge(cup, folder, by=lena.person)
    with pytest.raises(CannotMerge, match="same"):
        merge(lid, cup, by=lena.person)
    assert [c.standing() for c in (folder, lid, cup)] == [cup, cup, cup]


def test_it_is_undone_once(folder, lid, lena):
    merging = merge(folder, lid, by=lena.person)
    unmerge(merging, by=lena.person)
    with pytest.raises(CannotMerge, match="undone"):
        unmerge(merging, by=lena.person)


def test_what_someone_was_writing_goes_along(folder, lid, lena, dishwasher):
    save(lena, conversation=lid, text="A new lid is")
    save(dishwasher, conversation=lid, text="Lids are in")
    save(dishwasher, conversation=folder, text="The folder is")
    merge(folder, lid, by=lena.person)
    save(lena, conversation=lid, text="A new lid is ready", revision=1)
    assert Draft.objects.get(member=lena).conversation == folder
    assert {d.text for d in Draft.objects.filter(member=dishwasher)} == {"Lids are in", "The folder is"}


def test_both_lives_hear_of_it_when_they_are_two(folder, loan, owner):
    from alongside.events.models import Event

    merge(folder, loan, by=owner.person)
    told = Event.objects.filter(kind="conversations.merged").values_list("subject_id", flat=True)
    assert set(told) == {folder.person_id, loan.person_id}
