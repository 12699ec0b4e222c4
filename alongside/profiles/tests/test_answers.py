"""Answers stand beside each other, say how they are known, and are never overwritten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.events.models import Event
from alongside.people import merging
from alongside.people.models import Person
from alongside.profiles import knowing
from alongside.profiles.models import GUESSED, OBSERVED, TOLD, VERIFIED, Answer, QuestionSet, values

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer():
    """A set with one question of each kind."""
    made = QuestionSet.make("Buyer", of_everyone=True)
    made.add(words="Why do they come early?", key="early", lasts_days=100)
    made.add(words="Which milk?", key="milk", kind="choice", choices=["Oat", "Whole"])
    made.add(words="For whom?", key="whom", kind="many", choices=["Children", "Guests"])
    made.add(words="How many?", key="many", kind="number")
    made.add(words="Which day?", key="day", kind="date")
    made.add(words="Surprises?", key="surprise", kind="yes-no")
    return made


@pytest.fixture
def early(buyer):
    """Why they come early."""
    return buyer.questions.get(key="early")


def ago(days):
    return timezone.now() - timedelta(days=days)


def test_a_guess_becomes_told_and_keeps_that_it_was_one(joe, lena, admin, early):
    guess = Answer.give(joe, early, "To read before the bus", provenance=GUESSED, by=admin.person, at=ago(300))
    assert knowing.about(joe, early).is_guess and guess.is_stale
    guess.confirm(by=lena.person)
    guess.refresh_from_db()
    assert (guess.provenance, guess.was, guess.confirmed_by, guess.by) == (TOLD, GUESSED, lena.person, admin.person)
    assert not guess.is_stale and not knowing.about(joe, early).is_guess
    events = Event.objects.filter(subject_id=joe.id, kind__startswith="profiles.").order_by("id")
    assert [event.kind for event in events] == ["profiles.answered", "profiles.answer_confirmed"]


def test_to_confirm_never_makes_less_sure(joe, lena, early):
    answer = Answer.give(joe, early, "To read", provenance=VERIFIED, by=lena.person)
    answer.confirm(by=lena.person, how=TOLD)
    assert answer.provenance == VERIFIED


def test_two_answers_stand_side_by_side_until_one_is_chosen(joe, lena, admin, early):
    first = Answer.give(joe, early, "To read", provenance=TOLD, by=lena.person, at=ago(5))
    second = Answer.give(joe, early, "The bus", provenance=OBSERVED, by=admin.person, at=ago(3))
    known = knowing.about(joe, early)
    assert (known.first, known.beside) == (second, [first])
    first.choose(by=lena.person)
    known = knowing.about(joe, early)
    assert (known.first, known.beside, known.history) == (first, [], [second])
    assert Answer.objects.get(pk=second.pk).settled_by == lena.person


def test_an_older_guess_stands_behind_what_they_told(joe, lena, early):
    guess = Answer.give(joe, early, "The bus", provenance=GUESSED, by=lena.person, at=ago(9))
    told = Answer.give(joe, early, "To read", provenance=TOLD, by=joe)
    known = knowing.about(joe, early)
    assert (known.first, known.beside, known.rests_upon) == (told, [], [guess])


def test_a_newer_guess_does_not_stand_before_what_was_told_but_beside_it(joe, lena, early):
    told = Answer.give(joe, early, "To read", provenance=TOLD, by=lena.person, at=ago(9))
    guess = Answer.give(joe, early, "The bus", provenance=GUESSED, by=lena.person)
    known = knowing.about(joe, early)
    assert (known.first, known.beside) == (told, [guess])


def test_who_agrees_contradicts_nobody(joe, lena, admin, early):
    Answer.give(joe, early, "To read", provenance=TOLD, by=lena.person)
    Answer.give(joe, early, "To read", provenance=OBSERVED, by=admin.person)
    assert not knowing.about(joe, early).is_contradictory


def test_who_says_it_again_makes_it_younger_and_no_second_one(joe, lena, early):
    old = Answer.give(joe, early, "To read", provenance=TOLD, by=lena.person, at=ago(300))
    assert old.is_stale
    assert Answer.give(joe, early, "To read", provenance=TOLD, by=lena.person) == old
    old.refresh_from_db()
    assert not old.is_stale and Answer.objects.count() == 1


def test_their_own_correction_stands_first_and_the_rest_is_history(joe, lena, early):
    seen = Answer.give(joe, early, "The bus", provenance=VERIFIED, by=lena.person)
    right = seen.correct(by=joe, value="To see the light come up")
    known = knowing.about(joe, early)
    assert (known.first, known.beside, known.history) == (right, [], [seen])
    assert right.provenance == TOLD and right.is_own
    Answer.give(joe, early, "The bus", provenance=OBSERVED, by=lena.person)
    assert knowing.about(joe, early).first == right


def test_a_correction_that_the_question_does_not_take_changes_nothing(joe, lena, buyer):
    milk = Answer.give(joe, buyer.questions.get(key="milk"), "Oat", provenance=TOLD, by=lena.person)
    with pytest.raises(values.NotAnAnswer):
        milk.correct(by=joe, value="Goat")
    assert Answer.objects.get().is_current


def test_what_a_member_takes_back_stays_as_history_and_what_its_person_does_leaves_nothing(joe, lena, early):
    mine = Answer.give(joe, early, "To read", provenance=GUESSED, by=lena.person)
    theirs = Answer.give(joe, early, "The bus", provenance=TOLD, by=lena.person)
    mine.withdraw(by=lena.person)
    theirs.withdraw(by=joe)
    assert knowing.about(joe, early).first is None
    assert sorted(Answer.objects.values_list("value", flat=True)) == ["", "To read"]


def test_an_answer_keeps_the_words_it_answered(joe, lena, early):
    answer = Answer.give(joe, early, "To read", provenance=TOLD, by=lena.person)
    early.change(words="What draws them in at seven?")
    answer.refresh_from_db()
    assert answer.words == "Why do they come early?"
    assert knowing.about(joe, early).question.words == "What draws them in at seven?"


def test_merging_shows_both_and_parting_gives_each_their_own(joe, ryan, lena, early):
    of_joe = Answer.give(joe, early, "To read", provenance=TOLD, by=lena.person)
    of_ryan = Answer.give(ryan, early, "The bus", provenance=TOLD, by=lena.person)
    merged = merging.merge(joe, ryan, by=lena.person)
    joe.refresh_from_db()
    assert set(knowing.about(joe, early).answers) == {of_joe, of_ryan}
    merging.unmerge(merged, by=lena.person)
    joe.refresh_from_db()
    ryan.refresh_from_db()
    assert knowing.about(joe, early).answers == [of_joe]
    assert knowing.about(ryan, early).answers == [of_ryan]


@pytest.mark.parametrize("key, given, kept", [
    ("early", "  To read\0 ", "To read"), ("milk", "Oat", "Oat"), ("whom", ["Children", "Guests"], "Children\nGuests"),
    ("many", "1 234,50", "1234.5"), ("many", "0", "0"), ("day", "2026-02-14", "2026-02-14"), ("surprise", "no", "no"),
])  # fmt: skip
def test_each_kind_takes_its_answer(buyer, key, given, kept):
    assert values.checked(buyer.questions.get(key=key), given) == kept


@pytest.mark.parametrize("key, given", [
    ("early", "  "), ("early", "x" * (values.MOST_LETTERS + 1)), ("milk", "Goat"),
    ("whom", ["Children", "Cats"]), ("whom", []),
    ("many", "seven"), ("many", "NaN"), ("many", "1e999"), ("day", "14.2."), ("surprise", "maybe"),
])  # fmt: skip
def test_and_no_other(buyer, key, given):
    with pytest.raises(values.NotAnAnswer):
        values.checked(buyer.questions.get(key=key), given)


def test_a_value_reads_in_the_readers_words_whatever_the_question_became(buyer):
    assert values.shown(buyer.questions.get(key="day"), "2026-02-14") == "14 February 2026"
    assert values.shown(buyer.questions.get(key="day"), "in spring") == "in spring"
    assert values.shown(buyer.questions.get(key="whom"), "Children\nGuests") == "Children, Guests"
    assert values.shown(buyer.questions.get(key="surprise"), "yes") == "Yes"


@pytest.fixture
def joseph(joe, lena, early, buyer):
    """Joe once more, of whom something else was answered than of Joe; but the same of the milk."""
    other = Person.meet(called="Joseph")
    Answer.give(joe, early, "To read", provenance=TOLD, by=lena.person, at=ago(9))
    Answer.give(other, early, "The bus", provenance=TOLD, by=lena.person, at=ago(3))
    for each in (joe, other):
        Answer.give(each, buyer.questions.get(key="milk"), "Oat", provenance=TOLD, by=lena.person)
    return other


def test_contrary_answers_are_named_before_a_merging_and_stand_side_by_side_after_it(
        joe, joseph, lena, early, signed_in):
    client = signed_in(lena)
    page = client.get(f"/people/{joe.id}/merging/{joseph.id}").content.decode()
    assert "Why do they come early?" in page and "To read" in page and "The bus" in page and "Which milk?" not in page
    client.post(f"/people/{joe.id}/merging/{joseph.id}")
    known = knowing.about(Person.objects.get(pk=joe.pk), early)
    assert (known.first.value, [each.value for each in known.beside]) == ("The bus", ["To read"])
    assert "Something else was said, too." in client.get(f"/people/{joe.id}").content.decode()


def test_an_answer_that_gave_way_to_one_of_the_other_holds_again_once_they_are_two(joe, joseph, lena, early):
    merged = merging.merge(joe, joseph, by=lena.person)
    Answer.objects.get(value="The bus").choose(by=lena.person)
    assert knowing.about(Person.objects.get(pk=joe.pk), early).beside == []
    merging.unmerge(merged, by=lena.person)
    assert knowing.about(Person.objects.get(pk=joe.pk), early).first.value == "To read"
    assert knowing.about(Person.objects.get(pk=joseph.pk), early).first.value == "The bus"


def test_what_one_of_them_was_asked_about_within_stays_as_it_was_chosen(joe, joseph, lena, early):
    older = Answer.give(joe, early, "Quiet", provenance=TOLD, by=lena.person, at=ago(20))
    merged = merging.merge(joe, joseph, by=lena.person)
    older.choose(by=lena.person)
    merging.unmerge(merged, by=lena.person)
    assert [each.value for each in Answer.objects.of(joe).current().filter(question=early)] == ["Quiet"]
