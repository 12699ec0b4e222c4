"""Who brings people in."""

import pytest


@pytest.fixture
def desk(signed_in, owner):
    """The owner's browser."""
    return signed_in(owner)
