"""Assigning, snoozing, closing, moving, the trash; one by one and many at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from alongside.conversations import bulk
from alongside.conversations.jobs import wake_due
from alongside.conversations.merging import merge
from alongside.conversations.models import (
    OPEN,
    SNOOZED,
    TRASH,
    Closure,
    Conversation,
    Message,
    Reading,
    Tag,
)
from alongside.conversations.tagging import beginning_with, tag, untag
from alongside.conversations.trash import NotInTrash, empty, purge, restore
from alongside.events.models import Event


def test_what_changes_nothing_tells_nothing(folder, lena, happened):
    folder.assign(lena, by=lena.person)
    folder.assign(lena, by=lena.person)
    assert happened("assigned") == ["assigned"]


def test_a_stale_copy_decides_on_what_stands(folder, lena, dishwasher, happened):
    stale = Conversation.objects.get(pk=folder.pk)
    folder.assign(dishwasher, by=lena.person)
    stale.close(by=lena.person)
    folder.refresh_from_db()
    assert (folder.assignee, folder.state) == (dishwasher, "done")


def test_a_closure_says_who_when_and_why(folder, lena):
    folder.close(by=lena.person, why="He has it")
    folder.close(by=lena.person, why="again")
    assert list(Closure.objects.values_list("by", "why")) == [(lena.person_id, "He has it")]


def test_snoozing_into_the_past_is_refused(folder, lena):
    with pytest.raises(ValueError, match="past"):
        folder.snooze(timezone.now() - timedelta(seconds=1), by=lena.person)
    assert folder.state == OPEN


def test_it_wakes_on_time_once_and_on_top(folder, loan, lena, happened):
    until = timezone.now() + timedelta(hours=1)
    folder.snooze(until, by=lena.person)
    loan.snooze(until + timedelta(hours=1), by=lena.person)
    assert wake_due() == 0
    assert wake_due(until) == 1
    assert wake_due(until) == 0
    folder.refresh_from_db()
    assert (folder.state, folder.snoozed_until, folder.last_at) == (OPEN, None, until)
    assert Conversation.objects.get(pk=loan.pk).state == SNOOZED
    assert happened("woken") == ["woken"]


def test_moving_to_another_inbox_changes_who_sees_it(folder, branch, lena, owner):
    folder.move(branch, by=owner.person)
    assert not Conversation.objects.visible_to(lena.principal()).exists()
    moved = Event.objects.get(kind="conversations.moved")
    assert moved.data["to"] == branch.id


def test_a_tag_is_spelled_one_way(folder, lena, happened):
    first = tag(folder, " #Lost  Property ", by=lena.person)
    assert tag(folder, "lost property", by=lena.person) == first
    assert first.name == "lost property"
    assert happened("tagged") == ["tagged"]
    assert beginning_with("LO") == [first]
    untag(folder, first, by=lena.person)
    untag(folder, first, by=lena.person)
    assert happened("untagged") == ["untagged"]
    with pytest.raises(ValueError, match="empty"):
        tag(folder, " # ", by=lena.person)
    assert Tag.objects.count() == 1


def test_only_the_owner_purges_and_only_what_lies_in_the_trash(folder, loan, owner, admin, lena, happened):
    with pytest.raises(NotInTrash):
        purge(folder, owner.principal(), by=owner.person)
    merge(folder, loan, by=owner.person)
    folder.throw_away(by=lena.person)
    for member in (lena, admin):
        with pytest.raises(PermissionDenied):
            purge(folder, member.principal(), by=member.person)
        with pytest.raises(PermissionDenied):
            empty(member.principal(), by=member.person)
    assert empty(owner.principal(), by=owner.person) == 1
    assert not Conversation.objects.exists()
    assert not Message.objects.exists()
    assert happened("purged") == ["purged"]


def test_what_was_thrown_away_can_be_taken_back(folder, lena):
    folder.throw_away(by=lena.person)
    restore(folder, by=lena.person)
    assert folder.state == OPEN


def test_many_at_once_are_those_one_may_see(folder, loan, lena, owner):
    gone = bulk.apply(lena.principal(), "close", [folder.id, loan.id, 10**9], by=lena.person)
    assert (gone.count, gone.skipped) == (1, 2)
    assert Closure.objects.get().conversation == folder
    everything = bulk.apply(owner.principal(), "assign", [folder.id, str(loan.id)], by=owner.person, member=lena)
    assert (everything.count, everything.skipped) == (2, 0)


@pytest.mark.parametrize(
    ("verb", "args", "kind"),
    [
        ("hand_to", {"team": "team"}, "handed_to_team"),
        ("tag", {"name": "lost"}, "tagged"),
        ("snooze", {"until": timezone.now() + timedelta(days=9)}, "snoozed"),
        ("mark_spam", {}, "marked_spam"),
        ("throw_away", {}, "thrown_away"),
        ("prioritise", {"priority": 2}, "prioritised"),
    ],
)
def test_each_verb_of_many_is_the_same_verb(folder, lena, counter_team, verb, args, kind, happened):
    args = {name: counter_team if value == "team" else value for name, value in args.items()}
    assert bulk.apply(lena.principal(), verb, [folder.id], by=lena.person, **args).count == 1
    assert happened(kind) == [kind]


def test_one_that_cannot_be_done_is_left_out_and_the_others_are_done(folder, lena, cafe, joe):
    other = Conversation.start(inbox=cafe, person=joe)
    other.throw_away(by=lena.person)
    past = timezone.now() - timedelta(days=1)
    assert bulk.apply(lena.principal(), "snooze", [folder.id], by=lena.person, until=past).skipped == 1
    assert bulk.apply(lena.principal(), "restore", [folder.id, other.id], by=lena.person).count == 2
    assert Conversation.objects.filter(state=TRASH).count() == 0


def test_read_and_unread_many(folder, lena):
    bulk.apply(lena.principal(), "read", [folder.id], by=lena.person)
    assert Reading.objects.get().message_id == folder.newest_id
    bulk.apply(lena.principal(), "unread", [folder.id], by=lena.person)
    assert Reading.objects.get().message_id < folder.newest_id


def test_too_many_or_unknown_are_refused(folder, lena, owner):
    with pytest.raises(bulk.TooMany):
        bulk.apply(lena.principal(), "close", range(bulk.MOST + 1), by=lena.person)
    for verb in ("purge", "save", "__init__"):
        with pytest.raises(bulk.UnknownVerb):
            bulk.apply(owner.principal(), verb, [folder.id], by=owner.person)
