"""The usual: what is learned from what somebody had, and how often that is right."""

import pytest

from alongside.moments.trying import try_usual
from alongside.moments.usual import Usual, learn, order_key


def test_nothing_is_guessed_after_one_visit():
    assert learn([]) is None
    assert learn(["Flat white"]) is None


def test_two_that_differ_say_nothing_yet():
    assert learn(["Tea", "Flat white"]) is None


def test_the_same_twice_is_a_usual_with_its_evidence():
    assert learn(["Flat white", "Flat white"]) == Usual("Flat white", 2, 2)


def test_four_of_the_last_five():
    assert learn(["Flat white", "Tea", "Flat white", "Flat white", "Flat white"]) == Usual("Flat white", 4, 5)


def test_the_words_are_those_of_the_last_time():
    assert learn(["flat white,  cheese scone", "Cheese scone, Flat White"]) == Usual("flat white,  cheese scone", 2, 2)


def test_it_follows_somebody_who_changes():
    before = ["Flat white"] * 12
    assert learn(["Tea", *before]).words == "Flat white"
    assert learn(["Tea", "Tea", *before]).words == "Flat white"
    assert learn(["Tea"] * 4 + before) == Usual("Tea", 4, 16)


def test_old_visits_do_not_count_for_ever():
    assert learn(["Tea"] * 16 + ["Flat white"] * 400) == Usual("Tea", 16, 16)


def test_of_three_that_differ_it_is_the_last_and_says_how_little_that_is():
    assert learn(["Chai", "Tea", "Flat white"]) == Usual("Chai", 1, 3)


@pytest.mark.parametrize(("one", "other"), [
    ("Café crème", "cafe creme"), ("Tea; scone", "scone, tea"), ("  flat   white ", "Flat White"), ("红茶", "红茶 "),
])
def test_two_writings_of_one_order_are_equal(one, other):
    assert order_key(one) == order_key(other) != ""


@pytest.mark.parametrize("seed", range(5))
def test_after_three_visits_it_is_the_true_usual_of_nine_in_ten(seed):
    tried = try_usual(seed=seed, people=5000)
    assert tried.of == 5000
    assert tried.right >= 4500


def test_the_more_visits_the_better():
    rates = [try_usual(seed=7, people=3000, visits=visits).right for visits in (3, 5, 10)]
    assert rates == sorted(rates)
    assert rates[-1] >= 2850


def test_trying_is_the_same_for_the_same_seed_and_harder_for_the_fickle():
    assert try_usual(seed=3) == try_usual(seed=3)
    assert try_usual(seed=3, repeats=0.3).right < try_usual(seed=3).right / 2
