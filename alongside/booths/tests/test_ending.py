"""How it ends: said by both, what is left of ours promised, and gone on with years later."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.booths.models import Booth, Step
from alongside.events.models import Event
from alongside.promises import origins
from alongside.promises.models import Promise

pytestmark = pytest.mark.django_db
FRIDAY = "2099-03-06"


@pytest.fixture
def steps(at, guest):
    """Steps that are left: two of ours, one of which has a day; one of theirs and one of both; and one that is done."""

    def add(number, words, whose, **more):
        return guest.tell(at("steps"), once=f"s{number}", words=words, whose=whose, **more).data["id"]

    made = {"bake": add(1, "Bake thirty", "ours", due_at=FRIDAY), "call": add(2, "Call the baker", "ours"),
            "park": add(3, "Say where to park", "yours"), "sing": add(4, "Sing", "together")}
    guest.tell(at(f"steps/{add(5, 'Ask about nuts', 'ours')}"), once="d1", done=True)
    return made


def test_both_say_whether_it_was_reached_in_one_tap_and_one_sentence(booth, at, member, guest):
    guest.tell(at("ending"), once="e1", answer="reached", words="Everyone ate")
    assert not Event.objects.filter(kind="booth.goal_reached").exists()
    member.tell(at("ending"), once="e2", answer="reached", words="")
    assert Event.objects.filter(kind="booth.goal_reached", subject_id=booth.person_id).count() == 1
    told = guest.read(at("table?part=endings")).data["endings"]
    assert [(each["answer"], each["words"]) for each in told] == [("reached", "Everyone ate"), ("reached", "")]


def test_what_is_left_of_ours_becomes_promises(booth, at, member, guest, steps, ryan, lena):
    answer = member.tell(at("end"), once="x1", promises=[
        {"step": steps["bake"]}, {"step": steps["call"], "due_at": "2099-03-07T09:00:00Z"}])
    assert answer.status_code == 200
    bake, call = Promise.objects.order_by("due_at")
    assert (bake.words, bake.person, bake.owner, bake.made_by) == ("Bake thirty", ryan, lena, lena.person)
    assert bake.whole_day and not call.whole_day and call.due_at.hour == 9
    told = guest.read(at("table")).data
    assert told["booth"]["state"] == "ended"
    promised = {step["id"]: step["promise"]["id"] for step in told["steps"] if step["promise"]}
    assert promised == {steps["bake"]: bake.id, steps["call"]: call.id}
    assert member.tell(at("end"), once="x1", promises=[{"step": steps["bake"]}]).status_code == 200
    assert Promise.objects.count() == 2, "What was sent twice is promised once."


def test_what_is_not_named_stays_a_step(at, member, guest, steps):
    member.tell(at("end"), once="x1")
    assert not Promise.objects.exists()
    assert Step.objects.filter(done_at=None, removed_at=None).count() == 4


@pytest.mark.parametrize(("step", "more", "word"), [
    ("park", {"due_at": FRIDAY}, "ours"), ("sing", {"due_at": FRIDAY}, "ours"), ("call", {}, "By when"),
    ("call", {"due_at": "2001-01-01"}, "By when"),
])
def test_what_cannot_be_promised_ends_nothing(booth, at, member, steps, step, more, word):
    answer = member.tell(at("end"), once="x1", promises=[{"step": steps["bake"]}, {"step": steps[step], **more}])
    assert answer.status_code == 400 and word in answer.data["detail"]
    booth.refresh_from_db()
    assert booth.is_open and not Promise.objects.exists()
    assert member.tell(at("end"), once="x1", promises=[{"step": steps["bake"]}]).status_code == 200


@pytest.mark.parametrize("promises", [
    "all", [1], [{"step": "1"}], [{"due_at": FRIDAY}], [{"step": 1, "to": 2}], {"step": 1}, [{"step": 1}] * 501])
def test_nonsense_ends_nothing(booth, at, member, promises):
    assert member.tell(at("end"), promises=promises).status_code == 400
    booth.refresh_from_db()
    assert booth.is_open


def test_a_step_of_another_page_is_not_found(booth, at, member, steps, lena, joe):
    other = Booth.open(by=lena.person, person=joe)
    foreign = Step.add(other, "Theirs", by=booth.participants.first(), whose="ours")
    answer = member.tell(at("end"), promises=[{"step": foreign.id, "due_at": FRIDAY}])
    assert answer.status_code == 404 and not Promise.objects.exists()


def test_a_guest_ends_it_and_promises_nothing_for_the_house(booth, at, member, guest, steps):
    answer = guest.tell(at("end"), once="x1", promises=[{"step": steps["bake"]}])
    assert answer.status_code == 403 and not Promise.objects.exists()
    assert guest.tell(at("end"), once="x1").status_code == 200
    assert member.tell(at(f"steps/{steps['bake']}/promise"), once="p1").status_code == 200
    assert Promise.objects.get().words == "Bake thirty", "What was left can be promised when it has ended."


def test_nothing_is_promised_while_it_is_not_known_whose_page_it_is(booth, at, member, steps, lena):
    booth.belong_to(None, by=lena.person)
    answer = member.tell(at("end"), promises=[{"step": steps["bake"]}])
    assert answer.status_code == 400 and "whose" in answer.data["detail"]


def test_a_promise_says_on_which_page_it_was_made(booth, at, member, steps, client, lena):
    member.tell(at("end"), promises=[{"step": steps["bake"]}])
    promise = Promise.objects.get()
    page = member.get(f"/promises/{promise.id}").content.decode()
    assert f"/booths/{booth.code}" in page
    told = origins.of([promise])[promise.id]
    assert told.url == "" and "Fourteen players" in told.words


def test_it_is_gone_on_with_years_later(booth, at, member, guest, steps):
    member.tell(at("end"), once="x1", promises=[{"step": steps["bake"]}])
    long_ago = timezone.now() - timedelta(days=4 * 365)
    Booth.objects.filter(pk=booth.pk).update(ended_at=long_ago, opened_at=long_ago, touched_at=long_ago)
    assert member.tell(at("reopen"), once="x2").status_code == 200
    told = member.read(at("table")).data
    assert told["booth"]["state"] == "open" and len(told["steps"]) == 5
    assert member.tell(at(f"steps/{steps['call']}"), once="c1", done=True).status_code == 200
