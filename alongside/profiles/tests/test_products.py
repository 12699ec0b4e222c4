"""Two products of one maker are told apart: each has answers of its own, and its maker is asked about either."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alongside.events.models import Event
from alongside.people import belongings, correcting, merging, timeline
from alongside.people.belongings import ANONYMISE, DELETE
from alongside.profiles import knowing
from alongside.profiles.finding_out import next_finding
from alongside.profiles.models import GUESSED, NEVER, OBSERVED, TOLD, Answer, Asked, Product, QuestionSet

pytestmark = pytest.mark.django_db


@pytest.fixture
def best_at():
    """What a product is best at, asked of every product."""
    return QuestionSet.make("Product", for_kind="product", of_everyone=True).add(words="Best at?", lasts_days=100)


@pytest.fixture
def rye(joe, lena):
    """Joe's rye loaf."""
    return Product.write_down("Rye loaf", joe, by=lena.person, code="RY-1")


@pytest.fixture
def wheat(joe, lena):
    """And his wheat loaf."""
    return Product.write_down("Wheat loaf", joe, by=lena.person)


def told(subject, question, value, by, provenance=TOLD, days=0):
    at = timezone.now() - timedelta(days=days)
    return Answer.give(subject, question, value, provenance=provenance, by=by.person, at=at)


def test_each_has_its_own_answers_and_its_maker_none_of_them(joe, lena, rye, wheat, best_at):
    of_rye = told(rye, best_at, "Keeping a week", lena)
    of_wheat = told(wheat, best_at, "Toast", lena)
    assert knowing.about(rye, best_at).answers == [of_rye]
    assert knowing.about(wheat, best_at).answers == [of_wheat]
    assert knowing.about(joe, best_at).answers == []
    assert [sheet.subject for sheet in knowing.with_products(joe)] == [rye, wheat]
    assert knowing.sheets(joe) == []


def test_one_may_contradict_itself_and_go_out_of_date_beside_one_that_does_not(lena, admin, rye, wheat, best_at):
    first = told(rye, best_at, "Keeping a week", lena, days=200)
    second = told(rye, best_at, "Soup", admin, provenance=OBSERVED, days=150)
    told(wheat, best_at, "Toast", lena)
    of_rye, of_wheat = knowing.about(rye, best_at), knowing.about(wheat, best_at)
    assert (of_rye.first, of_rye.beside, of_rye.is_stale) == (second, [first], True)
    assert not of_wheat.is_contradictory and not of_wheat.is_stale
    first.choose(by=lena.person)
    assert knowing.about(rye, best_at).answers == [first]
    assert len(knowing.about(wheat, best_at).answers) == 1


