"""The counter's pages as a browser without a script sees them: finding, opening, noting, leaving, taking back."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.members.models import TheirMember
from alongside.moments.models import Had, Moment, MomentKind, Mood, Note
from alongside.people.merging import merge
from alongside.people.models import CARD, Person
from alongside.profiles.models import Answer, QuestionSet
from alongside.promises.models import Promise
from alongside.visits.models import PHONE, Visit

pytestmark = pytest.mark.django_db
FRAGMENT = {"HTTP_X_FRAGMENT": "found"}


def html(answer) -> str:
    assert answer.status_code in (200, 422), answer.status_code
    return answer.content.decode()


def note(client, visit, what, value):
    return client.post(f"/counter/visits/{visit.id}/note", {"what": what, "value": value}, follow=True)


def test_a_name_finds_and_one_tap_welcomes(counter, joe, market, lena):
    page = html(counter.get("/counter?q=joe"))
    assert f'name="person" value="{joe.id}"' in page
    opened = html(counter.post("/counter/come", {"person": joe.id}, follow=True))
    visit = Visit.objects.get()
    assert (visit.person, visit.location, visit.by, visit.ended_at) == (joe, market, lena.person, None)
    assert "Joe is here." in opened
    assert f'action="/counter/visits/{visit.id}/leave"' in opened


def test_a_keystroke_is_answered_with_a_small_part(counter, joe):
    part = html(counter.get("/counter/found?q=jo", **FRAGMENT))
    assert "Joe Hallam" in part
    assert "<html" not in part
    assert counter.get("/counter/found?q=jo").headers["Location"] == "/counter?q=jo"


def test_a_card_finds_its_bearer(counter, joe):
    joe.reach_at(CARD, "4006381333931")
    assert f'value="{joe.id}"' in html(counter.get("/counter/found?q=4006381333931", **FRAGMENT))


@pytest.mark.parametrize("words", ["x", "ü" * 200, "🦄", "\u202eeoJ", "' OR 1=1 --", "%00", "<b>joe</b>"])
def test_whatever_is_typed_the_counter_answers_and_offers_to_write_them_down(counter, words):
    part = html(counter.get("/counter/found", {"q": words}, **FRAGMENT))
    assert 'action="/counter/newcomer"' in part
    assert "<b>joe" not in part


def test_on_a_screen_that_customers_see_there_are_first_names_only(counter, joe, visit):
    Person.meet(called="Mrs Marchand", full_name="Odile Marchand", email="odile@marchand.example")
    Person.meet(full_name="Marcus Bell", phone="+441615550142")
    counter.post("/counter/stand", {"seen": "yes"})
    part = html(counter.get("/counter/found?q=mar", **FRAGMENT))
    assert "Mrs M." in part
    assert "Marcus" in part
    for hidden in ("Marchand<", "Odile", "Bell", "marchand.example", "0142", "begins"):
        assert hidden not in part
    joe.rename(called="Joe Hallam", full_name="Joe Hallam", by=None)
    assert "Hallam" not in html(counter.get("/counter/here", **FRAGMENT))
    counter.post("/counter/stand", {"seen": "no"})
    assert "Odile" in html(counter.get("/counter/found?q=mar", **FRAGMENT))


def test_who_stands_here_is_called_by_the_first_name_where_customers_see_the_screen(counter, market, lena):
    bell = Person.meet(full_name="Marcus Bell")
    earlier = Visit.begin(bell, location=market, by=lena.person)
    counter.post(f"/counter/visits/{earlier.pk}/note", {"what": "mood", "value": "low"})
    earlier.leave(by=None)
    for seen, shown in (("no", True), ("yes", False)):
        counter.post("/counter/stand", {"seen": seen})
        came = html(counter.post("/counter/come", {"person": bell.pk}, follow=True))
        assert shown or "Marcus leaves" in came
        left = html(counter.post(f"/counter/visits/{Visit.objects.get(ended_at=None).pk}/leave", follow=True))
        assert ("Bell" in came, "Last time: low" in came, "Bell" in left) == (shown, shown, shown)


def test_one_is_greeted_by_the_clock_of_the_place(counter, visit, monkeypatch):
    noon = timezone.now().replace(hour=0, minute=30)  # half past nine in Tokyo
    monkeypatch.setattr("alongside.desk.counter.opened.timezone.now", lambda: noon)
    page = html(counter.get(f"/counter/visits/{visit.id}"))
    assert "Good morning" in page
    assert "9:30" in page


def test_the_usual_is_proposed_with_its_evidence_and_started_once(counter, joe, visit, lena):
    for day in range(1, 6):
        Had.keep(joe, by=lena.person, visit=visit.id * 1000 + day, at=timezone.now() - timedelta(days=day),
                 what="Tea" if day == 3 else "Flat white, cheese scone")
    page = html(counter.get(f"/counter/visits/{visit.id}"))
    assert "4 of the last 5 visits" in page
    assert "Start the usual" in page
    for _twice in range(2):
        page = html(note(counter, visit, "usual", "Flat white, cheese scone"))
    had = Had.objects.get(visit=visit.id)
    assert (had.what, had.usual) == ("Flat white, cheese scone", True)
    assert (had.location, had.by) == (visit.location, lena.person)
    assert "Start the usual" not in page


def test_nothing_is_proposed_after_one_visit(counter, joe, visit, lena):
    Had.keep(joe, by=lena.person, what="Tea", at=timezone.now() - timedelta(days=2))
    assert "The usual" not in html(counter.get(f"/counter/visits/{visit.id}"))


@pytest.mark.parametrize(("what", "value", "model", "words"), [
    ("mood", "agitated", Mood, "Agitated"), ("moment", "smile", Moment, "A smile on the bag"),
    ("own", "Held the door", Moment, "Held the door"), ("had", "Oat  latte", Had, "Oat latte"),
    ("note", "A puppy at home,\ncalled Biscuit", Note, "A puppy at home,\ncalled Biscuit"),
])
def test_whatever_is_noted_can_be_taken_back(counter, joe, visit, lena, what, value, model, words):
    page = html(note(counter, visit, what, value))
    row = model.objects.get()
    assert (row.in_words, row.person, row.by, row.visit) == (words, joe, lena.person, visit.id)
    tap = re.search(r'name="tap" value="([a-z]+-\d+)"', page)[1]
    after = html(counter.post("/counter/take-back", {"tap": tap}, follow=True))
    assert "Taken back." in after
    assert not model.objects.exists()
    assert counter.post("/counter/take-back", {"tap": tap}).status_code == 404


@pytest.mark.parametrize(("what", "value"), [("mood", "furious"), ("moment", "none"), ("had", "  "), ("note", ""),
                                             ("nothing", "x"), ("", "")])
def test_what_is_none_of_the_choices_is_not_noted(counter, visit, what, value):
    assert "nothing to note" in html(note(counter, visit, what, value))
    assert not any(model.objects.exists() for model in (Mood, Moment, Had, Note))


@pytest.mark.parametrize("value", ["", "x", "999999", "-1", "9" * 30])
def test_an_idea_that_is_none_is_not_noted(counter, visit, value):
    assert "nothing to note" in html(note(counter, visit, "idea", value))
    assert not Moment.objects.exists()


def test_an_idea_of_ones_own_is_proposed_and_noted_as_its_kind_once(counter, visit, joe):
    plant = MomentKind.make("Watered their plant", icon="day")
    idea = plant.add_idea("Water <b>it</b>", [])
    MomentKind.objects.exclude(pk=plant.pk).update(retired_at=timezone.now())
    page = html(counter.get(f"/counter/visits/{visit.id}"))
    assert "Water &lt;b&gt;it" in page and "never done for them" in page
    for what, value in (("idea", idea.id), ("idea", idea.id), ("moment", plant.key)):
        assert "Watered their plant" in html(note(counter, visit, what, value))
    done = Moment.objects.get()
    assert (done.kind, done.idea, done.person) == (plant, idea, joe)
    assert "Water &lt;b&gt;it" not in html(counter.get(f"/counter/visits/{visit.id}"))


def test_the_same_mood_twice_is_one(counter, visit):
    for mood in ("calm", "calm", "tired"):
        page = html(note(counter, visit, "mood", mood))
    assert [row.mood for row in Mood.objects.order_by("id")] == ["calm", "tired"]
    assert re.search(r'value="tired" aria-pressed="true"', page)
    assert "Give more today, not less" in page


def test_leaving_and_not_having_left(counter, visit):
    page = html(counter.post(f"/counter/visits/{visit.id}/leave", follow=True))
    assert "Joe has left." in page
    assert not Visit.objects.here(visit.location).exists()
    counter.post("/counter/take-back", {"tap": f"left-{visit.id}"})
    assert Visit.objects.here(visit.location).get() == visit


def test_somebody_else_was_meant(counter, joe):
    counter.post("/counter/come", {"person": joe.id})
    visit = Visit.objects.get()
    page = html(counter.post("/counter/take-back", {"tap": f"came-{visit.id}"}, follow=True))
    assert "Taken back." in page
    assert not Visit.objects.exists()


def test_one_does_not_take_back_what_a_colleague_did(counter, joe, visit, dishwasher):
    other = Mood.keep(joe, by=dishwasher.person, visit=visit.id, mood="low")
    assert counter.post("/counter/take-back", {"tap": f"mood-{other.id}"}).status_code == 404
    assert Mood.objects.count() == 1


@pytest.mark.parametrize("tap", ["", "mood", "mood-", "mood-x", "mood-٣", "visit-1", "mood-99999999999999999999",
                                 "x" * 999])
def test_a_tap_that_never_was_is_not_there(counter, tap):
    assert counter.post("/counter/take-back", {"tap": tap}).status_code == 404
    assert counter.get("/counter", {"done": tap}).status_code == 200


def test_a_tap_of_long_ago_stands(counter, joe, visit, lena):
    mood = Mood.keep(joe, by=lena.person, visit=visit.id, mood="low", at=timezone.now() - timedelta(hours=1))
    assert "too long ago" in html(counter.post("/counter/take-back", {"tap": f"mood-{mood.id}"}, follow=True))
    assert Mood.objects.exists()


@pytest.mark.parametrize(("reach", "kind"), [("ida@okafor.example", "email"), ("+44 161 555 0199", "phone")])
def test_somebody_new_is_two_fields(counter, lena, reach, kind):
    html(counter.post("/counter/newcomer", {"called": " Ida ", "reach": reach}, follow=True))
    visit = Visit.objects.get()
    assert visit.person.called == "Ida"
    assert [(identity.kind, identity.value) for identity in visit.person.identities.all()] == [(kind, reach)]
    assert visit.by == lena.person


def test_an_unknown_card_becomes_somebody_new_with_that_card(counter):
    part = html(counter.get("/counter/found?q=4006381333931", **FRAGMENT))
    assert 'value="4006381333931"' in part
    counter.post("/counter/newcomer", {"called": "Ida", "reach": "4006381333931", "card": "1"})
    assert Person.objects.reached_at(CARD, "4006381333931").get().called == "Ida"


@pytest.mark.parametrize("sent", [{}, {"called": " ", "reach": ""}, {"called": "Ida", "reach": "ida@"},
                                  {"called": "Ida", "reach": "nonsense"}, {"called": "Ida", "reach": "12"}])
def test_what_cannot_be_written_down_is_said(counter, sent):
    people = Person.objects.count()
    answer = counter.post("/counter/newcomer", sent)
    assert answer.status_code == 422
    assert 'class="wrong"' in html(answer)
    assert Person.objects.count() == people


def test_an_address_that_is_somebodys_is_asked_about_never_merged(counter, joe):
    sent = {"called": "Ida", "reach": "Joe@hallam.example"}
    answer = counter.post("/counter/newcomer", sent)
    assert answer.status_code == 422
    assert f'name="person" value="{joe.id}"' in html(answer)
    assert not Visit.objects.exists()
    counter.post("/counter/newcomer", {**sent, "anyway": "1"})
    assert set(Person.objects.reached_at("email", "joe@hallam.example")) == {joe, Visit.objects.get().person}


def test_on_the_phone_the_visit_is_a_call(counter, joe):
    counter.post("/counter/stand", {"place": PHONE})
    counter.post("/counter/come", {"person": joe.id})
    assert (Visit.objects.get().kind, Visit.objects.get().location) == (PHONE, None)


def test_a_place_that_is_not_there_is_not_stood_at(counter, joe, market):
    counter.post("/counter/stand", {"place": "999999"})
    counter.post("/counter/come", {"person": joe.id})
    assert Visit.objects.get().location == market


def test_a_house_without_locations_has_one_counter(signed_in, lena, joe):
    client = signed_in(lena)
    client.post("/counter/come", {"person": joe.id})
    assert Visit.objects.get().location is None
    assert "Joe" in html(client.get("/counter/here", **FRAGMENT))


def test_who_was_merged_comes_as_who_they_are(counter, joe, stranger, lena):
    merge(joe, stranger, by=lena.person)
    counter.post("/counter/come", {"person": stranger.id})
    assert Visit.objects.get().person == joe


def test_the_screen_says_what_matters_and_who_usually_looks_after_them(counter, joe, visit, dishwasher, lena):
    joe.describe(by=lena.person, what_matters="Nobody asks him anything before the first sip.")
    TheirMember.choose(joe, dishwasher, by=lena.person)
    Mood.keep(joe, by=lena.person, mood="tired", at=timezone.now() - timedelta(days=3))
    page = html(counter.get(f"/counter/visits/{visit.id}"))
    for words in ("before the first sip", "Usually with Tomás", "Last time: tired"):
        assert words in page


@pytest.mark.parametrize("person", ["", "x", "999999999", "-1", "9" * 30])
def test_nobody_by_that_number(counter, person):
    assert counter.post("/counter/come", {"person": person}).status_code == 404


def test_one_question_is_offered_and_its_answer_says_at_which_visit(counter, joe, visit, lena):
    question = QuestionSet.make("Buyer", of_everyone=True).add(words="Why do they come early?")
    page = html(counter.get(f"/counter/visits/{visit.id}"))
    assert page.count("Why do they come early?") == 1
    assert f'name="visit" value="{visit.id}"' in page
    sent = {"question": question.id, "visit": visit.id, "value": "To read"}
    counter.post(f"/people/{joe.id}/find-out", sent)
    assert Answer.objects.get().from_visit == visit.id


def test_what_was_promised_is_there_and_kept_from_here(counter, joe, visit, lena):
    due = timezone.now() + timedelta(hours=2)
    promise = Promise.make(person=joe, words="A scone kept back", due_at=due, by=lena.person, owner=lena)
    here = f"/counter/visits/{visit.id}"
    page = html(counter.get(here))
    assert "A scone kept back" in page
    assert f'name="back" value="{here}"' in page
    assert counter.post(f"/promises/{promise.id}/keeping", {"back": here}).headers["Location"] == here
