"""The card, the profile, the question to ask, as a member sees and uses them without a script."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.people import merging, timeline
from alongside.profiles import panels
from alongside.profiles.models import (
    GUESSED,
    NEVER,
    NOT_NOW,
    OBSERVED,
    TOLD,
    VERIFIED,
    Answer,
    Asked,
    Question,
    QuestionSet,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def early():
    """Why they come early, in a set for everyone."""
    return QuestionSet.make("Buyer", of_everyone=True).add(words="Why early?", spoken="May I ask: why so early?")


@pytest.fixture
def guess(joe, admin, early):
    """Théo's guess about Joe."""
    return Answer.give(joe, early, "To <b>read</b>", provenance=GUESSED, by=admin.person)


def test_the_card_shows_a_guess_as_one_with_who_and_the_question(joe, lena, guess, signed_in):
    page = signed_in(lena).get(f"/people/{joe.id}").content.decode()
    assert 'data-known="guess"' in page and "<b>Guess</b> by <bdi>Théo</bdi>" in page
    assert "To &lt;b&gt;read&lt;/b&gt;" in page and "May I ask: why so early?" in page
    part = signed_in(lena).get(f"/people/{joe.id}/known?visit=7", headers={"X-Fragment": "live"}).content.decode()
    assert "May I ask: why so early?" in part and "<html" not in part
    assert 'name="visit" value="7"' in part


def test_the_card_asks_the_database_nothing_twice(joe, lena, guess):
    principal = lena.principal()
    with CaptureQueriesContext(connection) as asked:
        panels.what_we_know(joe, principal)
    said = [query["sql"] for query in asked]
    assert len(set(said)) == len(said) == 5


def test_one_tap_makes_a_guess_told(joe, lena, guess, signed_in):
    given = {"question": guess.question_id, "confirm": guess.id}
    answer = signed_in(lena).post(f"/people/{joe.id}/find-out", given)
    assert answer.status_code == 302 and answer["Location"] == f"/people/{joe.id}"
    guess.refresh_from_db()
    assert (guess.provenance, guess.confirmed_by) == (TOLD, lena.person)
    page = signed_in(lena).get(f"/people/{joe.id}").content.decode()
    assert 'data-known="told"' in page and "a guess before" in page and "May I ask" not in page


def test_in_their_words_instead_the_guess_becomes_history_and_the_visit_is_kept(joe, lena, guess, signed_in):
    given = {"question": guess.question_id, "value": "The light", "visit": 7, "message": "x"}
    answer = signed_in(lena).post(f"/people/{joe.id}/find-out", given, headers={"Turbo-Frame": "find-out"})
    assert answer["Location"] == f"/people/{joe.id}/find-out?kept=answered&visit=7"
    assert "one question for today" in signed_in(lena).get(answer["Location"]).content.decode()
    told = Answer.objects.current().get()
    assert (told.value, told.provenance, told.from_visit, told.from_message) == ("The light", TOLD, 7, None)
    assert Asked.objects.get().outcome == "answered"


@pytest.mark.parametrize("back, place", [
    ("/counter/7", "/counter/7"), ("//evil.example", "/people/{id}"), ("https://evil.example/", "/people/{id}")])
def test_it_leads_back_to_where_it_was_asked(joe, lena, guess, back, place, signed_in):
    given = {"question": guess.question_id, "confirm": guess.id, "back": back}
    answer = signed_in(lena).post(f"/people/{joe.id}/find-out", given)
    assert answer["Location"] == place.format(id=joe.id)


@pytest.mark.parametrize("outcome", [NOT_NOW, NEVER])
def test_it_may_be_put_off(joe, lena, guess, outcome, signed_in):
    signed_in(lena).post(f"/people/{joe.id}/find-out", {"question": guess.question_id, "outcome": outcome})
    assert Asked.objects.get().outcome == outcome
    guess.refresh_from_db()
    assert guess.provenance == GUESSED


