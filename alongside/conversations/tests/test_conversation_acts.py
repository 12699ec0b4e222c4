"""What a member does with one conversation from its page: done, later, to whom, tags, trash, merging, strangers."""


import pytest

from alongside.conversations import writing
from alongside.conversations.models import DONE, OPEN, SNOOZED, Conversation, Participant, Tag
from alongside.conversations.tests.conftest import writes
from alongside.conversations.writing import Address


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


def text_of(answer) -> str:
    return answer.content.decode()


def test_done_leads_back_to_the_list_and_opening_again_stays(desk, folder):
    answer = desk.post(f"/conversations/{folder.id}/closure?in=unassigned")
    folder.refresh_from_db()
    assert folder.state == DONE and answer.url == "/inbox/unassigned"
    answer = desk.post(f"/conversations/{folder.id}/opening?in=done")
    folder.refresh_from_db()
    assert folder.state == OPEN and answer.url.startswith(f"/conversations/{folder.id}")


def test_it_rests_until_an_hour_in_the_members_own_zone(desk, folder, lena):
    lena.zone = "Asia/Tokyo"
    lena.save(update_fields=["zone"])
    desk.post(f"/conversations/{folder.id}/snooze", {"until": "2999-03-01T09:00"})
    folder.refresh_from_db()
    assert folder.state == SNOOZED and folder.snoozed_until.isoformat() == "2999-03-01T00:00:00+00:00"


@pytest.mark.parametrize("until", ["", "tomorrow", "2001-01-01T09:00", "2999-99-99T99:99"])
def test_an_hour_that_is_none_or_has_passed_changes_nothing(desk, folder, until):
    page = desk.post(f"/conversations/{folder.id}/snooze", {"until": until}, follow=True)
    folder.refresh_from_db()
    assert folder.state == OPEN and 'data-kind="error"' in text_of(page)


def test_it_is_handed_to_a_colleague_a_team_and_back(desk, folder, lena, dishwasher, counter_team):
    choices = text_of(desk.get(f"/conversations/{folder.id}/assignment", headers={"Turbo-Frame": "hand-over"}))
    assert "Tomás" in choices and "Counter" in choices and 'class="rail"' not in choices
    desk.post(f"/conversations/{folder.id}/assignment", {"member": dishwasher.id})
    folder.refresh_from_db()
    assert folder.assignee == dishwasher and folder.team is None
    desk.post(f"/conversations/{folder.id}/assignment", {"team": counter_team.id})
    desk.post(f"/conversations/{folder.id}/assignment", {"member": ""})
    folder.refresh_from_db()
    assert folder.assignee is None and folder.team == counter_team


def test_tags_priority_and_subject(desk, folder):
    desk.post(f"/conversations/{folder.id}/tags", {"name": "Lost & found"})
    tag = Tag.objects.get()
    assert tag.name == "lost & found"
    desk.post(f"/conversations/{folder.id}/priority", {"priority": 2})
    desk.post(f"/conversations/{folder.id}/subject", {"subject": "The blue folder"})
    html = text_of(desk.get(f"/conversations/{folder.id}"))
    assert "lost &amp; found" in html and "Wanted now" in html and "The blue folder" in html
    desk.post(f"/conversations/{folder.id}/tags/{tag.id}/removal")
    assert not folder.tags.exists()
    assert desk.get("/conversations/tags?q=lo").json()["results"][0]["value"] == "lost & found"


def test_unread_spam_trash_and_out_again(desk, folder, lena):
    desk.get(f"/conversations/{folder.id}")
    desk.post(f"/conversations/{folder.id}/unread")
    assert "data-new>" in text_of(desk.get("/inbox/all"))
    for verb in ("spam", "trash"):
        desk.post(f"/conversations/{folder.id}/{verb}")
        folder.refresh_from_db()
        assert folder.state == verb
        assert "Take out" in text_of(desk.get(f"/conversations/{folder.id}"))
        desk.post(f"/conversations/{folder.id}/opening")
    assert desk.post(f"/conversations/{folder.id}/purge").status_code == 403
    assert Conversation.objects.filter(pk=folder.pk).exists()


