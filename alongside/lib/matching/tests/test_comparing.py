"""Two records, field by field, and what is made of them."""

import pytest

from alongside.lib.matching import comparing as c
from alongside.lib.matching.finding import find, why
from alongside.lib.matching.judging import ASK, SAME
from alongside.lib.matching.plain import day, email, halves, phone, place, plain, words

JOE = {"given_name": "Joseph", "surname": "Okafor", "date_of_birth": "1980-05-17", "phone": "+49 30 901820",
       "email": "joe@example.org", "street": "6 Mill Street", "postcode": "10115", "city": "Berlin"}


def seen(one: dict, other: dict) -> dict:
    """The levels in words."""
    levels = c.compare(plain(one), plain(other))
    return {name: c.LEVELS[level] for name, level in zip(c.COMPARED, levels, strict=True) if level}


@pytest.mark.parametrize("one, other, level", [
    ("Joseph", "joseph", "exact"), ("Joseph", "Joe", "nickname"), ("Joseph", "Jospeh", "near"),
    ("Joseph", "J.", "initial"), ("Joseph", "K.", "other"), ("Joseph", "Mary", "other"), ("Zoë", "Zoe", "exact"),
    ("Мария", "Mariya", "exact"), ("Joseph", "", None), ("דוד", "David", "exact"), ("משה", "Moshe", "nickname"),
    ("محمد", "Muhammad", "nickname"), ("سعيد", "Saeed", "nickname"), ("אלמוג", "Almog", "alike"),
])
def test_given_names(one, other, level):
    assert seen({"given_name": one}, {"given_name": other}).get("given_name") == level


@pytest.mark.parametrize("one, other, level", [
    ("1980-05-17", "17.5.1980", "exact"), ("19800517", "17 May 1980", "exact"), ("1980-05-07", "1980-07-05", "swapped"),
    ("1980-05-17", "1980-05-18", "near"), ("1980-05-17", "1955-05-17", "alike"), ("1980-05-17", "1955-11-02", "other"),
])
def test_dates(one, other, level):
    assert seen({"date_of_birth": one}, {"date_of_birth": other})["date_of_birth"] == level


def test_given_and_family_name_the_other_way_round():
    levels = seen({"given_name": "Ryan", "surname": "Okafor"}, {"given_name": "Okafor", "surname": "Ryan"})
    assert levels == {"given_name": "swapped", "surname": "swapped"}


def test_a_shared_surname_in_the_wrong_column_is_no_given_name():
    levels = seen({"given_name": "Ada", "surname": "Okafor"}, {"given_name": "Okafor", "surname": ""})
    assert levels["given_name"] == "other"


def test_writings_of_one_thing_are_equal():
    assert phone("030 901820") == phone("+49 30 901820") != phone("030 901821")
    assert email("Joe+shop@Example.org") == email("joe@example.org")
    assert place("6 Mill St.", "") == place("Mill Street", "6") == ("6", "mill street")
    assert halves("Okafor, Joe") == halves("Joe Okafor") == ("joe", "okafor")
    assert words("Dr. Zoë O’Neil-Ray") == "zoe oneil ray"
    assert day("never") == phone("12") == email("not a mail") == ""


def test_another_mail_is_written_nearly_so_only_within_one_letter():
    def level(one, other):
        return seen({"email": one}, {"email": other})["email"]

    assert level("joseph@example.org", "josef@example.org") == "other"
    assert level("joseph@example.org", "joseh@example.org") == "near"
    assert level("joseph@example.org", "joseph@post.example") == "alike"


def known(now: dict, *older: dict):
    """Somebody with what is said of them now, and what else is known."""
    return plain(now)._replace(older=tuple(plain(row) for row in older))


OLD = {"street": "12 Linden Road", "postcode": "20095", "city": "Hamburg"}


def test_the_nearest_of_all_homes_and_numbers_count():
    one = known(JOE, OLD, {"phone": "+49 40 123456"}, {"email": "okafor@work.example"})
    other = known({**JOE, **OLD, "phone": "", "email": "joe.o@else.example"}, {"phone": "040 123456"})
    levels = dict(zip(c.COMPARED, c.compare(*c.closest(one, other)), strict=True))
    assert levels["street"] == levels["area"] == levels["phone"] == c.EXACT and levels["email"] == c.OTHER


