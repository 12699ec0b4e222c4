"""Go find out: one question at a contact, the right one, and never two."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.lib.principal import ANONYMOUS, Principal
from alongside.people import merging
from alongside.profiles.finding_out import next_finding, next_question
from alongside.profiles.models import GUESSED, NEVER, NOT_NOW, OBSERVED, TOLD, Answer, Asked, QuestionSet

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions():
    """Four questions, and a sensitive one before them all."""
    made = QuestionSet.make("Buyer", of_everyone=True)
    made.add(words="Health?", key="health", sensitive=True)
    return [made.add(words=f"Question {n}?", key=f"q{n}", lasts_days=30) for n in range(4)]


def asked_before(days: float):
    Asked.objects.update(at=timezone.now() - timedelta(days=days))


def told(person, question, value, by, provenance=TOLD, days=0):
    at = timezone.now() - timedelta(days=days)
    return Answer.give(person, question, value, provenance=provenance, by=by.person, at=at)


def test_the_most_useful_unasked_one_comes_first_and_never_a_sensitive_one(joe, lena, questions):
    assert next_question(joe, lena.principal()) == questions[0]
    for question in questions:
        told(joe, question, "Yes", lena)
    assert next_question(joe, lena.principal()) is None


def test_a_guess_goes_before_what_contradicts_that_before_what_is_old_that_before_what_nobody_asked(
        joe, lena, questions):
    told(joe, questions[1], "Old", lena, days=90)
    told(joe, questions[2], "This", lena)
    told(joe, questions[2], "That", lena, provenance=OBSERVED)
    guess = told(joe, questions[3], "Perhaps", lena, provenance=GUESSED)
    found = []
    for _contact in range(4):
        finding = next_finding(joe, lena.principal())
        found.append((finding.why, finding.question))
        Asked.note(joe, finding.question, NEVER, by=lena.person)
        asked_before(days=1)
    assert found == [("guess", questions[3]), ("contradiction", questions[2]), ("stale", questions[1]),
                     ("unasked", questions[0])]
    assert guess.provenance == GUESSED


@pytest.mark.parametrize("outcome", ["answered", "not now", "never"])
def test_after_one_there_is_none_at_this_contact_whatever_came_of_it(joe, lena, admin, questions, outcome):
    Asked.note(joe, questions[0], outcome, by=lena.person)
    assert next_question(joe, lena.principal()) is None
    assert next_question(joe, admin.principal()) is None
    asked_before(days=1)
    assert next_question(joe, lena.principal()) == questions[1]


def test_what_was_put_off_rests_for_two_weeks_and_never_rests_for_good(joe, lena, questions):
    Asked.note(joe, questions[0], NOT_NOW, by=lena.person)
    Asked.note(joe, questions[1], NEVER, by=lena.person)
    asked_before(days=13)
    assert next_question(joe, lena.principal()) == questions[2]
    asked_before(days=15)
    assert next_question(joe, lena.principal()) == questions[0]
    Asked.note(joe, questions[0], NEVER, by=lena.person)
    asked_before(days=4000)
    assert next_question(joe, lena.principal()) == questions[2]


def test_retired_questions_and_sets_are_not_asked(joe, lena, questions):
    questions[0].retire()
    assert next_question(joe, lena.principal()) == questions[1]
    questions[1].set.retire()
    assert next_question(joe, lena.principal()) is None


def test_a_set_that_is_not_for_everyone_waits_until_it_was_begun(joe, lena):
    seller = QuestionSet.make("Seller")
    first, second = seller.add(words="First?"), seller.add(words="Second?")
    assert next_question(joe, lena.principal()) is None
    told(joe, first, "Yes", lena)
    assert next_question(joe, lena.principal()) == second


def test_a_set_about_organisations_is_not_asked_of_people(joe, lena):
    QuestionSet.make("Firm", for_kind="organisation", of_everyone=True).add(words="How many work there?")
    assert next_question(joe, lena.principal()) is None


def test_whoever_was_merged_counts_as_asked(joe, ryan, lena, questions):
    Asked.note(ryan, questions[0], NEVER, by=lena.person)
    asked_before(days=1)
    merging.merge(joe, ryan, by=lena.person)
    joe.refresh_from_db()
    assert next_question(joe, lena.principal()) == questions[1]


def test_only_members_find_out(joe, questions):
    assert next_question(joe, ANONYMOUS) is None
    assert next_question(joe, Principal(kind="person", person_id=joe.id)) is None