def test_only_the_owner_deletes_for_good_and_only_from_the_trash(signed_in, owner, folder):
    desk = signed_in(owner)
    assert desk.post(f"/conversations/{folder.id}/purge").status_code == 403
    folder.throw_away(by=owner.person)
    desk.post(f"/conversations/{folder.id}/purge")
    assert not Conversation.objects.filter(pk=folder.pk).exists()


def test_it_moves_behind_another_door(desk, folder, branch):
    assert "Bridge Street" in text_of(desk.get(f"/conversations/{folder.id}/inbox"))
    page = desk.post(f"/conversations/{folder.id}/inbox", {"inbox": branch.id}, follow=True)
    folder.refresh_from_db()
    assert folder.inbox == branch and "behind another door" in text_of(page)


def test_an_address_is_blocked_with_a_reason(desk, folder):
    assert "ryan@kessler.example" in text_of(desk.get(f"/conversations/{folder.id}/block"))
    wrong = desk.post(f"/conversations/{folder.id}/block", {"address": "ryan"})
    assert wrong.status_code == 422 and "neither a mail address nor a domain" in text_of(wrong)
    desk.post(f"/conversations/{folder.id}/block", {"address": "@kessler.example", "why": "ads", "spam": "on"})
    folder.refresh_from_db()
    assert folder.state == "spam"


def test_two_become_one_and_are_taken_apart(desk, folder, cafe, ryan):
    second = Conversation.start(inbox=cafe, person=ryan, subject="Folder again")
    writes(second, ryan, text="Never mind, found it")
    assert "Folder again" in text_of(desk.get(f"/conversations/{folder.id}/merging"))
    assert "Folder again" in text_of(desk.get(f"/conversations/{folder.id}/merging?q=rya"))
    desk.post(f"/conversations/{folder.id}/merging", {"other": second.id})
    html = text_of(desk.get(f"/conversations/{folder.id}"))
    assert "Never mind, found it" in html and "Take them apart" in html
    assert desk.get(f"/conversations/{second.id}").url.startswith(f"/conversations/{folder.id}")
    desk.post(f"/mergings/{folder.mergings.get().id}/undoing")
    assert "Never mind" not in text_of(desk.get(f"/conversations/{folder.id}"))


def test_what_one_may_not_see_cannot_be_laid_in(desk, folder, loan):
    assert desk.post(f"/conversations/{folder.id}/merging", {"other": loan.id}).status_code == 404
    assert desk.post(f"/conversations/{folder.id}/merging", {"other": ""}).status_code == 404


def test_a_stranger_is_held_until_a_member_decides(desk, folder, stranger):
    writing.receive(folder, author=None, sender=Address("stranger@elsewhere.example", "Someone New"), held=True,
                    text="I would like to know, too")
    html = text_of(desk.get(f"/conversations/{folder.id}"))
    assert "New person here: Someone New" in html and "not let in yet" in html
    participant = Participant.objects.get(held=True)
    desk.post(f"/participants/{participant.id}/letting-in")
    participant.refresh_from_db()
    assert not participant.held
    assert "New person here" not in text_of(desk.get(f"/conversations/{folder.id}"))


def test_a_stranger_gets_a_conversation_of_their_own(desk, folder, loan):
    writing.receive(folder, author=None, sender=Address("stranger@elsewhere.example", "Someone New"), held=True,
                    text="I would like to know, too")
    participant = Participant.objects.get(held=True)
    answer = desk.post(f"/participants/{participant.id}/split")
    own = Conversation.objects.exclude(pk__in=[folder.pk, loan.pk]).get()
    assert answer.url.startswith(f"/conversations/{own.id}") and own.messages.count() == 1
    theirs = Participant.objects.filter(conversation=loan).first()
    assert desk.post(f"/participants/{theirs.id}/letting-in").status_code == 404