def test_an_empty_answer_is_told_plainly_and_keeps_nothing(joe, lena, guess, signed_in):
    answer = signed_in(lena).post(f"/people/{joe.id}/find-out", {"question": guess.question_id, "value": " "})
    assert answer.status_code == 422 and "There is no answer yet." in answer.content.decode()
    assert not Asked.objects.exists() and Answer.objects.count() == 1


@pytest.mark.parametrize("given, status", [
    ({}, 422), ({"question": "x"}, 422), ({"question": "9" * 30}, 422), ({"question": 999999}, 404),
    ({"outcome": "maybe"}, 400), ({"confirm": "x"}, 400), ({"confirm": 999999}, 404),
])  # fmt: skip
def test_what_no_form_of_ours_sends_changes_nothing(joe, lena, guess, given, status, signed_in):
    whole = given if "question" in given or not given else {"question": guess.question_id, **given}
    assert signed_in(lena).post(f"/people/{joe.id}/find-out", whole).status_code == status
    assert not Asked.objects.exists()


def test_of_two_that_contradict_one_tap_chooses(joe, lena, early, signed_in):
    read = Answer.give(joe, early, "To read", provenance=TOLD, by=lena.person)
    Answer.give(joe, early, "The bus", provenance=OBSERVED, by=lena.person)
    page = signed_in(lena).get(f"/people/{joe.id}/find-out").content.decode()
    assert "We have heard both" in page
    signed_in(lena).post(f"/people/{joe.id}/find-out", {"question": early.id, "choose": read.id})
    assert list(Answer.objects.current()) == [read]


def test_what_was_heard_already_is_not_offered_a_second_time(joe, lena, signed_in):
    made = QuestionSet.make("Buyer", of_everyone=True)
    made.add(words="Milk?", key="milk", kind="choice", choices=["Oat", "Whole", "Soy"])
    milk = made.questions.get()
    for value in ("Oat", "Whole"):
        Answer.give(joe, milk, value, provenance=TOLD, by=lena.person)
    page = signed_in(lena).get(f"/people/{joe.id}/find-out").content.decode()
    assert 'value="Soy"' in page and 'value="Oat"' not in page and page.count('name="choose"') == 2


def test_an_answer_of_somebody_else_is_not_there(joe, ryan, lena, guess, signed_in):
    client = signed_in(lena)
    foreign = {"question": guess.question_id, "confirm": guess.id}
    assert client.post(f"/people/{ryan.id}/find-out", foreign).status_code == 404
    assert client.post(f"/people/{ryan.id}/answers/{guess.id}", {"act": "verify"}).status_code == 404


def test_the_profile_shows_both_sides_their_age_and_what_was_before(joe, lena, early, signed_in):
    early.change(lasts_days=100)
    old = timezone.now() - timedelta(days=800)
    Answer.give(joe, early, "To read", provenance=TOLD, by=lena.person, at=old)
    Answer.give(joe, early, "The bus", provenance=TOLD, by=lena.person, at=old - timedelta(days=1))
    Answer.give(joe, early, "The cat", provenance=GUESSED, by=lena.person, at=old).withdraw(by=lena.person)
    page = signed_in(lena).get(f"/people/{joe.id}/profile").content.decode()
    assert "Also heard:" in page and "To read" in page and "The bus" in page
    assert "may be out of date" in page and "2 years ago" in page
    assert "taken back" in page and "This one holds" in page


def test_an_answer_is_added_with_how_we_know_it(joe, lena, guess, signed_in):
    client, path = signed_in(lena), f"/people/{joe.id}/profile/{guess.question_id}"
    assert "To &lt;b&gt;read" in client.get(f"{path}?visit=3").content.decode()
    assert client.post(path, {"value": "", "how": "told"}).status_code == 422
    assert client.post(path, {"value": "x", "how": "heard"}).status_code == 422
    assert client.post(path, {"value": "The light", "how": "observed", "visit": "3"}).status_code == 302
    fresh = Answer.objects.latest("id")
    assert (fresh.value, fresh.provenance, fresh.by, fresh.from_visit) == ("The light", OBSERVED, lena.person, 3)
    guess.refresh_from_db()
    assert guess.is_current


