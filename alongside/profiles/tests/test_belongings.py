"""What is held of a person here can be shown, given out, parted, kept for a time, and let go."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from alongside.people import belongings
from alongside.people.belongings import ANONYMISE, DELETE
from alongside.profiles.models import GUESSED, NEVER, TOLD, Answer, Asked, QuestionSet

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(joe, ryan, lena):
    """What Joe told and somebody guessed, and one answer of Ryan's."""
    made = QuestionSet.make("Buyer")
    words, milk = made.add(words="Why early?"), made.add(words="Which milk?", kind="choice", choices=["Oat", "Whole"])
    health = made.add(words="Health?", kind="choice", choices=["Nuts", "None"], sensitive=True)
    old = timezone.now() - timedelta(days=400)
    Answer.give(joe, words, "canary-7781", provenance=GUESSED, by=lena.person, at=old)
    Answer.give(joe, milk, "Oat", provenance=TOLD, by=joe)
    Answer.give(joe, health, "Nuts", provenance=TOLD, by=joe)
    Answer.give(ryan, words, "The bus", provenance=TOLD, by=lena.person)
    Asked.note(joe, words, NEVER, by=lena.person)
    return belongings.named("profiles")


def test_it_is_shown_with_how_we_know_it_the_oldest_first(held, joe):
    told = held.held([joe.id])
    assert [(each.what, each.value, each.provenance, each.by) for each in told] == [
        ("Why early?", "canary-7781", "guessed", "Lena"), ("Which milk?", "Oat", "told", "Joe"),
        ("Health?", "Nuts", "told", "Joe")]


def test_the_export_is_plain_and_whole(held, joe):
    parts = json.loads(json.dumps(held.export([joe.id])))
    assert [part.get("answer") for part in parts] == ["canary-7781", "Oat", "Nuts", None]
    assert parts[-1]["outcome"] == "never" and "The bus" not in json.dumps(parts)


def test_deleted_it_is_gone_everywhere_and_only_theirs(held, joe, ryan):
    assert held.erase([joe.id], DELETE) == 4
    assert [answer.person for answer in Answer.objects.all()] == [ryan]
    ours = [model for model in apps.get_models() if model.__module__.startswith("alongside")]
    assert "canary-7781" not in "".join(str(list(model.objects.values())) for model in ours)


def test_anonymised_only_what_names_nobody_stays(held, joe):
    held.erase([joe.id], ANONYMISE)
    assert list(Answer.objects.filter(person=joe).values_list("value", flat=True)) == ["Oat"]


def test_what_came_since_is_asked_about_and_moved(held, joe, ryan):
    items = held.since([joe.id], timezone.now() - timedelta(days=1))
    assert [item.label for item in items] == ["Which milk? Oat", "Health? Nuts"]
    assert held.move([items[0].id], ryan.id) == 1
    assert Answer.objects.filter(person=ryan).count() == 2


def test_it_is_kept_for_a_time_counted_from_when_it_was_last_so(held, joe, lena):
    before = timezone.now() - timedelta(days=365)
    assert (held.expired("answers", before), held.expired("other", before)) == (1, 0)
    Answer.objects.get(value="canary-7781").confirm(by=lena.person)
    assert held.expired("answers", before) == 0
    assert held.discard("answers", timezone.now() + timedelta(days=1)) == 4
    assert not Answer.objects.exists()
