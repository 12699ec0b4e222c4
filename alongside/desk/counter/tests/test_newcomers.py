"""What was typed of somebody who was not found stands in the two fields for somebody new."""

import re
from html import unescape

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("typed", "called", "reach"), [
    ("Ida Bell", "Ida Bell", ""),
    ("ida@mill.example", "", "ida@mill.example"),
    ("4711", "", "4711"),
    ("Ida 0113 496 0123", "Ida", "0113 496 0123"),
    ("ida@mill.example Ida", "Ida", "ida@mill.example"),
    ("Ida 1985", "Ida", ""),
])
def test_whoever_was_not_found_is_not_typed_again(signed_in, lena, typed, called, reach):
    form = signed_in(lena).get("/counter", {"q": typed}).content.decode()
    assert [_value_of(form, name) for name in ("called", "reach")] == [called, reach]


def _value_of(form: str, name: str) -> str:
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', form)[0]
    return unescape(found[1]) if (found := re.search(r'value="([^"]*)"', field)) else ""
