"""What may be done on the table, by whom, and what is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.booths.models import (
    EDIT,
    PARTLY,
    REACHED,
    VIEW,
    Booth,
    BoothLink,
    BroughtLesson,
    ChatLine,
    Ending,
    GoalAgreement,
    NotOpen,
    Participant,
    Step,
)
from alongside.events.models import Event
from alongside.keys.models import Key
from alongside.lib.principal import Principal

pytestmark = pytest.mark.django_db


@pytest.fixture
def booth(lena, ryan):
    return Booth.open(by=lena.person, person=ryan, goal="Fourteen players fed by 8:30")


@pytest.fixture
def ours(booth, lena):
    return Participant.sit_down(booth, lena)


@pytest.fixture
def guest(booth, lena):
    link, _token = BoothLink.make(booth, by=lena.person)
    return Participant.join(link, "Ryan")[0]


def kinds():
    return list(Event.objects.filter(kind__startswith="booth.").order_by("id").values_list("kind", flat=True))


def test_a_booth_is_opened_ended_and_opened_again(booth, lena):
    booth.end(by=lena.person)
    booth.end(by=lena.person)
    booth.reopen(by=lena.person)
    assert kinds() == ["booth.opened", "booth.ended", "booth.reopened"] and booth.is_open


def test_a_guest_comes_in_by_a_link_and_is_thereby_nobody_we_know(booth, lena):
    link, token = BoothLink.make(booth, by=lena.person)
    assert BoothLink.objects.opening(token) == link
    guest, session = Participant.join(link, " Ryan ✓\u202e ")
    assert guest.name == "Ryan" and guest.side == "yours" and guest.person is None
    assert Participant.of_session(session) == guest
    assert not Key.objects.filter(digest=session.encode()).exists()


def test_a_link_for_looking_makes_guests_who_look(booth, lena):
    link, _token = BoothLink.make(booth, by=lena.person, role=VIEW)
    assert not Participant.join(link, "Austin")[0].may_edit


def test_a_link_taken_back_ends_what_it_opened(booth, lena):
    link, token = BoothLink.make(booth, by=lena.person)
    _guest, session = Participant.join(link, "Ryan")
    link.revoke(by=lena.person)
    assert Participant.of_session(session) is None and BoothLink.objects.opening(token) is None


def test_a_link_that_ended_ends_what_it_opened(booth, lena):
    link, token = BoothLink.make(booth, by=lena.person, lasts=timedelta(hours=1))
    _guest, session = Participant.join(link, "Ryan")
    Key.objects.filter(pk=link.key_id).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Participant.of_session(session) is None and BoothLink.objects.opening(token) is None


def test_a_guest_who_was_asked_out_is_out(booth, lena):
    link, _token = BoothLink.make(booth, by=lena.person)
    guest, session = Participant.join(link, "Ryan")
    guest.remove(by=lena.person)
    guest.remove(by=lena.person)
    assert Participant.of_session(session) is None and kinds().count("booth.removed") == 1


def test_a_guest_sees_their_booth_and_no_other(booth, guest, lena, joe):
    other = Booth.open(by=lena.person, person=joe)
    principal = Principal(kind="guest", participant_id=guest.id)
    assert list(Booth.objects.visible_to(principal)) == [booth]
    assert list(Booth.objects.visible_to(Principal(kind="person", person_id=joe.id))) == [other]
    assert not Booth.objects.visible_to(Principal())


def test_steps_are_added_once_ordered_and_ticked(booth, ours, guest):
    bake = Step.add(booth, "Bake thirty", by=ours, whose="ours", once="a1")
    assert Step.add(booth, "Bake thirty", by=ours, whose="ours", once="a1") == bake
    park = Step.add(booth, "Tell the parents where to park", by=guest, whose="yours")
    hold = Step.add(booth, "Hold the side booth", by=ours)
    hold.move_after(bake, by=guest)
    assert list(Step.objects.standing()) == [bake, hold, park]
    park.move_after(None, by=ours)
    assert list(Step.objects.standing()) == [park, bake, hold]
    bake.tick(by=guest)
    bake.tick(by=ours)
    bake.refresh_from_db()
    assert bake.done_by == guest and bake.changes.filter(kind="done").count() == 1
    bake.reword("Bake forty", by=guest)
    assert bake.changes.last().before == "Bake thirty"
    bake.untick(by=ours)
    park.remove(by=ours)
    assert list(Step.objects.standing()) == [bake, hold] and bake.done_at is None


def test_nothing_changes_after_the_end(booth, ours, lena):
    step = Step.add(booth, "Bake thirty", by=ours)
    booth.end(by=lena.person)
    for change in (lambda: step.tick(by=ours), lambda: Step.add(booth, "More", by=ours),
                   lambda: ChatLine.say(booth, "Hello", by=ours), lambda: GoalAgreement.agree(booth, "A", by=ours),
                   lambda: Ending.say(booth, REACHED, "", by=ours)):
        with pytest.raises(NotOpen):
            change()


def test_the_goal_is_reached_when_both_sides_say_so(booth, ours, guest):
    Ending.say(booth, PARTLY, "Milo got none", by=guest)
    Ending.say(booth, REACHED, "", by=ours)
    assert "booth.goal_reached" not in kinds()
    Ending.say(booth, REACHED, "He got his after all", by=guest)
    Ending.say(booth, REACHED, "He got his", by=guest)
    assert kinds().count("booth.goal_reached") == 1 and booth.endings.count() == 2


def test_a_lesson_is_learned_at_its_end(booth, ours, guest):
    lesson = BroughtLesson.bring(booth, title="Flat white", parts=[{"title": "Grind"}, {"title": "Pour"}], by=ours)
    for part in (0, 1, 2, 1, 2):
        lesson.go_to(part, by=guest)
    with pytest.raises(ValueError):
        lesson.go_to(3, by=guest)
    assert kinds().count("booth.lesson_learned") == 1


def test_a_member_sits_down_once(booth, lena, ours):
    assert Participant.sit_down(booth, lena) == ours and ours.side == "ours" and ours.role == EDIT
