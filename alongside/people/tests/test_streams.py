"""A person's hints are heard by members and by the person, and by nobody else."""

import pytest

from alongside.lib.principal import ANONYMOUS, Principal
from alongside.live.models import allowed

pytestmark = pytest.mark.django_db


def test_members_and_the_person_hear_and_nobody_else(joe, ryan, lena):
    topic = f"person:{joe.id}"
    assert allowed(lena.principal(), topic)
    assert allowed(Principal(kind="person", person_id=joe.id), topic)
    assert not allowed(Principal(kind="person", person_id=ryan.id), topic)
    assert not allowed(ANONYMOUS, topic)
    assert not allowed(lena.principal(), "person:0")
    assert not allowed(lena.principal(), "person:9999999999999999999999")
