"""What we know, put right by the person: theirs stands first at once, and an emptied one leaves nothing."""

import pytest

from alongside.people import correcting
from alongside.profiles import knowing
from alongside.profiles.models import GUESSED, OBSERVED, TOLD, Answer, QuestionSet

pytestmark = pytest.mark.django_db


@pytest.fixture
def early(joe, lena, admin):
    """Two answers of Joe's that contradict each other, and one to choose."""
    made = QuestionSet.make("Buyer", of_everyone=True)
    early = made.add(words="Why early?")
    whom = made.add(words="For whom?", kind="many", choices=["Children", "Guests"])
    Answer.give(joe, early, "To read", provenance=TOLD, by=lena.person)
    Answer.give(joe, early, "The bus", provenance=OBSERVED, by=admin.person)
    Answer.give(joe, whom, "Guests", provenance=GUESSED, by=lena.person)
    return early


def lines(person):
    return {line.value: line for line in correcting.named("profiles").lines(person)}


def test_everything_that_holds_can_be_put_right(joe, ryan, early):
    assert set(lines(joe)) == {"To read", "The bus", "Guests"}
    assert lines(ryan) == {}


def test_their_word_stands_first_and_a_member_sees_it(joe, lena, early, signed_in):
    assert correcting.named("profiles").correct(joe, lines(joe)["The bus"].id, "The light")
    first = knowing.about(joe, early)
    assert (first.first.value, first.first.provenance, first.beside) == ("The light", TOLD, [])
    page = signed_in(lena).get(f"/people/{joe.id}/known", headers={"X-Fragment": "live"}).content.decode()
    assert "The light" in page and "by themself" in page


def test_several_are_written_with_commas_and_checked(joe, early):
    line = lines(joe)["Guests"]
    with pytest.raises(ValueError, match="Cats"):
        correcting.named("profiles").correct(joe, line.id, "Children, Cats")
    assert correcting.named("profiles").correct(joe, line.id, "Children, Guests")
    assert "Children, Guests" in lines(joe)


def test_an_empty_field_takes_it_away_for_good(joe, admin, early):
    Answer.give(joe, early, "To read", provenance=GUESSED, by=admin.person)
    assert correcting.named("profiles").correct(joe, lines(joe)["To read"].id, "  ")
    assert not Answer.objects.filter(value="To read").exists()


def test_what_is_somebody_elses_is_not_theirs_to_change(joe, ryan, early):
    assert not correcting.named("profiles").correct(ryan, lines(joe)["To read"].id, "Mine")
    assert not correcting.named("profiles").correct(joe, 999999, "Mine")
    assert not Answer.objects.filter(value="Mine").exists()
