"""At the counter whoever may be written down twice is asked first, and a screen that they see gives nothing away."""

import pytest

from alongside.people.models import CARD, Person, Suggestion
from alongside.profiles.models import QuestionSet
from alongside.visits.models import Visit

pytestmark = pytest.mark.django_db
QUESTION = "Is that also you, with the card that ends in 4711?"


@pytest.fixture
def perhaps(joe):
    """Perhaps Joe once more, from a paper."""
    other = Person.meet(full_name="Josef Hallam", email="secret@letters.example", what_matters="Owes us a chair")
    other.reach_at(CARD, "4006381334711")
    why = [{"field": "surname", "level": "exact", "bits": 9.0}]
    return Suggestion.objects.create(one=joe, other=other, score=3.0, level="ask", why=why)


@pytest.fixture
def visit(joe, lena, perhaps):
    """He stands here."""
    return Visit.begin(joe, by=lena.person)


@pytest.fixture
def counter(signed_in, lena):
    """Lena's screen."""
    return signed_in(lena)


def page(client, path) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_question_stands_above_what_is_known_and_gives_nothing_away(counter, visit, perhaps):
    said = page(counter, f"/counter/visits/{visit.id}")
    assert said.count(QUESTION) == 1 and said.index(QUESTION) < said.index("How do they seem?")
    assert "Family name: the same" in said
    for secret in ("Josef", "secret@", "Owes us", "400638"):
        assert secret not in said


def test_where_customers_see_the_screen_there_is_not_even_an_end_or_a_reason(counter, joe, visit, perhaps):
    counter.post("/counter/stand", {"seen": "yes"})
    said = page(counter, f"/counter/visits/{visit.id}")
    assert "Have you been with us before" in said
    for hidden in ("4711", "Family name: the same", f"/merging/{perhaps.other_id}"):
        assert hidden not in said
    sent = {"person": joe.id, "said": "yes", "seen": "yes", "back": f"/counter/visits/{visit.id}"}
    answer = counter.post(f"/people/duplicates/{perhaps.id}/asking", sent)
    assert answer.url == f"/counter/visits/{visit.id}"
    assert "nobody else sees the screen" in page(counter, answer.url)
    assert "They say so themself." in page(counter, "/people/duplicates")


def test_a_no_or_a_later_leads_back_to_the_visit(counter, joe, visit, perhaps):
    sent = {"person": joe.id, "said": "later", "back": f"/counter/visits/{visit.id}"}
    answer = counter.post(f"/people/duplicates/{perhaps.id}/asking", sent, follow=True)
    said = answer.content.decode()
    assert "Another time, then." in said and QUESTION not in said and "How do they seem?" in said


def test_a_yes_leads_to_both_records(counter, joe, visit, perhaps):
    sent = {"person": joe.id, "said": "yes", "back": f"/counter/visits/{visit.id}"}
    answer = counter.post(f"/people/duplicates/{perhaps.id}/asking", sent)
    assert answer.url == f"/people/{joe.id}/merging/{perhaps.other_id}"


def test_there_is_one_question_on_the_screen(counter, joe, lena, visit, perhaps):
    QuestionSet.make("Buyer", of_everyone=True).add(words="Why do they come early?")
    said = page(counter, f"/counter/visits/{visit.id}")
    assert QUESTION in said and "Why do they come early?" not in said
    counter.post(f"/people/duplicates/{perhaps.id}/asking", {"person": joe.id, "said": "no"})
    said = page(counter, f"/counter/visits/{visit.id}")
    assert QUESTION not in said and "Why do they come early?" not in said
