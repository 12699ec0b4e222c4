"""What is done on the table over HTTP: by whom, once only, and what is refused in words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.booths.models import VIEW, ChatLine, Full, Participant, Receipt, Step
from alongside.booths.models import line as lines
from alongside.booths.views import verbs
from alongside.lib.buckets import Buckets
from alongside.promises.models import Promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def step(at, guest):
    """A step of ours, which Ryan added."""
    answer = guest.tell(at("steps"), once="s0", words="Bake thirty", whose="ours")
    assert answer.status_code == 201
    return Step.objects.get(pk=answer.data["id"])


def steps_of(browser, at):
    return browser.read(at("table?part=steps")).data["steps"]


def test_either_side_adds_gives_orders_ticks_and_takes_off(at, member, guest, step):
    park = member.tell(at("steps"), once="s1", words="Tell the parents where to park", whose="yours").data["id"]
    one, other = at(f"steps/{step.id}"), at(f"steps/{park}")
    assert guest.tell(other, once="c1", after=None).data == {"id": park}
    assert guest.tell(one, once="c2", words="Bake forty", whose="together", done=True).status_code == 200
    told = steps_of(member, at)
    assert [(each["id"], each["words"], each["whose"]) for each in told] == [
        (park, "Tell the parents where to park", "yours"), (step.id, "Bake forty", "together")]
    assert told[1]["done_by"] == guest.guest.id and told[1]["changes"] == 4
    member.tell(one, once="c3", done=False)
    member.tell(other, once="c4", after=step.id)
    assert [(each["id"], each["done_at"]) for each in steps_of(guest, at)] == [(step.id, None), (park, None)]
    guest.tell(other, once="c5", removed=True)
    assert [each["id"] for each in steps_of(member, at)] == [step.id]
    guest.tell(other, once="c6", removed=False)
    assert len(steps_of(member, at)) == 2
    changes = guest.read(f"{one}/changes").data["changes"]
    assert [(each["kind"], each["before"]) for each in changes] == [
        ("made", ""), ("reworded", "Bake thirty"), ("given", "ours"), ("done", ""), ("undone", "")]


def test_by_when_is_a_day_or_a_moment(at, member, step):
    path = at(f"steps/{step.id}")
    member.tell(path, due_at="2099-03-06")
    assert steps_of(member, at)[0]["whole_day"] and steps_of(member, at)[0]["due_at"].startswith("2099-03-06T23:59:59")
    member.tell(path, due_at="2099-03-06T07:45:00+01:00")
    told = steps_of(member, at)[0]
    assert (told["due_at"], told["whole_day"]) == ("2099-03-06T06:45:00Z", False)
    member.tell(path, whole_day=True)
    assert steps_of(member, at)[0]["whole_day"]
    member.tell(path, due_at=None)
    assert steps_of(member, at)[0]["due_at"] is None


def test_what_was_sent_twice_is_done_once(at, member, guest, step):
    again = guest.tell(at("steps"), once="s0", words="Bake thirty", whose="ours")
    assert again.data["id"] == step.id and Step.objects.count() == 1
    path = at(f"steps/{step.id}")
    guest.tell(path, once="c1", done=True)
    member.tell(path, once="c1", done=False)
    assert guest.tell(path, once="c1", done=True).data == {"id": step.id}
    assert steps_of(guest, at)[0]["done_at"] is None
    for _each in range(2):
        line = guest.tell(at("lines"), once="l1", words="Hello")
    assert ChatLine.objects.get().id == line.data["id"]


def test_what_was_refused_may_be_sent_again(booth, at, member, guest, step, lena):
    booth.end(by=lena.person)
    path = at(f"steps/{step.id}")
    assert guest.tell(path, once="c1", done=True).status_code == 409
    booth.reopen(by=lena.person)
    assert guest.tell(path, once="c1", done=True).status_code == 200
    assert steps_of(member, at)[0]["done_at"]


def test_keys_of_changes_are_forgotten_by_and_by(at, guest, step):
    guest.tell(at(f"steps/{step.id}"), once="c1", done=True)
    assert Receipt.forget_old() == 0
    assert Receipt.forget_old(timezone.now() + timedelta(days=31)) == 1


def test_a_line_a_yes_and_how_it_ended(booth, at, member, guest):
    assert guest.tell(at("lines"), once="l1", words="Hello\nthere").status_code == 201
    assert guest.tell(at("goal/agree"), once="g1", words="Fed by 8:30").status_code == 200
    assert guest.tell(at("ending"), once="e1", answer="partly", words="Milo got none").status_code == 200
    assert guest.tell(at("ending"), once="e2", answer="reached", words="He got his").status_code == 200
    told = member.read(at("table")).data
    assert told["lines"][0]["words"] == "Hello\nthere" and told["agreements"][0]["words"] == "Fed by 8:30"
    assert [(each["answer"], each["words"]) for each in told["endings"]] == [("reached", "He got his")]


def test_either_side_ends_it_and_opens_it_again(booth, at, member, guest):
    assert guest.tell(at("end"), once="x1").status_code == 200
    told = member.read(at("table?part=booth")).data["booth"]
    assert told["state"] == "ended" and told["ended_at"]
    refused = member.tell(at("steps"), once="s1", words="More")
    assert refused.status_code == 409 and refused["Content-Type"] == "application/problem+json"
    assert member.tell(at("reopen"), once="x2").status_code == 200
    assert guest.tell(at("end"), once="x1").status_code == 200
    booth.refresh_from_db()
    assert booth.is_open  # the first "end" arrived once more, and was done already


def test_a_guest_who_looks_changes_nothing_and_learns(booth, at, come_in, member, step):
    looking = come_in("Austin", role=VIEW)
    for path, body in (("steps", {"words": "More"}), (f"steps/{step.id}", {"done": True}), ("lines", {"words": "Hi"}),
                       ("goal/agree", {"words": "Yes"}), ("ending", {"answer": "reached"}), ("end", {}),
                       ("reopen", {}), ("files", {"file": 1})):
        answer = looking.tell(at(path), once="x", **body)
        assert answer.status_code == 403 and answer.data["detail"], path
    assert not looking.read(at("table")).data["you"]["may_edit"]
    assert looking.tell(at("name"), name="Austin K.").status_code == 200


def test_what_is_for_members_is_no_guests(booth, at, guest, step, ryan):
    for path, body in (("links", {}), ("person", {"person": ryan.id}), (f"steps/{step.id}/promise", {}),
                       (f"participants/{guest.guest.id}/remove", {}), ("lessons", {"lesson": 1}),
                       (f"participants/{guest.guest.id}/person", {"person": ryan.id})):
        assert guest.tell(at(path), **body).status_code == 401, path


def test_a_guest_says_how_they_like_to_be_called_and_a_member_has_a_card(at, member, guest):
    assert guest.tell(at("name"), once="n1", name=" Ry ✓ ").status_code == 200
    assert guest.read(at("table")).data["you"]["name"] == "Ry"
    assert guest.tell(at("name"), once="n2", name="✓").status_code == 400
    assert member.tell(at("name"), once="n1", name="Staff").status_code == 400


def test_a_member_asks_out_and_says_who_is_who(booth, at, member, guest, ryan, joe):
    path = at(f"participants/{guest.guest.id}")
    assert member.tell(f"{path}/person", person=ryan.id).status_code == 200
    assert Participant.objects.get(pk=guest.guest.id).person == ryan
    assert member.tell(at("person"), person=joe.id).status_code == 200
    booth.refresh_from_db()
    assert booth.person == joe
    assert member.tell(at("person"), person=999_999).status_code == 404
    assert member.tell(at("person"), person=None).status_code == 200
    assert member.tell(f"{path}/remove").status_code == 200
    assert guest.read(at("table")).status_code == 401
    mine = Participant.objects.get(member__isnull=False)
    assert member.tell(at(f"participants/{mine.id}/remove")).status_code == 404


def test_a_step_of_ours_becomes_a_promise(at, member, guest, step, ryan, lena):
    path = at(f"steps/{step.id}/promise")
    assert member.tell(path).status_code == 400
    assert member.tell(path, due_at="2099-03-06T07:45:00Z").status_code == 200
    assert member.tell(path, due_at="2099-03-07").status_code == 200
    promise = Promise.objects.get()
    assert (promise.person, promise.words, promise.owner) == (ryan, "Bake thirty", lena) and not promise.whole_day
    assert steps_of(guest, at)[0]["promise"] == {"id": promise.id, "state": "open"}
    theirs = guest.tell(at("steps"), once="s2", words="Pay", whose="yours").data["id"]
    assert member.tell(at(f"steps/{theirs}/promise"), due_at="2099-03-06").status_code == 400


def test_nobody_is_promised_anything_before_it_is_known_who_it_is(booth, at, member, step, lena):
    booth.belong_to(None, by=lena.person)
    answer = member.tell(at(f"steps/{step.id}/promise"), due_at="2099-03-06")
    assert answer.status_code == 400 and "whose" in answer.data["detail"]


@pytest.mark.parametrize(("path", "body"), [
    ("steps", {}), ("steps", {"words": ""}), ("steps", {"words": "   "}), ("steps", {"words": 5}),
    ("steps", {"words": ["a"]}), ("steps", {"words": "a" * 301}), ("steps", {"words": "a", "whose": "staff"}),
    ("steps", {"words": "a", "place": 1}), ("steps", {"words": "a", "due_at": "soon"}), ("steps", {"words": "a\0b"}),
    ("steps", {"words": "a", "due_at": "2026-03-06T07:45:00"}), ("steps", {"words": "a", "due_at": "0001-01-01"}),
    ("steps", {"words": "a", "due_at": 5}), ("steps", {"words": "a", "whole_day": "yes"}),
    ("steps", {"words": "a", "once": "x" * 65}), ("lines", {"words": "a" * 2001}), ("lines", {}),
    ("goal/agree", {"words": ""}), ("ending", {"answer": "won"}), ("ending", {}), ("ending", {"answer": None}),
    ("files", {"file": "1"}), ("files", {}), ("end", {"why": "x"}), ("name", {}),
])
def test_nonsense_is_refused_in_words(at, guest, path, body):
    answer = guest.tell(at(path), **body)
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    assert answer.data["detail"] and not Step.objects.exists()


@pytest.mark.parametrize("body", [
    {"words": ""}, {"words": None}, {"whose": None}, {"done": "yes"}, {"done": 1}, {"after": "1"}, {"after": 0},
    {"after": 1.5}, {"after": True}, {"after": 10**30}, {"removed": "no"}, {"due_at": "x"}, {"made_by": 1},
])
def test_nonsense_about_a_step_is_refused_in_words(at, guest, step, body):
    assert guest.tell(at(f"steps/{step.id}"), **body).status_code == 400
    assert step.changes.count() == 1


def test_what_is_not_there_is_not_found(at, guest, step, lena, joe):
    from alongside.booths.models import Booth

    other = Booth.open(by=lena.person, person=joe)
    foreign = Step.add(other, "Theirs", by=Participant.sit_down(other, lena))
    for id in (foreign.id, 999_999_999):
        for path, body in ((f"steps/{id}", {"done": True}), (f"files/{id}/remove", {}),
                           (f"lessons/{id}/go", {"part": 0})):
            answer = guest.tell(at(path), **body)
            assert answer.status_code == 404 and answer["Content-Type"] == "application/problem+json"
    assert guest.tell(at(f"steps/{step.id}"), after=foreign.id).status_code == 404
    assert guest.tell(f"/booths/{other.code}/lines", words="Hello").status_code == 404


def test_a_page_that_is_full_says_so(at, guest, monkeypatch):
    monkeypatch.setattr(lines, "MOST_LINES", 1)
    assert guest.tell(at("lines"), words="One").status_code == 201
    answer = guest.tell(at("lines"), words="Two")
    assert answer.status_code == 409 and answer.data["detail"]
    with pytest.raises(Full):
        ChatLine.say(guest.link.booth, "Two", by=guest.guest)


def test_a_guest_who_is_quicker_than_hands_waits(at, guest, member, monkeypatch):
    monkeypatch.setattr(verbs, "GUESTS", Buckets(per_minute=1, burst=2))
    assert [guest.tell(at("lines"), words="Hi").status_code for _each in range(3)] == [201, 201, 429]
    assert member.tell(at("lines"), words="Hi").status_code == 201


def test_a_change_brings_the_booth_up_in_lists(booth, at, guest):
    before = booth.touched_at
    guest.tell(at("lines"), words="Hi")
    booth.refresh_from_db()
    assert booth.touched_at > before


def test_steps_that_were_taken_off_lately_are_listed_with_who_and_when(at, member, guest, step):
    park = member.tell(at("steps"), once="s1", words="Park", whose="yours").data["id"]
    for id, browser in ((step.id, member), (park, guest)):
        browser.tell(at(f"steps/{id}"), once=f"r{id}", removed=True)
    told = guest.read(at("table?part=steps")).data
    mine = Participant.objects.get(is_guest=False).id
    assert told["steps"] == []
    assert [(each["id"], each["words"], each["whose"], each["by"]) for each in told["taken_off"]] == [
        (park, "Park", "yours", guest.guest.id), (step.id, "Bake thirty", "ours", mine)]
    assert all(each["at"] for each in told["taken_off"])
    guest.tell(at(f"steps/{step.id}"), once="b1", removed=False)
    assert [each["id"] for each in member.read(at("table?part=steps")).data["taken_off"]] == [park]
