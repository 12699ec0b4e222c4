"""The lists: each shows what it says, newest first, page by page, to those who may see it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.conversations.listing import CAP, VIEWS, UnknownView, counts, inbox_counts, neighbours, page, rows
from alongside.conversations.merging import merge
from alongside.conversations.models import Conversation, Inbox, Participant, Reading
from alongside.conversations.sending import claim_due, mark_failed
from alongside.conversations.tagging import tag
from alongside.conversations.tests.conftest import letter, writes
from alongside.conversations.writing import answer, note
from alongside.lib.keyset import BadCursor
from alongside.lib.principal import ANONYMOUS, Principal
from alongside.members.models import Team, TeamPlace


def ids(member, view, **more):
    return [row.id for row in page(member.principal(), view, **more).rows]


@pytest.fixture
def many(cafe, ryan):
    """Seven conversations, minutes apart, two of them at the same moment."""
    start = timezone.now() - timedelta(hours=1)
    minutes = [0, 1, 2, 2, 3, 4, 5]
    return [Conversation.start(inbox=cafe, person=ryan, subject=f"{n}", at=start + timedelta(minutes=minute))
            for n, minute in enumerate(minutes)]


def test_pages_follow_each_other_without_gap_or_double(many, lena):
    expected = [c.id for c in sorted(many, key=lambda c: (c.last_at, c.id), reverse=True)]
    found, cursor = [], None
    for size in (3, 3, 3):
        one = page(lena.principal(), "all", cursor=cursor, size=size)
        found += [row.id for row in one.rows]
        cursor = one.next_cursor
        if cursor is None:
            break
    assert found == expected
    assert cursor is None


def test_a_page_that_ends_exactly_has_no_next(many, lena):
    assert page(lena.principal(), "all", size=7).next_cursor is None
    assert page(lena.principal(), "all", size=6).next_cursor is not None


def test_a_made_up_cursor_is_refused(lena):
    with pytest.raises(BadCursor):
        page(lena.principal(), "all", cursor="anything")


@pytest.mark.parametrize("view", ["", "any", "open'; --", "mine "])
def test_an_unknown_view_is_refused(lena, view):
    with pytest.raises(UnknownView):
        page(lena.principal(), view)


def test_a_page_is_one_query(folder, lena, django_assert_num_queries):
    principal = lena.principal()
    for view in VIEWS:
        with django_assert_num_queries(1):
            page(principal, view)


def test_each_state_has_its_list(folder, lena):
    def where():
        return {view for view in VIEWS if ids(lena, view) == [folder.id]}

    assert where() == {"team", "unassigned", "all"}
    folder.assign(lena, by=lena.person)
    assert where() == {"mine", "team", "all"}
    folder.snooze(timezone.now() + timedelta(days=1), by=lena.person)
    assert where() == {"snoozed", "all"}
    folder.close(by=lena.person)
    assert where() == {"done", "all"}
    folder.mark_spam(by=lena.person)
    assert where() == {"spam"}
    folder.throw_away(by=lena.person)
    assert where() == {"trash"}
    folder.reopen(by=lena.person)
    assert where() == {"mine", "team", "all"}


def test_a_row_says_all_that_is_shown(folder, lena, dishwasher, ryan, counter_team):
    folder.assign(dishwasher, by=lena.person)
    folder.hand_to(counter_team, by=lena.person)
    folder.prioritise(1, by=lena.person)
    tag(folder, "Lost and found", by=lena.person)
    tag(folder, "austin", by=lena.person)
    (row,) = page(lena.principal(), "all").rows
    assert (row.person, row.person_id, row.subject, row.channel) == ("Ryan", ryan.id, "Austin's folder", "email")
    assert (row.assignee, row.team, row.inbox, row.priority) == ("Tomás", "Counter", "Café", 1)
    assert (row.preview, row.last_seat) == ("Did Austin leave his folder with you?", "yours")
    assert row.tags == ["austin", "lost and found"]
    assert (row.unread, row.draft, row.failed, row.waiting, row.held) == (True, False, False, False, False)


def test_a_stranger_without_a_name_shows_their_address(cafe, lena):
    from alongside.people.models import Person

    someone = Person.meet(email="nobody@elsewhere.example")
    Conversation.start(inbox=cafe, person=someone)
    (row,) = page(lena.principal(), "all").rows
    assert (row.person, row.address) == ("", "nobody@elsewhere.example")


def test_unread_is_each_members_own(folder, lena, dishwasher, ryan):
    Reading.mark(folder, lena, folder.newest_id)
    assert [row.unread for row in page(lena.principal(), "all").rows] == [False]
    assert [row.unread for row in page(dishwasher.principal(), "all").rows] == [True]
    writes(folder, ryan, text="Hello?")
    assert [row.unread for row in page(lena.principal(), "all").rows] == [True]
    Reading.mark(folder, lena, folder.newest_id)
    Reading.unmark(folder, lena)
    assert [row.unread for row in page(lena.principal(), "all").rows] == [True]


def test_reading_never_goes_back(folder, lena):
    Reading.mark(folder, lena, folder.newest_id)
    assert not Reading.mark(folder, lena, folder.newest_id - 1)
    assert Reading.objects.get().message_id == folder.newest_id


def test_marks_for_drafts_failures_and_strangers(folder, lena, dishwasher):
    from alongside.conversations.drafting import save

    save(lena, conversation=folder, text="We have")
    Participant.objects.create(conversation=folder, address="who@else.example", held=True)
    answer(folder, letter(), by=dishwasher.person, seen_id=folder.newest_id)
    (row,) = page(lena.principal(), "all").rows
    assert (row.draft, row.waiting, row.failed, row.held) == (True, True, False, True)
    assert not page(dishwasher.principal(), "all").rows[0].draft
    (leaving,) = claim_due(now=timezone.now() + timedelta(hours=1))
    mark_failed(leaving, "no such person")
    (row,) = page(lena.principal(), "all").rows
    assert (row.waiting, row.failed) == (False, True)


@pytest.mark.parametrize("view", VIEWS)
def test_lists_agree_with_who_may_see(view, folder, loan, lena, teller, owner, admin, branch):
    """Whatever way a member came to see a conversation, no list shows one that they may not open."""
    team = Team.objects.create(name="Night")
    TeamPlace.objects.create(team=team, member=teller)
    folder.hand_to(team, by=owner.person)
    note(loan, "@Lena, do you know her?", by=owner.person)
    for conversation in (folder, loan):
        if view in ("snoozed", "done", "spam", "trash"):
            Conversation.objects.filter(pk=conversation.pk).update(state=view)
    for member in (lena, teller, owner, admin):
        may = set(Conversation.objects.visible_to(member.principal()).values_list("id", flat=True))
        assert set(ids(member, view)) <= may
        if view in ("snoozed", "done", "all", "spam", "trash"):
            assert set(ids(member, view)) == may


def test_nobody_else_has_a_list(folder, joe):
    for principal in (ANONYMOUS, Principal(kind="person", person_id=joe.id), Principal(kind="guest")):
        assert page(principal, "all").rows == []
        assert counts(principal) == {"mine": 0, "team": 0, "unassigned": 0, "snoozed": 0}
        assert inbox_counts(principal) == {}
        assert rows(principal, [folder.id]) == []


def test_one_given_from_a_foreign_inbox_is_mine_and_in_all(loan, lena, owner):
    assert ids(lena, "all") == []
    loan.assign(lena, by=owner.person)
    assert ids(lena, "mine") == ids(lena, "all") == [loan.id]
    assert ids(lena, "unassigned") == ids(lena, "team") == []


def test_one_handed_to_my_team_stands_in_its_list(loan, lena, owner, counter_team):
    loan.hand_to(counter_team, by=owner.person)
    assert ids(lena, "team") == ids(lena, "unassigned") == ids(lena, "all") == [loan.id]


def test_one_handed_to_another_team_is_no_longer_my_teams(folder, lena, owner):
    folder.hand_to(Team.objects.create(name="Night"), by=owner.person)
    assert ids(lena, "team") == []
    assert ids(lena, "all") == [folder.id]


def test_a_mention_shows_one_conversation_in_all_once(folder, loan, lena, owner, branch, joe):
    other = Conversation.start(inbox=branch, person=joe)
    note(loan, "@Lena?", by=owner.person)
    note(loan, "@Lena!", by=owner.person)
    assert sorted(ids(lena, "all")) == sorted([folder.id, loan.id])
    assert other.id not in ids(lena, "all")


def test_owners_team_list_is_their_teams_not_everything(folder, loan, owner):
    assert ids(owner, "team") == []
    assert set(ids(owner, "all")) == {folder.id, loan.id}


def test_by_inbox(folder, loan, lena, owner, cafe, branch):
    assert ids(owner, "all", inbox=branch.id) == [loan.id]
    assert ids(lena, "all", inbox=cafe.id) == [folder.id]
    assert ids(lena, "all", inbox=branch.id) == []
    loan.assign(lena, by=owner.person)
    assert ids(lena, "all", inbox=branch.id) == [loan.id]


@pytest.mark.parametrize("rare", [0, 5000])
def test_by_tag_whether_rare_or_common(folder, loan, many, lena, owner, rare, monkeypatch):
    monkeypatch.setattr("alongside.conversations.arms.RARE_TAG", rare)
    word = tag(folder, "lost", by=lena.person)
    tag(loan, "lost", by=owner.person)
    assert ids(lena, "all", tag=word.id) == [folder.id]
    assert set(ids(owner, "all", tag=word.id)) == {folder.id, loan.id}
    assert ids(lena, "mine", tag=word.id) == []
    assert ids(lena, "team", tag=word.id) == ids(lena, "unassigned", tag=word.id) == [folder.id]
    assert ids(lena, "all", tag=word.id + 1) == []


def test_what_was_merged_away_stands_in_no_list(folder, many, lena):
    merge(folder, many[0], by=lena.person)
    assert many[0].id not in ids(lena, "all")


def test_counts_by_view_and_inbox(folder, loan, many, lena, owner, cafe, branch, django_assert_num_queries):
    folder.assign(lena, by=lena.person)
    lenas = lena.principal()
    with django_assert_num_queries(1):
        assert counts(lenas) == {"mine": 1, "team": 8, "unassigned": 7, "snoozed": 0}
    assert counts(owner.principal(), ("all", "unassigned"), inbox=branch.id) == {"all": 1, "unassigned": 1}
    assert inbox_counts(lenas) == {cafe.id: 8}
    assert inbox_counts(owner.principal()) == {cafe.id: 8, branch.id: 1}


def test_counting_stops(cafe, ryan, lena):
    Conversation.objects.bulk_create(Conversation(inbox=cafe, person=ryan) for _ in range(CAP + 5))
    assert counts(lena.principal(), ("all",)) == {"all": CAP}
    assert inbox_counts(lena.principal()) == {cafe.id: CAP}


def test_neighbours_in_a_list(many, lena, django_assert_num_queries):
    in_order = sorted(many, key=lambda c: (c.last_at, c.id), reverse=True)
    principal = lena.principal()
    with django_assert_num_queries(1):
        middle = neighbours(principal, in_order[3], "all")
    assert (middle.newer, middle.older) == (in_order[2].id, in_order[4].id)
    assert neighbours(principal, in_order[0], "all").newer is None
    assert neighbours(principal, in_order[-1], "all").older is None


def test_single_rows_are_drawn_for_those_who_see_them(folder, loan, lena):
    assert [row.id for row in rows(lena.principal(), [folder.id, loan.id])] == [folder.id]


def test_an_inbox_without_teams_is_seen_by_owners_only(joe, lena, owner):
    quiet = Inbox.objects.create(name="Quiet")
    conversation = Conversation.start(inbox=quiet, person=joe)
    assert ids(lena, "all") == []
    assert ids(owner, "all") == [conversation.id]


def test_a_picture_among_the_words_stands_in_lists_as_its_name(cafe, lena, ryan):
    conversation = Conversation.start(inbox=cafe, person=ryan, subject="The bag")
    writes(conversation, ryan, "Look: ![torn strap.png](file:8) and ![](file:9) here")
    assert page(lena.principal(), "all").rows[0].preview == "Look: [torn strap.png] and [picture] here"
