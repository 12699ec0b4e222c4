"""One question at a contact, whichever room would like to know: never two."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.people import asking
from alongside.people.models import Person, Suggestion
from alongside.people.models.suggestion import LATER, NO
from alongside.profiles.finding_out import next_question
from alongside.profiles.models import Asked, QuestionSet

pytestmark = pytest.mark.django_db


@pytest.fixture
def perhaps(joe):
    """Joe may be written down twice."""
    return Suggestion.objects.create(one=joe, other=Person.meet(full_name="Josef Hallam"), score=3.0, level="ask")


@pytest.fixture
def why(db):
    """What we would like to know of everyone."""
    return QuestionSet.make("Buyer", of_everyone=True).add(words="Why early?")


def later(**ago) -> None:
    """Let time pass."""
    Suggestion.objects.exclude(asked_at=None).update(asked_at=timezone.now() - timedelta(**ago))
    Asked.objects.update(at=timezone.now() - timedelta(**ago))


def test_whether_they_are_somebody_else_is_asked_first_and_nothing_with_it(joe, lena, perhaps, why):
    principal = lena.principal()
    assert asking.question(joe, principal) and next_question(joe, principal) is None
    perhaps.ask(joe, LATER, by=lena.person)
    assert asking.question(joe, principal) is None and next_question(joe, principal) is None
    later(hours=9)
    assert asking.question(joe, principal) is None and next_question(joe, principal) == why


def test_once_it_is_settled_the_others_have_their_turn_at_the_next_contact(joe, lena, perhaps, why):
    perhaps.ask(joe, NO, by=lena.person)
    assert next_question(joe, lena.principal()) is None
    later(hours=9)
    assert next_question(joe, lena.principal()) == why


def test_after_another_question_it_waits_for_the_next_contact(joe, lena, perhaps, why):
    Asked.note(joe, why, "answered", by=lena.person)
    assert asking.question(joe, lena.principal()) is None
    later(hours=9)
    assert asking.question(joe, lena.principal()) is not None


def test_the_page_holds_one_question(joe, lena, perhaps, why, signed_in):
    said = signed_in(lena).get(f"/people/{joe.id}").content.decode()
    assert "Have you been with us before" in said and "Why early?" not in said
