"""Products as a member sees and uses them without a script: the list, a page of their own, writing one down."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.people import merging
from alongside.people.models import Person
from alongside.profiles import listing
from alongside.profiles.models import NEVER, OBSERVED, TOLD, VERIFIED, Answer, Asked, Product, QuestionSet

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


@pytest.fixture
def best_at():
    """What a product is best at, and how it is asked."""
    made = QuestionSet.make("Product", for_kind="product", of_everyone=True)
    return made.add(words="Best at?", spoken="May I ask: what is it best at?", lasts_days=100)


@pytest.fixture
def mill(lena):
    """An organisation that makes things."""
    return Person.meet(called="Hill <b>Mill</b>", kind="organisation", by=lena.person)


@pytest.fixture
def flour(mill, lena):
    """What the mill makes."""
    return Product.write_down("Rye <i>flour</i>", mill, by=lena.person, code="R-1150")


def html(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_is_written_down_from_its_makers_page_with_a_page_of_its_own(desk, mill, lena):
    assert f"/products/new?maker={mill.id}" in html(desk.get(f"/people/{mill.id}/profile"))
    assert "Hill &lt;b&gt;Mill" in html(desk.get(f"/products/new?maker={mill.id}"))
    sent = desk.post("/products/new", {"maker": mill.id, "name": "  Spelt   flour ", "code": "S-630"})
    held = Product.objects.get()
    assert sent["Location"] == f"/products/{held.id}"
    assert (held.name, held.code, held.maker, held.by) == ("Spelt flour", "S-630", mill, lena.person)
    page = html(desk.get(f"/products/{held.id}"))
    assert f'href="/people/{mill.id}"' in page and "Hill &lt;b&gt;Mill" in page and "S-630" in page
    for there in (f"/people/{mill.id}/profile", f"/people/{mill.id}", "/products"):
        assert f'href="/products/{held.id}"' in html(desk.get(there))


def test_who_makes_it_is_looked_for(desk, joe):
    page = html(desk.get("/products/new", {"q": "joe"}))
    assert f'href="/products/new?maker={joe.id}"' in page
    assert desk.get("/products/new?maker=999999").status_code == 404
    assert desk.get("/products/new?maker=x").status_code == 404
    assert desk.post("/products/new", {"name": "Nobody's"}).status_code == 422
    assert not Product.objects.exists()


@pytest.mark.parametrize("sent", [{"name": " "}, {"name": "x" * 121}, {"name": "rye <I>FLOUR</i>"},
                                  {"name": "Spelt", "code": "x" * 61}])
def test_what_is_not_one_is_told_and_not_kept(desk, mill, flour, sent):
    answer = desk.post("/products/new", {"maker": mill.id, **sent})
    assert answer.status_code == 422 and 'class="wrong"' in answer.content.decode()
    assert Product.objects.count() == 1


def test_it_is_called_otherwise_and_given_to_another(desk, mill, flour, joe):
    path = f"/products/{flour.id}/edit"
    assert f'href="{path}?maker={joe.id}"' in html(desk.get(path, {"q": "joe"}))
    assert desk.post(path, {"maker": joe.id, "name": flour.name, "code": ""}).status_code == 302
    assert desk.post(path, {"name": "Spelt", "code": "S-630"}).status_code == 302
    flour.refresh_from_db()
    assert (flour.maker, flour.name, flour.code) == (joe, "Spelt", "S-630")


def test_its_page_shows_both_sides_their_age_and_what_to_find_out(desk, flour, mill, lena, admin, best_at):
    old = timezone.now() - timedelta(days=800)
    Answer.give(flour, best_at, "Sour <b>dough</b>", provenance=TOLD, by=mill, at=old - timedelta(days=1))
    second = Answer.give(flour, best_at, "Cake", provenance=OBSERVED, by=admin.person, from_visit=3, at=old)
    page = html(desk.get(f"/products/{flour.id}"))
    for words in ("Rye &lt;i&gt;flour", "Sour &lt;b&gt;dough", "by whoever makes it", "Also heard:", "Cake",
                  "may be out of date", "2 years ago", "We have heard both", "May I ask: what is it best at?"):
        assert words in page, words
    desk.post(f"/products/{flour.id}/find-out", {"question": best_at.id, "choose": second.id})
    assert Answer.objects.current().get() == second
    assert Asked.objects.get().person == mill


def test_an_answer_is_added_confirmed_and_taken_back(desk, flour, lena, best_at):
    path = f"/products/{flour.id}/questions/{best_at.id}"
    assert "Best at?" in html(desk.get(path))
    assert desk.post(path, {"value": "", "how": "told"}).status_code == 422
    assert desk.post(path, {"value": "Bread", "how": "observed", "visit": "3"})["Location"] == f"/products/{flour.id}"
    given = Answer.objects.get()
    assert (given.product, given.person, given.from_visit) == (flour, None, 3)
    for act in ("verify", "withdraw"):
        assert desk.post(f"/products/{flour.id}/answers/{given.id}", {"act": act}).status_code == 302
    given.refresh_from_db()
    assert given.provenance == VERIFIED and not given.is_current
    assert "taken back" in html(desk.get(f"/products/{flour.id}"))


def test_what_is_asked_of_people_is_not_asked_of_products_nor_the_other_way(desk, flour, mill, lena, best_at):
    early = QuestionSet.make("Buyer", of_everyone=True).add(words="Why early?")
    assert desk.get(f"/products/{flour.id}/questions/{early.id}").status_code == 404
    assert desk.get(f"/people/{mill.id}/profile/{best_at.id}").status_code == 404
    assert desk.post(f"/people/{mill.id}/find-out", {"question": best_at.id, "value": "x"}).status_code == 404
    given = Answer.give(flour, best_at, "Bread", provenance=TOLD, by=lena.person)
    assert desk.post(f"/people/{mill.id}/answers/{given.id}", {"act": "verify"}).status_code == 404


def test_on_the_makers_card_the_question_names_the_product_and_is_kept_with_it(desk, flour, mill, best_at):
    page = html(desk.get(f"/people/{mill.id}"))
    assert "About Rye &lt;i&gt;flour" in page and f'action="/products/{flour.id}/find-out"' in page
    sent = {"question": best_at.id, "value": "Bread", "back": f"/people/{mill.id}"}
    assert desk.post(f"/products/{flour.id}/find-out", sent)["Location"] == f"/people/{mill.id}"
    assert (Answer.objects.get().product, Asked.objects.get().person) == (flour, mill)
    desk.post(f"/products/{flour.id}/find-out", {"question": best_at.id, "outcome": NEVER})
    assert Asked.objects.latest("id").product == flour


def test_the_list_finds_by_a_few_letters_a_page_at_a_time(desk, lena, joe, flour, monkeypatch):
    monkeypatch.setattr(listing, "SIZE", 2)
    for name in ("Apple cake", "Bun", "Cake"):
        Product.write_down(name, joe, by=lena.person)
    first = html(desk.get("/products"))
    assert "Apple cake" in first and "Bun" in first and "Rye" not in first
    after = first.partition("after=")[2].partition('"')[0]
    assert "Rye &lt;i&gt;flour" in html(desk.get(f"/products?q=&after={after}"))
    found = html(desk.get("/products", {"q": "cake"}))
    assert "Apple cake" in found and "Bun" not in found
    assert "R-1150" in html(desk.get("/products", {"q": "r-11"}))
    assert "Nothing by that name" in html(desk.get("/products", {"q": "\0%"}))
    assert desk.get("/products", {"after": "made-up"}).status_code == 400


def test_a_maker_of_many_has_a_list_of_their_own(desk, lena, joe, flour, mill, monkeypatch):
    monkeypatch.setattr(listing, "SIZE", 1)
    Product.write_down("Apple cake", joe, by=lena.person)
    Product.write_down("Wheat flour", mill, by=lena.person).retire(by=lena.person)
    profile = html(desk.get(f"/people/{mill.id}/profile"))
    assert "Rye &lt;i&gt;flour" in profile and "Wheat" not in profile
    assert f'href="/products?maker={mill.id}"' in profile
    first = html(desk.get("/products", {"maker": mill.id}))
    assert "Rye" in first and "Apple" not in first
    after = first.partition("after=")[2].partition('"')[0]
    assert "made no more" in html(desk.get(f"/products?maker={mill.id}&after={after}"))
    assert desk.get("/products?maker=999999").status_code == 404


def test_the_list_asks_no_more_of_the_database_for_more_rows(desk, lena, stranger, django_assert_num_queries):
    Product.write_down("First", stranger, by=lena.person)
    desk.get("/products")
    with CaptureQueriesContext(connection) as few:
        desk.get("/products")
    for number in range(20):
        other = Person.meet(email=f"maker{number}@elsewhere.example")
        Product.write_down(f"Thing {number}", other, by=lena.person)
    with django_assert_num_queries(len(few)):
        desk.get("/products")


def test_what_is_made_no_more_is_off_the_list_and_still_found(desk, flour, mill):
    desk.post(f"/products/{flour.id}/retire")
    assert "Rye" not in html(desk.get("/products"))
    assert "made no more" in html(desk.get("/products", {"q": "rye"}))
    assert f"/products/{flour.id}" in html(desk.get(f"/people/{mill.id}/profile"))
    assert "About Rye" not in html(desk.get(f"/people/{mill.id}"))
    desk.post(f"/products/{flour.id}/retire")
    assert "Rye" in html(desk.get("/products"))


def test_whose_maker_was_merged_stands_with_who_they_are(desk, joe, ryan, lena, best_at):
    loaf = Product.write_down("Loaf", joe, by=lena.person)
    merging.merge(ryan, joe, by=lena.person)
    page = html(desk.get(f"/products/{loaf.id}"))
    assert f'href="/people/{ryan.id}"' in page
    assert f"/products/{loaf.id}" in html(desk.get(f"/people/{ryan.id}/profile"))
    desk.post(f"/products/{loaf.id}/find-out", {"question": best_at.id, "value": "Toast"})
    assert (Asked.objects.get().person, Answer.objects.get().product) == (ryan, loaf)


def test_without_questions_a_product_still_has_its_page(desk, flour):
    assert "No questions yet" in html(desk.get(f"/products/{flour.id}"))
    assert "nothing to ask" in html(desk.get(f"/products/{flour.id}/find-out"))


@pytest.mark.parametrize("page", ["/products/999999", "/products/999999/edit", "/products/999999/find-out"])
def test_what_is_not_there_is_not_there(desk, page):
    assert desk.get(page).status_code == 404


def test_a_set_keeps_what_it_is_about_once_it_was_answered(signed_in, admin, flour, best_at):
    browser, path = signed_in(admin), f"/settings/questions/{best_at.set_id}"
    assert 'name="for_kind"' in html(browser.get(path))
    Answer.give(flour, best_at, "Bread", provenance=TOLD, by=admin.person)
    assert 'name="for_kind"' not in html(browser.get(path))
    assert browser.post(path, {"name": "Things", "for_kind": "human", "of_everyone": "on"}).status_code == 302
    best_at.set.refresh_from_db()
    assert (best_at.set.name, best_at.set.for_kind) == ("Things", "product")
