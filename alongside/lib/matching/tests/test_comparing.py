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
    ("Мария", "Mariya", "exact"), ("Joseph", "", None),
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


def among(*rows: dict):
    """What is found among these and two hundred others."""
    others = [
        {"given_name": f"given{at}", "surname": f"family{at * 7}", "date_of_birth": f"19{at % 90 + 10}0{at % 9 + 1}11",
         "phone": f"0307{at:06d}", "street": f"{at} Side Street", "postcode": f"{20000 + at}"}
        for at in range(200)
    ]
    found = find([plain(row) for row in [*rows, *others]])
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