def test_that_older_ones_differ_says_nothing_against():
    one, other = known(JOE, OLD, {"phone": "+49 40 123456"}), known(JOE, {"street": "3 Hill Lane", "city": "Bonn"})
    assert c.compare(*c.closest(one, other)) == c.compare(plain(JOE), plain(JOE))
    apart = {**JOE, "street": "3 Hill Lane", "postcode": "53111", "city": "Bonn"}
    assert c.compare(*c.closest(one, plain(apart))) == c.compare(plain(JOE), plain(apart))


def test_another_card_says_nothing():
    assert seen({**JOE, "card": "LC-1"}, {**JOE, "card": "LC-2"}) == seen(JOE, JOE)
    assert seen({"card": "LC-1"}, {"card": "lc 1"}) == {"card": "exact"}


def among(*rows):
    """What is found among these (rows, or people as `known` makes them) and two hundred others."""
    others = [
        {"given_name": f"given{at}", "surname": f"family{at * 7}", "date_of_birth": f"19{at % 90 + 10}0{at % 9 + 1}11",
         "phone": f"0307{at:06d}", "street": f"{at} Side Street", "postcode": f"{20000 + at}"}
        for at in range(200)
    ]
    found = find([plain(row) if isinstance(row, dict) else row for row in [*rows, *others]])
    return [each for each in found if each.one < len(rows) and each.other < len(rows)]


def test_one_person_written_down_twice():
    (found,) = among(JOE, {**JOE, "given_name": "Joe", "phone": "", "street": "6 Mil Street"})
    assert found.judgement.level == SAME
    assert {"field": "given_name", "level": "nickname"}.items() <= next(
        each for each in why(found.judgement) if each["field"] == "given_name").items()


def test_a_household_is_not_one_person():
    assert among(JOE, {**JOE, "given_name": "Amara", "date_of_birth": "1983-11-02"},
                 {**JOE, "given_name": "Chidi", "date_of_birth": "2011-02-24"}) == []


def test_a_reception_is_not_one_person():
    desk = {"phone": "+49 30 555555", "email": "hello@example.org", "street": "1 Long Road", "postcode": "10117"}
    assert among({**desk, "given_name": "Vera", "surname": "Maluf"}, {**desk, "given_name": "Ugo", "surname": "Brandt"},
                 {**desk, "given_name": "Ines", "surname": "Cole"}) == []


def test_twins_and_a_son_named_like_his_father_are_never_merged_by_themselves():
    twins = among(JOE, {**JOE, "given_name": "Emeka"})
    father = among(JOE, {**JOE, "date_of_birth": "1951-09-30"})
    assert {each.judgement.level for each in [*twins, *father]} == {ASK}


def test_a_common_name_says_less_than_a_rare_one():
    crowd = [{"given_name": "Anna", "surname": "Weber", "postcode": f"{at}"} for at in range(60)]
    bits = {}
    for name in ("Weber", "Quimby"):
        pair = {"given_name": "Anna", "surname": name, "date_of_birth": "19700101"}
        found = find([plain(row) for row in [pair, dict(pair), *crowd]])
        (each,) = [each for each in found if (each.one, each.other) == (0, 1)]
        bits[name] = next(said["bits"] for said in why(each.judgement) if said["field"] == "surname")
    assert bits["Quimby"] > bits["Weber"] + 2


def test_whoever_is_one_with_a_third_is_asked_about():
    second = {**JOE, "given_name": "", "street": "", "phone": ""}
    third = {"given_name": "Joe", "surname": "Okafor", "phone": JOE["phone"], "street": JOE["street"],
             "postcode": JOE["postcode"], "city": JOE["city"]}
    assert {(each.one, each.other) for each in among(JOE, second, third)} == {(0, 1), (0, 2), (1, 2)}


@pytest.mark.parametrize("mark", [{"phone": "040 123456"}, {"email": "second@post.example"}, {"card": "LC-0042"}, OLD])
def test_who_agrees_in_something_older_is_found_by_it(mark):
    now = {"given_name": "Joseph", "surname": "Okafor", "phone": "030 777777", "street": "1 New Way", "city": "Bonn"}
    then = {"given_name": "Joe", "surname": "Okafor", **mark}
    assert among(now, then) == []
    (found,) = among(known(now, {"phone": "0221 55555"}, mark), then)
    assert found.judgement.score > 0


def test_two_meet_once_however_much_they_share():
    older = [{"phone": "040 123456"}, {"phone": "040 654321", "email": "second@post.example"}, OLD]
    assert len(among(known(JOE, *older), known({**JOE, "given_name": "Joe"}, *older))) == 1
