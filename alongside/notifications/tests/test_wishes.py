"""A member chooses what they hear of."""

import pytest

from alongside.notifications.models import KINDS, Wish

pytestmark = pytest.mark.django_db
PAGE = "/settings/you/wishes"


def test_what_is_ticked_is_heard_and_the_rest_is_not(signed_in, lena):
    page = signed_in(lena)
    assert "A colleague asked me by name" in page.get(PAGE).content.decode()
    assert page.post(PAGE, {"kinds": ["arrived", "mentioned"]}).status_code == 302
    assert {kind for kind, wanted in Wish.of(lena).items() if wanted} == {"arrived", "mentioned"}
    assert page.get(PAGE).content.decode().count("checked") == 2


def test_nobody_wishes_for_what_there_is_not(signed_in, lena):
    before = Wish.of(lena)
    assert signed_in(lena).post(PAGE, {"kinds": ["weather"]}).status_code == 422
    assert Wish.of(lena) == before and set(before) == set(KINDS)
