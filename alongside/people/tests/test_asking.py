"""Whoever may be written down twice is asked at the next contact: one question, which gives nothing away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.events.models import Event
from alongside.lib.principal import ANONYMOUS, Principal
from alongside.people import asking, merging
from alongside.people.models import CARD, Merging, Person, Suggestion
from alongside.people.models.suggestion import DIFFERENT, TO_ASK, YES

pytestmark = pytest.mark.django_db
QUESTION = "Perhaps written down twice"


@pytest.fixture
def joseph(joe):
    """Perhaps Joe once more, from a paper."""
    person = Person.meet(full_name="Josef Hallam", email="secret@letters.example", what_matters="Owes us a chair")
    person.reach_at(CARD, "4006381334711")
    return person


@pytest.fixture
def perhaps(joe, joseph):
    """What the rules would rather ask than decide."""
    why = [{"field": "surname", "level": "exact", "bits": 9.0}, {"field": "email", "level": "other", "bits": -2.0}]
    return Suggestion.objects.create(one=joe, other=joseph, score=3.0, level="ask", why=why)


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


def page(client, path) -> str:
    answer = client.get(path, **({"headers": {"Turbo-Frame": "about"}} if path.endswith("card") else {}))
    assert answer.status_code == 200
    return answer.content.decode()


def later(**ago) -> None:
    """Let time pass."""
    Suggestion.objects.exclude(asked_at=None).update(asked_at=timezone.now() - timedelta(**ago))


def test_it_is_asked_on_the_page_and_beside_a_conversation(desk, joe, perhaps):
    for path in (f"/people/{joe.id}", f"/people/{joe.id}/card"):
        said = page(desk, path)
        assert said.count("Is that also you, with the card that ends in 4711?") == 1, path
        assert said.count(f'action="/people/duplicates/{perhaps.id}/asking"') == 1
        assert "Family name: the same" in said and "Mail: another" in said


def test_it_gives_nothing_of_the_other_record_away(desk, joe, perhaps):
    for path in (f"/people/{joe.id}", f"/people/{joe.id}/card"):
        said = page(desk, path)
        for secret in ("Josef", "secret@", "letters.example", "Owes us", "4006381334711", "63813"):
            assert secret not in said, path


@pytest.mark.parametrize("identities, words", [
    ([("card", "4006381334711"), ("phone", "+44 161 555 0188")], "card that ends in 4711"),
    ([("phone", "+44 161 555 0188")], "number that ends in 188"),
    ([("card", "4711"), ("phone", "01234"), ("email", "j@letters.example")], "Have you been with us before"),
    ([("national_id", "123456789"), ("external", "K-4711-88")], "Have you been with us before"),
    ([], "Have you been with us before"),
])
def test_it_is_asked_by_an_end_that_only_they_make_anything_of(desk, joe, perhaps, identities, words):
    perhaps.other.identities.all().delete()
    for kind, value in identities:
        perhaps.other.reach_at(kind, value)
    assert words in page(desk, f"/people/{joe.id}")


def test_what_both_have_tells_nothing(desk, joe, joseph, perhaps):
    joe.reach_at(CARD, "4006381334711")
    assert "4711?" not in page(desk, f"/people/{joe.id}")


def test_it_is_asked_of_either(desk, joe, joseph, perhaps):
    assert QUESTION in page(desk, f"/people/{joe.id}") and QUESTION in page(desk, f"/people/{joseph.id}")


def test_a_yes_leads_to_a_look_at_both_and_is_not_asked_again(desk, joe, joseph, lena, perhaps):
    answer = desk.post(f"/people/duplicates/{perhaps.id}/asking", {"person": joe.id, "said": "yes"})
    assert answer.url == f"/people/{joe.id}/merging/{joseph.id}"
    assert 'value="They say so themself."' in page(desk, answer.url)
    assert not Merging.objects.exists()
    perhaps.refresh_from_db()
    assert (perhaps.said, perhaps.asked_of, perhaps.decided_by) == (YES, joe, lena.person)
    assert Event.objects.get(kind="people.asked").data == {"suggestion": perhaps.id, "said": YES}
    later(days=400)
    assert QUESTION not in page(desk, f"/people/{joe.id}")


def test_a_no_makes_them_two_people_for_good(desk, joe, perhaps):
    answer = desk.post(f"/people/duplicates/{perhaps.id}/asking", {"person": joe.id, "said": "no"}, follow=True)
    assert "They stay two people." in answer.content.decode()
    perhaps.refresh_from_db()
    assert perhaps.decision == DIFFERENT
    later(days=400)
    assert QUESTION not in page(desk, f"/people/{joe.id}")


def test_later_rests_for_two_weeks(desk, joe, perhaps):
    desk.post(f"/people/duplicates/{perhaps.id}/asking", {"person": joe.id, "said": "later"})
    assert QUESTION not in page(desk, f"/people/{joe.id}")
    later(days=13)
    assert QUESTION not in page(desk, f"/people/{joe.id}")
    later(days=15)
    assert QUESTION in page(desk, f"/people/{joe.id}")


@pytest.mark.parametrize("level, decision, asked", [
    ("ask", "", True), ("same", "", False), ("same", TO_ASK, True), ("ask", TO_ASK, True), ("ask", DIFFERENT, False)])
def test_only_what_is_to_be_asked_is_asked(joe, lena, perhaps, level, decision, asked):
    Suggestion.objects.update(level=level, decision=decision)
    assert (asking.question(joe, lena.principal()) is not None) == asked


def test_what_a_member_said_is_to_be_asked_goes_first(joe, lena, perhaps):
    surer = Person.meet(full_name="Joe Hallam")
    Suggestion.objects.create(one=joe, other=surer, score=9, level="ask")
    assert asking.question(joe, lena.principal()).other == surer
    perhaps.decide(TO_ASK, by=lena.person)
    assert asking.question(joe, lena.principal()).other == perhaps.other


def test_who_is_one_already_is_not_asked(desk, joe, joseph, lena, perhaps):
    merging.merge(joe, joseph, by=lena.person)
    assert QUESTION not in page(desk, f"/people/{joe.id}")
    answer = desk.post(f"/people/duplicates/{perhaps.id}/asking", {"person": joseph.id, "said": "no"}, follow=True)
    assert "settled meanwhile" in answer.content.decode()
    perhaps.refresh_from_db()
    assert perhaps.decision == ""


@pytest.mark.parametrize("sent, status", [
    ({"person": "{joe}", "said": "perhaps"}, 400), ({"person": "{joe}"}, 400), ({"said": "no"}, 404),
    ({"person": "{ryan}", "said": "no"}, 404), ({"person": "x", "said": "no"}, 404)])
def test_what_is_no_answer_decides_nothing(desk, joe, ryan, perhaps, sent, status):
    sent = {name: value.format(joe=joe.id, ryan=ryan.id) for name, value in sent.items()}
    assert desk.post(f"/people/duplicates/{perhaps.id}/asking", sent).status_code == status
    perhaps.refresh_from_db()
    assert (perhaps.said, perhaps.decision) == ("", "")


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "/\\\\elsewhere.example"])
def test_a_tap_leads_nowhere_else(desk, joe, perhaps, back):
    sent = {"person": joe.id, "said": "later", "back": back}
    assert desk.post(f"/people/duplicates/{perhaps.id}/asking", sent).url == f"/people/{joe.id}"


def test_only_members_ask(joe, perhaps):
    assert asking.question(joe, ANONYMOUS) is None
    assert asking.question(joe, Principal(kind="person", person_id=joe.id)) is None
