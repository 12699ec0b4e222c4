"""A card that several people have, and who looked at whose."""

import pytest

from alongside.people.models import CARD, CardOpening
from alongside.visits.models import Visit

pytestmark = pytest.mark.django_db
FRAGMENT = {"HTTP_X_FRAGMENT": "found"}


@pytest.fixture
def counter(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


def shown(answer) -> str:
    """The page."""
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_card_that_several_have_is_nobodys_until_one_is_chosen(counter, joe, ryan):
    for person in (joe, ryan):
        person.reach_at(CARD, "7000123456789")
    page = shown(counter.get("/counter/found", {"q": "7000123456789"}, **FRAGMENT))
    assert "Several people have this" in page
    assert page.count('aria-selected="false" data-shared') == 2
    assert 'aria-selected="true"' not in page
    ryan.identities.filter(kind=CARD).delete()
    page = shown(counter.get("/counter/found", {"q": "7000123456789"}, **FRAGMENT))
    assert page.count('aria-selected="true"') == 1 and "data-shared" not in page


def test_whoever_looks_at_a_card_is_noted_wherever_it_is_shown(counter, joe, ryan, lena):
    """The person can see on their own page who looked."""
    visit = Visit.begin(joe, location=None, by=lena.person)
    for path, whose in ((f"/counter/visits/{visit.pk}", {joe}), (f"/people/{joe.pk}/profile", {joe}),
                        (f"/people/{joe.pk}/merging/{ryan.pk}", {joe, ryan})):
        CardOpening.objects.all().delete()
        shown(counter.get(path))
        assert {(each.person, each.by) for each in CardOpening.objects.all()} == {
            (person, lena.person) for person in whose}, path
