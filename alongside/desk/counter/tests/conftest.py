"""What the tests of the counter share: a place, Lena's screen there, and Joe who stands before it."""

import pytest

from alongside.members.models import Location
from alongside.visits.models import Visit


@pytest.fixture
def market(db):
    return Location.found(name="Market Street", zone="Asia/Tokyo")


@pytest.fixture
def counter(signed_in, lena, market):
    return signed_in(lena)


@pytest.fixture
def visit(joe, lena, market):
    return Visit.begin(joe, location=market, by=lena.person)
