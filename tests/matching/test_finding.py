"""Many people: nobody is compared with everybody, and many cores find what one finds."""

from collections import Counter

import pytest

from alongside.lib import child
from alongside.lib.matching import blocking, finding
from alongside.lib.matching.judging import SAME
from alongside.lib.matching.plain import Plain, plain
from bench.people_twice import people

ROWS = list(people(3_000, seed=5))
PEOPLE = [plain(row) for row in ROWS]
GROUPS = [row["group"] for row in ROWS]


def test_nearly_every_second_record_is_found_and_next_to_none_wrongly():
    found = finding.find(PEOPLE)
    right = [GROUPS[each.one] == GROUPS[each.other] for each in found]
    automatic = [hit for hit, each in zip(right, found, strict=True) if each.judgement.level == SAME]
    true = sum(count * (count - 1) // 2 for count in Counter(GROUPS).values())
    assert sum(right) / true >= 0.97
    assert sum(automatic) / len(automatic) >= 0.999
    assert sum(automatic) / true > 0.7


def test_nothing_is_learnt_from_ids_or_truth():
    turned = [each for each in reversed(PEOPLE)]
    last = len(PEOPLE) - 1
    first = {(each.one, each.other): each.judgement.level for each in finding.find(PEOPLE)}
    again = {(last - each.other, last - each.one): each.judgement.level for each in finding.find(turned)}
    same = sum(again.get(pair) == level for pair, level in first.items())
    assert same / len(first) > 0.97


def worth_comparing(people: list[Plain]) -> list[tuple[int, int]]:
    """Who shares a key."""
    rows = blocking.rows(people)
    return list(blocking.pairs(blocking.blocks(rows, blocking.numbers(rows))))


def test_each_two_are_compared_once_and_few_are():
    pairs = worth_comparing(PEOPLE)
    assert len(pairs) == len(set(pairs)) < len(PEOPLE) * 10


def test_ten_thousand_of_one_name_do_not_make_a_block():
    crowd = [Plain("anna", "weber", *[""] * 11)] * 10_000
    assert worth_comparing(crowd) == []


def test_processes_find_what_one_finds():
    alone, together, shares = asked_in_a_child("on_two_cores")
    assert together == alone and len(alone) > 100
    assert shares == sorted(shares) and shares[-1] == 1


def test_a_helper_that_the_system_ends_is_said_and_not_waited_for():
    with pytest.raises(child.Failed, match="BrokenProcessPool"):
        asked_in_a_child("with_a_helper_that_is_ended")


def asked_in_a_child(function: str):
    """What a function of `in_a_child` answers from a process without threads, as the product's own look has one."""
    pool = child.Pool(size=1)
    try:
        return pool.call(f"tests.matching.in_a_child.{function}", ROWS, limits=child.Limits(seconds=60))
    finally:
        pool.close()


@pytest.mark.parametrize("rows", [[], [{"given_name": "Ada"}], [{"given_name": "Ada"}, {"phone": "123456"}]])
def test_too_few_to_compare(rows):
    assert finding.find([plain(row) for row in rows]) == []
