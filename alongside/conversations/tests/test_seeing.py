"""Who sees a conversation and its messages, and who may listen to them."""

import pytest

from alongside.conversations.merging import merge
from alongside.conversations.models import Conversation, Message
from alongside.conversations.tests.conftest import letter, writes
from alongside.conversations.writing import answer, note, take_back
from alongside.lib.principal import ANONYMOUS, Principal
from alongside.live.models import allowed


def sees(principal, conversation):
    return Conversation.objects.visible_to(principal).filter(pk=conversation.pk).exists()


def person(someone):
    return Principal(kind="person", person_id=someone.id)


def test_members_see_what_their_teams_serve(folder, loan, lena, teller, owner, admin):
    assert [sees(m.principal(), folder) for m in (lena, teller, owner, admin)] == [True, False, True, True]
    assert [sees(m.principal(), loan) for m in (lena, teller, owner, admin)] == [False, False, True, True]


def test_a_key_sees_what_its_member_sees(folder, loan, lena):
    key = Principal(kind="key", member_id=lena.id, person_id=lena.person_id, role="member",
                    team_ids=lena.principal().team_ids)
    assert (sees(key, folder), sees(key, loan)) == (True, False)


def test_a_person_sees_their_own_and_a_guest_nothing(folder, loan, ryan):
    assert (sees(person(ryan), folder), sees(person(ryan), loan)) == (True, False)
    assert not sees(ANONYMOUS, folder)
    assert not sees(Principal(kind="guest", person_id=ryan.id), folder)


def test_what_is_given_or_handed_or_asked_can_be_seen(loan, lena, owner, counter_team):
    loan.assign(lena, by=owner.person)
    assert sees(lena.principal(), loan)
    loan.assign(None, by=owner.person)
    assert not sees(lena.principal(), loan)
    loan.hand_to(counter_team, by=owner.person)
    assert sees(lena.principal(), loan)
    loan.hand_to(None, by=owner.person)
    note(loan, "@Lena?", by=owner.person)
    assert sees(lena.principal(), loan)


def test_a_mention_opens_that_conversation_only(loan, branch, joe, lena, owner):
    other = Conversation.start(inbox=branch, person=joe)
    note(loan, "@Lena?", by=owner.person)
    assert not sees(lena.principal(), other)


def test_what_was_merged_is_seen_with_where_it_went(folder, loan, lena, owner):
    merge(folder, loan, by=owner.person)
    assert sees(lena.principal(), loan)
    assert set(Message.objects.visible_to(lena.principal())) == set(Message.objects.all())


def test_seeing_what_was_taken_is_not_seeing_where_it_went(folder, loan, lena, owner):
    merge(loan, folder, by=owner.person)
    assert sees(lena.principal(), folder)
    assert not sees(lena.principal(), loan)
    assert {m.conversation_id for m in Message.objects.visible_to(lena.principal())} == {folder.id}


def test_a_person_sees_neither_notes_nor_what_has_not_left_nor_strangers(folder, ryan, stranger, lena):
    note(folder, "He was short with Austin.", by=lena.person)
    answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)
    take_back(answer(folder, letter(), by=lena.person, seen_id=folder.newest_id), by=lena.person)
    writes(folder, stranger, text="I know him.", held=True)
    texts = Message.objects.visible_to(person(ryan)).values_list("text", flat=True)
    assert list(texts) == ["Did Austin leave his folder with you?"]


@pytest.mark.parametrize("id", ["{}", "here:{}"])
def test_who_may_listen_follows_who_may_see(folder, loan, cafe, branch, lena, teller, ryan, id):
    def may(principal, kind, number):
        topic = f"{kind}:{number}"
        return allowed(principal, f"here:{topic}" if id.startswith("here") else topic)

    assert may(lena.principal(), "conversation", folder.id)
    assert not may(lena.principal(), "conversation", loan.id)
    assert not may(teller.principal(), "conversation", folder.id)
    assert not may(person(ryan), "conversation", folder.id)
    assert (may(lena.principal(), "inbox", cafe.id), may(lena.principal(), "inbox", branch.id)) == (True, False)
    assert (may(lena.principal(), "member", lena.id), may(lena.principal(), "member", teller.id)) == (True, False)
    for wrong in ("x", "0", "9" * 30, "-1", "²"):
        assert not may(lena.principal(), "conversation", wrong)
    assert not may(ANONYMOUS, "inbox", cafe.id)


def test_whoever_left_hears_nothing_more(lena, owner):
    principal = lena.principal()
    lena.leave(by=owner.person)
    assert not allowed(principal, f"member:{lena.id}")
