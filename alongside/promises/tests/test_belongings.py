"""What is held of a person here: shown, given out, moved, let go."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.people import belongings
from alongside.people.belongings import ANONYMISE, DELETE
from alongside.promises.models import Promise

pytestmark = pytest.mark.django_db
SECRET = "about the umbrella"


@pytest.fixture
def holding():
    """The room's belonging."""
    return belongings.named("promises")


@pytest.fixture
def call(joe, lena):
    """Made and broken."""
    due = timezone.now() + timedelta(days=1)
    promise = Promise.make(person=joe, words=f"Call {SECRET}", due_at=due, by=lena.person, owner=lena)
    promise.break_(f"Nobody asked {SECRET}", f"Sorry {SECRET}", by=lena.person)
    return promise


def test_shown_and_given_out(holding, call, joe, ryan):
    told = holding.held([joe.id])[0]
    assert told.value == call.words and f"Sorry {SECRET}" in told.details.values()
    assert SECRET in json.dumps(holding.export([joe.id]))
    assert holding.held([ryan.id]) == [] and holding.export([ryan.id]) == []


@pytest.mark.parametrize(("how", "left"), [(ANONYMISE, 1), (DELETE, 0)])
def test_erased_without_a_trace_of_words(holding, call, joe, lena, how, left):
    Promise.make(person=joe, words=SECRET, due_at=timezone.now() + timedelta(days=1), by=lena.person)
    holding.erase([joe.id], how)
    assert Promise.objects.count() == left
    assert SECRET not in json.dumps(holding.export([joe.id]))


def test_parted_again(holding, call, joe, ryan):
    items = holding.since([joe.id], call.made_at - timedelta(seconds=1))
    assert [item.id for item in items] == [call.id]
    assert holding.since([joe.id], call.made_at) == []
    assert holding.move([call.id], ryan.id) == 1
    assert holding.held([ryan.id])[0].value == call.words


def test_old_ones_are_let_go_but_never_open_ones(holding, call, joe, lena):
    still = Promise.make(person=joe, words="Call", due_at=timezone.now() + timedelta(days=1), by=lena.person)
    before = timezone.now() + timedelta(days=400)
    assert holding.expired("promises", before) == 1
    assert holding.discard("promises", before) == 1
    assert Promise.objects.get() == still