@pytest.mark.parametrize("act, provenance, current", [
    ("confirm", TOLD, True), ("verify", VERIFIED, True), ("choose", TOLD, True), ("withdraw", GUESSED, False)])
def test_one_tap_on_the_profile(joe, lena, guess, act, provenance, current, signed_in):
    client = signed_in(lena)
    assert client.post(f"/people/{joe.id}/answers/{guess.id}", {"act": act}).status_code == 302
    guess.refresh_from_db()
    assert (guess.provenance, guess.is_current) == (provenance, current)
    assert client.post(f"/people/{joe.id}/answers/{guess.id}", {"act": "burn"}).status_code == 400


@pytest.mark.parametrize("kind, choices, value, seen", [
    ("choice", ["Oat", "Whole"], "Oat", ["Oat", "Whole"]), ("many", ["Children", "Guests"], "Guests", ["checkbox"]),
    ("yes-no", [], "no", ["Yes", "No"]), ("number", [], "7", ["decimal"]), ("date", [], "2026-02-14", ["date"]),
])  # fmt: skip
def test_each_kind_is_asked_and_answered_in_one_go(joe, lena, kind, choices, value, seen, signed_in):
    question = QuestionSet.make("Buyer", of_everyone=True).add(words="What?", kind=kind, choices=choices)
    client = signed_in(lena)
    for path in (f"/people/{joe.id}/find-out", f"/people/{joe.id}/profile/{question.id}"):
        page = client.get(path).content.decode()
        assert all(part in page for part in seen)
    client.post(f"/people/{joe.id}/find-out", {"question": question.id, "value": value})
    assert Answer.objects.get().value == value


def test_who_was_merged_has_one_profile(joe, ryan, lena, guess, signed_in):
    merging.merge(ryan, joe, by=lena.person)
    client = signed_in(lena)
    for id in (ryan.id, joe.id):
        assert "To &lt;b&gt;read" in client.get(f"/people/{id}/profile").content.decode()
    client.post(f"/people/{joe.id}/answers/{guess.id}", {"act": "verify"})
    guess.refresh_from_db()
    assert guess.provenance == VERIFIED


def test_the_timeline_tells_what_was_learned_and_not_what_was_taken_back(joe, lena, guess, signed_in):
    guess.confirm(by=lena.person)
    entries, _after = timeline.page(joe, lena.principal())
    assert [entry.label for entry in entries if "profiles" in entry.template] == ["Confirmed", "Something we know"]
    page = signed_in(lena).get(f"/people/{joe.id}").content.decode()
    assert page.count("Why early?") >= 2
    guess.withdraw(by=joe)
    entries, _after = timeline.page(joe, lena.principal())
    assert not [entry for entry in entries if "profiles" in entry.template]
    assert "To &lt;b&gt;read" not in signed_in(lena).get(f"/people/{joe.id}").content.decode()


def test_without_questions_everything_still_stands(joe, lena, signed_in):
    client = signed_in(lena)
    assert "No questions yet" in client.get(f"/people/{joe.id}/profile").content.decode()
    assert "nothing to ask" in client.get(f"/people/{joe.id}/find-out").content.decode()
    assert client.get(f"/people/{joe.id}").status_code == 200
    assert not Question.objects.exists()


def test_a_long_answer_is_kept_whole_and_one_that_is_too_long_is_said_so(joe, lena, signed_in):
    question, client = QuestionSet.make("Guest").add(words="What do they like?"), signed_in(lena)
    page = f"/people/{joe.id}/profile/{question.id}"
    assert "maxlength" not in client.get(page).content.decode().partition("<textarea")[2].partition(">")[0]
    client.post(page, {"value": "q" * 20_000, "how": "told"})
    assert len(Answer.objects.get().value) == 20_000
    refused = client.post(page, {"value": "q" * 20_001, "how": "told"})
    assert refused.status_code == 422 and "longer than an answer may be" in refused.content.decode()
    assert "q" * 20_001 in refused.content.decode()
