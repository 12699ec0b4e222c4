"""A key itself: random, hashed, of one purpose, spent at most as often as it may be."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from alongside.events.models import Event
from alongside.keys.models import Key, digest_of
from alongside.lib.principal import ANONYMOUS, Principal


def test_a_token_is_256_random_bits_and_only_its_print_is_kept(db):
    tokens = {Key.issue("api")[1] for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) == 43 for token in tokens)
    held = {bytes(digest) for digest in Key.objects.values_list("digest", flat=True)}
    assert held == {digest_of(token) for token in tokens}


def test_looking_spends_nothing_and_spending_stops_at_the_last_use(db):
    _key, token = Key.issue("sign_in", uses=2)
    for _ in range(3):
        assert Key.objects.find(token, "sign_in") is not None
    assert [bool(Key.objects.spend(token, "sign_in")) for _ in range(3)] == [True, True, False]
    assert Key.objects.find(token, "sign_in") is None


@pytest.mark.parametrize("token", ["", None, "x", "\x00", "é" * 43])
def test_what_is_no_token_finds_nothing(token, db):
    Key.issue("api")
    assert Key.objects.find(token, "api") is None


def test_a_key_serves_its_own_purpose(db):
    _key, token = Key.issue("invitation", uses=1)
    assert Key.objects.spend(token, "sign_in") is None
    assert Key.objects.spend(token, "invitation") is not None


def test_time_and_revoking_end_it(db, joe):
    key, token = Key.issue("api", lasts=timedelta(minutes=5))
    assert key.is_alive
    Key.objects.filter(id=key.id).update(expires_at=timezone.now())
    assert Key.objects.spend(token, "api") is None
    key, token = Key.issue("api")
    key.revoke(by=joe)
    assert not key.is_alive
    assert Key.objects.find(token, "api") is None


@pytest.mark.django_db(transaction=True)
def test_two_that_spend_at_once_do_not_both_come_in():
    _key, token = Key.issue("sign_in", uses=1)
    start, opened = threading.Barrier(4), []

    def spend():
        start.wait()
        opened.append(Key.objects.spend(token, "sign_in") is not None)
        connection.close()

    threads = [threading.Thread(target=spend) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(opened) == [False, False, False, True]


def test_the_ledger_knows_that_it_was_issued_and_nothing_that_opens(db, joe):
    key, token = Key.issue("api", by=joe, name="Till", data={"secret": "x"})
    event = Event.objects.get(kind="keys.issued")
    assert event.data == {"key": key.id, "purpose": "api"}
    assert token not in str(event.data)


def test_a_use_is_noted_once_a_minute(db):
    key, _token = Key.issue("api")
    key.touch()
    first = Key.objects.get().last_used_at
    key.touch()
    assert Key.objects.get().last_used_at == first
    Key.objects.update(last_used_at=first - timedelta(minutes=2))
    key.touch()
    assert Key.objects.get().last_used_at > first - timedelta(minutes=2)


def test_who_sees_which_keys(db, joe, ryan):
    Key.issue("api", by=joe)
    Key.issue("api", by=ryan)
    as_admin = Principal(kind="member", person_id=joe.id, member_id=1, role="admin")
    as_member = Principal(kind="member", person_id=joe.id, member_id=1, role="member")
    as_key = Principal(kind="key", person_id=joe.id, member_id=1, role="owner")
    seen = [Key.objects.visible_to(who).count() for who in (as_admin, as_member, as_key, ANONYMOUS)]
    assert seen == [2, 1, 0, 0]
