"""Signed links: for one reader, for a while, and for nobody else."""

import pytest

from alongside.files.links import STEADY_MINUTES, BadLink, Over, make_token, read_token
from alongside.lib.principal import ANONYMOUS, Principal

JOE = Principal("person", person_id=7)
LENA = Principal("member", person_id=8, member_id=3)
NOW = 1_800_000_000.0


def test_a_link_opens_for_its_reader():
    assert read_token(make_token(12, JOE, 60, now=NOW), JOE, now=NOW + 3600) == 12


@pytest.mark.parametrize("other", [LENA, ANONYMOUS, Principal("guest", person_id=7), Principal("person", person_id=70)])
def test_a_link_opens_for_nobody_else(other):
    with pytest.raises(BadLink):
        read_token(make_token(12, JOE, 60, now=NOW), other, now=NOW)


def test_a_link_is_over_in_time():
    token = make_token(12, JOE, 60, now=NOW)
    with pytest.raises(Over):
        read_token(token, JOE, now=NOW + (60 + STEADY_MINUTES) * 60 + 1)


def test_a_link_that_is_over_says_so_to_its_reader_only():
    token = make_token(12, JOE, 60, now=NOW)
    with pytest.raises(BadLink) as refusal:
        read_token(token, LENA, now=NOW + 1e6)
    assert not isinstance(refusal.value, Over)


@pytest.mark.parametrize("token", ["", ".", "WzEyXQ.x", "é", "a.b.c"])
def test_a_made_up_link_is_refused(token):
    with pytest.raises(BadLink):
        read_token(token, JOE)


def test_a_changed_link_is_refused():
    token = make_token(12, JOE, 60)
    with pytest.raises(BadLink):
        read_token("A" + token[1:], JOE)


def test_links_made_one_after_the_other_are_the_same():
    assert make_token(12, JOE, 60, now=NOW + 1) == make_token(12, JOE, 60, now=NOW + 61)


def test_there_is_no_link_for_nobody():
    with pytest.raises(ValueError, match="someone"):
        make_token(12, ANONYMOUS, 60)