def test_an_answer_is_about_one_thing(joe, rye, best_at):
    for about in ({}, {"person": joe, "product": rye}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(question=best_at, words="?", value="x", provenance=TOLD, **about)


def test_its_makers_word_stands_first(joe, lena, rye, best_at):
    told(rye, best_at, "Soup", lena)
    own = Answer.give(rye, best_at, "Keeping a week", provenance=TOLD, by=joe, at=timezone.now() - timedelta(days=9))
    assert own.is_own and knowing.about(rye, best_at).first == own


def test_a_set_about_products_is_asked_of_products_only(joe, lena, rye, best_at):
    QuestionSet.make("Buyer", of_everyone=True).add(words="Why early?")
    assert [sheet.set.name for sheet in knowing.sheets(joe)] == ["Buyer"]
    assert [sheet.set.name for sheet in knowing.sheets(rye)] == ["Product"]


def test_at_the_makers_next_contact_one_question_is_offered_theirs_or_of_what_they_make(joe, lena, rye, wheat, best_at):
    early = QuestionSet.make("Buyer", of_everyone=True).add(words="Why early?")
    told(wheat, best_at, "Toast", lena, provenance=GUESSED)
    found = []
    for _contact in range(3):
        finding = next_finding(joe, lena.principal())
        found.append((finding.why, finding.subject, finding.question))
        Asked.note(finding.subject, finding.question, NEVER, by=lena.person)
        assert next_finding(joe, lena.principal()) is None
        Asked.objects.update(at=timezone.now() - timedelta(days=1))
    assert found == [("guess", wheat, best_at), ("unasked", joe, early), ("unasked", rye, best_at)]
    assert next_finding(joe, lena.principal()) is None


def test_of_what_is_made_no_more_nobody_is_asked(joe, lena, rye, best_at):
    assert next_finding(rye, lena.principal()).question == best_at
    rye.retire(by=lena.person)
    assert next_finding(joe, lena.principal()) is None
    rye.bring_back(by=lena.person)
    assert next_finding(joe, lena.principal()).subject == rye


def test_to_ask_costs_the_same_whether_one_or_twenty_are_made(joe, lena, rye, best_at, django_assert_num_queries):
    for number in range(20):
        told(Product.write_down(f"Loaf {number}", joe, by=lena.person), best_at, "Toast", lena)
    principal = lena.principal()
    with django_assert_num_queries(5):
        next_finding(joe, principal)


def test_it_is_found_by_the_beginnings_of_its_words_and_its_code_in_any_script(joe, lena, rye, wheat):
    bread = Product.write_down("Ржаной хлеб", joe, by=lena.person)

    def found(words):
        return set(Product.objects.beginning_with(words))

    assert (found("loaf"), found("LO ry"), found("ry-1"), found("rzhanoi")) == ({rye, wheat}, {rye}, {rye}, {bread})
    assert (found(""), found("oaf")) == (set(), set())
    rye.change(by=lena.person, name="Dark loaf", code="", maker=joe)
    assert (found("ry"), found("dark")) == (set(), {rye})


def test_the_makers_timeline_tells_of_it_and_of_what_was_learned(joe, lena, rye, best_at):
    told(rye, best_at, "Soup", lena)
    entries, _after = timeline.page(joe, lena.principal())
    assert [entry.template for entry in entries if "profiles" in entry.template] == [
        "profiles/timeline_entry.html", "profiles/product_entry.html"]
    assert Event.objects.get(kind="profiles.answered").data["product"] == rye.id
    rye.withdraw(by=joe)
    entries, _after = timeline.page(joe, lena.principal())
    assert not [entry for entry in entries if "profiles" in entry.template]


def test_parting_a_merging_gives_a_product_back_and_asks_whose_a_newer_one_is(joe, ryan, lena, rye, best_at):
    merged = merging.merge(ryan, joe, by=lena.person)
    for person in (joe, ryan):
        person.refresh_from_db()
    told(rye, best_at, "Soup", lena)
    cake = Product.write_down("Cake", joe, by=lena.person)
    assert set(Product.objects.of(ryan)) == {rye, cake}
    asked = {each.belonging: [each.item.id] for each in merging.later(merged) if each.belonging == "products"}
    assert asked == {"products": [cake.id]}
    merging.unmerge(merged, by=lena.person, theirs=asked)
    joe.refresh_from_db()
    assert set(Product.objects.of(joe)) == {rye, cake}
    assert knowing.about(rye, best_at).first.value == "Soup"


def test_everything_held_of_its_maker_names_the_product(joe, rye, best_at, lena):
    told(rye, best_at, "Soup", lena)
    Asked.note(rye, best_at, NEVER, by=lena.person)
    held = {name: belongings.named(name) for name in ("products", "profiles")}
    assert [(each.what, each.value) for name in held for each in held[name].held([joe.id])] == [
        ("What they make or bring", "Rye loaf RY-1"), ("Rye loaf: Best at?", "Soup")]
    assert [part["product"] for part in held["profiles"].export([joe.id])] == ["Rye loaf", "Rye loaf"]
    assert held["products"].export([joe.id])[0]["code"] == "RY-1"


@pytest.mark.parametrize("how", [DELETE, ANONYMISE])
def test_it_goes_with_its_maker(joe, ryan, lena, rye, best_at, how):
    told(rye, best_at, "Soup", lena)
    told(Product.write_down("Tea", ryan, by=lena.person), best_at, "Rain", lena)
    for name in ("profiles", "products"):
        assert belongings.named(name).erase([joe.id], how)
    assert [product.name for product in Product.objects.all()] == ["Tea"]
    assert [answer.value for answer in Answer.objects.all()] == ["Rain"]


def test_its_maker_puts_right_its_name_and_what_is_known_of_it(joe, ryan, lena, rye, wheat, best_at):
    told(rye, best_at, "Soup", lena)
    told(wheat, best_at, "Soup", lena)
    products, answers = correcting.named("products"), correcting.named("profiles")
    line = next(line for line in answers.lines(joe) if line.what.startswith("Rye"))
    assert answers.correct(joe, line.id, "Keeping a week")
    assert knowing.about(rye, best_at).first.value == "Keeping a week"
    assert knowing.about(wheat, best_at).first.value == "Soup"
    assert not answers.correct(ryan, line.id, "Mine") and not products.correct(ryan, rye.id, "Mine")
    assert [line.value for line in products.lines(joe)] == ["Rye loaf", "Wheat loaf"]
    assert products.correct(joe, rye.id, "Dark loaf") and products.correct(joe, wheat.id, " ")
    with pytest.raises(ValueError, match="120"):
        products.correct(joe, rye.id, "x" * 121)
    assert [product.name for product in Product.objects.all()] == ["Dark loaf"]
    assert {answer.product for answer in Answer.objects.all()} == {rye}


def test_answers_that_hung_on_makers_are_carried_over_to_one_product_each(joe, ryan, lena):
    made = QuestionSet.objects.create(key="product", name="Product profile", for_kind="product")
    what, care = made.add(words="What is it?", key="what"), made.add(words="How to care?")
    early = QuestionSet.make("Buyer").add(words="Why early?")
    for person, question, value in ((joe, what, "A rye  loaf"), (joe, care, "Dry"), (joe, early, "To read"),
                                    (ryan, care, "Cool")):
        told(person, question, value, lena, days=9)
    Asked.note(joe, care, NEVER, by=lena.person)
    import_module("alongside.profiles.migrations.0002_products").carry_over(apps, connection.schema_editor())
    loaf, other = Product.objects.order_by("maker")
    assert [(each.name, each.maker) for each in (loaf, other)] == [("A rye loaf", joe), ("Product profile", ryan)]
    assert {answer.value for answer in Answer.objects.of(loaf)} == {"A rye  loaf", "Dry"}
    assert [answer.value for answer in Answer.objects.of(joe)] == ["To read"]
    assert Asked.objects.get().product == loaf
    assert Product.objects.beginning_with("rye").get() == loaf
    made.refresh_from_db()
    assert made.of_everyone
