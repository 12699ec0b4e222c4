"""Moods, moments, what they had, notes: writing them down, taking them back, what is learned and proposed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.lib.principal import ANONYMOUS, Principal
from alongside.lib.taking_back import TooLate
from alongside.members.models import Location
from alongside.moments.models import ALL, Had, Moment, Mood, Note
from alongside.moments.moods import AGITATED, BRIGHT
from alongside.people import belongings, panels, timeline
from alongside.people.merging import merge

NOW = timezone.now()
WORDS = {Mood: {"mood": AGITATED}, Moment: {"kind_id": "smile"}, Had: {"what": "Flat white"}, Note: {"text": "Canary."}}


@pytest.fixture
def keep(db):
    def keep_one(model, person, by, **more):
        return model.keep(person, by=by.person, **{**WORDS[model], **more})

    return keep_one


@pytest.mark.parametrize("model", ALL)
def test_what_is_noted_stands_on_the_timeline_until_it_is_taken_back(model, keep, joe, lena):
    noted = keep(model, joe, lena)
    entries, _after = timeline.page(joe, lena.principal())
    assert noted in [entry.context.get("noted") for entry in entries]
    noted.take_back(by=lena.person)
    entries, _after = timeline.page(joe, lena.principal())
    assert [entry for entry in entries if "noted" in entry.context] == []
    assert not model.objects.exists()


@pytest.mark.parametrize("model", ALL)
def test_only_who_noted_it_takes_it_back_and_not_for_long(model, keep, joe, lena, dishwasher):
    noted = keep(model, joe, lena)
    with pytest.raises(TooLate):
        noted.take_back(by=dishwasher.person)
    old = keep(model, joe, lena, at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(TooLate):
        old.take_back(by=lena.person)
    assert model.objects.count() == 2


@pytest.mark.parametrize("model", ALL)
def test_members_see_it_a_person_their_own(model, keep, joe, ryan, lena):
    noted = keep(model, joe, lena)
    assert model.objects.visible_to(lena.principal()).get() == noted
    assert model.objects.visible_to(Principal(kind="person", person_id=joe.id)).get() == noted
    assert not model.objects.visible_to(Principal(kind="person", person_id=ryan.id)).exists()
    assert not model.objects.visible_to(ANONYMOUS).exists()


@pytest.mark.parametrize("name", ["moods", "moments", "had", "person_notes"])
def test_what_is_held_can_be_given_out_moved_and_let_go(name, keep, joe, ryan, lena):
    held = belongings.named(name)
    old = keep(held.model, joe, lena, at=timezone.now() - timedelta(days=800))
    recent = keep(held.model, joe, lena)
    assert [told.value for told in held.held([joe.id])] == [old.in_words, recent.in_words]
    assert [row["by"] for row in held.export([joe.id])] == ["Lena", "Lena"]
    before = timezone.now() - timedelta(days=700)
    assert (held.expired(name, before), held.discard(name, before)) == (1, 1)
    assert [item.id for item in held.since([joe.id], before)] == [recent.id]
    assert held.move([recent.id], ryan.id) == 1
    assert held.model.objects.of(ryan).get() == recent
    assert held.erase([ryan.id], "delete") == 1
    assert not held.model.objects.exists()


def test_anonymised_no_word_stays(joe, lena):
    Mood.keep(joe, by=lena.person, mood=BRIGHT)
    Moment.keep(joe, by=lena.person, words="Canary one")
    Had.keep(joe, by=lena.person, what="Canary two")
    Note.keep(joe, by=lena.person, text="Canary three")
    for name in ("moods", "moments", "had", "person_notes"):
        belongings.named(name).erase([joe.id], "anonymise")
    assert (Mood.objects.count(), Had.objects.count(), Note.objects.count()) == (1, 0, 0)
    assert Moment.objects.get().words == ""


def test_the_usual_is_learned_from_visits_and_reads_the_whole_cluster(joe, stranger, lena):
    for visit, what in enumerate(["Flat white", "Tea", "Flat white"], 1):
        at = NOW - timedelta(days=9 - visit)
        Had.keep(joe if visit < 3 else stranger, by=lena.person, visit=visit, what=what, at=at)
    assert Had.usual_of(joe) is None
    merge(joe, stranger, by=lena.person)
    joe.refresh_from_db()
    usual = Had.usual_of(joe)
    assert (usual.words, usual.times, usual.of) == ("Flat white", 2, 3)


def test_what_was_had_at_one_visit_is_one_order(joe, lena):
    for visit in (1, 2):
        for minute, what in enumerate(["Flat white", "Cheese scone"]):
            at = NOW - timedelta(days=3 - visit) + timedelta(minutes=minute)
            Had.keep(joe, by=lena.person, visit=visit, what=what, at=at)
    assert Had.usual_of(joe).words == "Flat white, Cheese scone"
    assert Had.usual_of(joe, besides_visit=2) is None


def test_what_is_common_at_a_place_completes(joe, ryan, lena):
    market, bridge = Location.found(name="Market Street"), Location.found(name="Bridge Street")
    for what, where in (("Flat white", market), ("Tea", market), ("flat  white", market), ("A stamp", bridge)):
        Had.keep(joe, by=lena.person, what=what, location=where)
    assert [words.lower() for words in Had.objects.common_at(market)] == ["flat white", "tea"]
    assert Had.objects.common_at(None) == []


def test_the_card_shows_the_usual_and_the_last_mood(joe, ryan, lena):
    for visit in (1, 2):
        Had.keep(joe, by=lena.person, visit=visit, what="Flat white")
    Mood.keep(joe, by=lena.person, mood=BRIGHT, at=NOW - timedelta(days=1))
    Mood.keep(joe, by=lena.person, mood=AGITATED)
    shown = next(panel for panel in panels.of(joe, lena.principal()) if panel.template == "moments/panel.html")
    assert (shown.context["usual"].words, shown.context["mood"].mood) == ("Flat white", AGITATED)
    assert "moments/panel.html" not in [panel.template for panel in panels.of(ryan, lena.principal())]
