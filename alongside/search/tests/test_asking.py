"""Phrases, words to leave out, beginnings, and what is no filter."""

import pytest

from alongside.lib.principal import Principal
from alongside.profiles.models import Product
from alongside.search.finding import find
from alongside.search.parsing import parse


@pytest.fixture
def said(speaks, says, joe):
    speaks("en")
    says(joe, "flat white coffee")
    says(joe, "white flat tyre")


def test_words_in_any_order_newest_first(said, texts, owner):
    assert texts(owner, "white flat ") == ["white flat tyre", "flat white coffee"]


def test_a_phrase_keeps_its_order(said, texts, owner):
    assert texts(owner, '"flat white"') == ["flat white coffee"]
    assert texts(owner, "“flat white”") == ["flat white coffee"]


def test_a_word_can_be_left_out(said, texts, owner):
    assert texts(owner, "flat -tyre") == ["flat white coffee"]
    assert texts(owner, '-"white flat"') == ["flat white coffee"]


def test_the_last_word_may_be_unfinished(said, texts, owner):
    assert texts(owner, "flat cof") == ["flat white coffee"]
    assert texts(owner, "fla coffee ") == []


@pytest.mark.parametrize("odd", ["", "   ", '"', '""', "-", ":", "from:", "'); DROP TABLE x; --", "a&b|c!d:*<->'\\",
                                 "\0", "((((", "%s %(x)s %", "😀", "from:\"", "x" * 3000, "-- /* */"])  # fmt: skip
def test_nothing_that_is_typed_breaks_it(said, owner, odd):
    found = find(owner.principal(), odd)
    assert found.hits == [] or "-" in odd


def test_a_word_before_a_colon_that_is_no_filter_is_a_word(said, texts, owner):
    query = parse("colour:white")
    assert query.unknown == ["colour"]
    assert [word for term in query.terms for word, _ in term.words] == ["colour", "white"]
    assert not parse("https://cafe.example").filters and not parse("10:30").unknown


def test_people_come_first_by_name_address_and_what_matters(speaks, joe, ryan, owner):
    speaks("en")
    joe.describe(by=owner.person, what_matters="His puppy is called Biscuit")
    from alongside.events.delivery import deliver_all

    deliver_all()
    for words in ("jo", "hallam", "joe@hal", "joe hall", "puppies "):
        assert [person.name for person in find(owner.principal(), words).people] == ["Joe"], words
    assert find(owner.principal(), "-joe").people == []


def test_products_stand_beside_people_by_name_and_code(speaks, joe, lena, owner, signed_in):
    speaks("en")
    rye = Product.write_down("Rye loaf", joe, by=lena.person, code="RY-1")
    for words in ("rye", "loa", "ry-1"):
        assert find(owner.principal(), words).products == [rye]
    assert find(owner.principal(), "rye from:joe").products == find(owner.principal(), "wheat").products == []
    assert find(Principal(kind="person", person_id=joe.id), "rye").products == []
    page = signed_in(owner).get("/search?q=rye").content.decode()
    assert f'href="/products/{rye.id}"' in page and "Nothing with these words" not in page


def test_pages_follow_each_other_without_gap_or_overlap(speaks, says, texts, joe, owner):
    speaks("en")
    for number in range(7):
        says(joe, f"coffee number {number}")
    texts(owner, "coffee ")
    seen, cursor = [], None
    while True:
        found = find(owner.principal(), "coffee ", 3, cursor=cursor)
        seen += [hit.text for hit in found.hits]
        cursor = found.next_cursor
        if not cursor:
            break
    assert seen == [f"coffee number {number}" for number in reversed(range(7))]


def test_who_has_no_name_is_shown_by_their_address(speaks, says, texts, owner, db):
    from alongside.people.models import Person

    speaks("en")
    says(Person.meet(email="someone@elsewhere.example"), "coffee")
    texts(owner, "coffee")
    hit = find(owner.principal(), "coffee").hits[0]
    assert (hit.author, hit.person) == ("someone@elsewhere.example", "someone@elsewhere.example")
