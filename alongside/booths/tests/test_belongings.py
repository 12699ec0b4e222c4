"""What is held of a person here: shown, given out, moved, let go; and their words as a guest of somebody else."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.booths import rewriting
from alongside.booths.models import (
    REACHED,
    Booth,
    BoothFile,
    BoothLink,
    BroughtLesson,
    ChatLine,
    Ending,
    GoalAgreement,
    Participant,
    Snapshot,
    Step,
    StepChange,
    Update,
)
from alongside.booths.syncing import reading
from alongside.events.models import Event
from alongside.files.models import Blob, File
from alongside.keys.models import Key
from alongside.lib import child
from alongside.people import belongings
from alongside.people.belongings import ANONYMISE, DELETE
from alongside.people.models import Person

pytestmark = pytest.mark.django_db
SECRET = "about the umbrella"


def write_everything(booth, name: str, lena) -> Participant:
    """A guest who wrote a word of theirs wherever one can, and rewords a step of ours."""
    link, _token = BoothLink.make(booth, by=lena.person)
    guest, _session = Participant.join(link, name)
    ours = Step.add(booth, "Bake", by=Participant.sit_down(booth, lena))
    ours.reword(f"Bake {SECRET}", by=guest)
    Step.add(booth, f"Serve {SECRET}", by=guest).reword(f"Pour {SECRET}", by=guest)
    ChatLine.say(booth, f"Hello {SECRET}", by=guest)
    GoalAgreement.agree(booth, f"Fed {SECRET}", by=guest)
    Ending.say(booth, REACHED, f"It was {SECRET}", by=guest)
    BoothFile.lay(booth, File.keep(SECRET.encode(), name=f"{SECRET}.txt"), by=guest)
    BroughtLesson.bring(booth, title=f"Flat white {SECRET}", parts=[{"title": "Grind"}], by=guest)
    Update.objects.create(booth=booth, by=guest, data=SECRET.encode())
    Snapshot.objects.create(booth=booth, data=SECRET.encode())
    return guest


def stands_anywhere() -> list[str]:
    """The tables of this room, of files and of keys in which the secret stands."""
    models = (Booth, BoothFile, BroughtLesson, ChatLine, Ending, File, GoalAgreement, Key, Participant, Step,
              StepChange, Update, Snapshot)
    rows = [(model.__name__, value) for model in models for row in model.objects.values() for value in row.values()]
    return [name for name, value in rows
            if SECRET in (bytes(value).decode("latin-1") if isinstance(value, memoryview | bytes) else str(value))]


@pytest.fixture
def holding():
    """The room's belonging."""
    return belongings.named("booths")


@pytest.fixture
def seats():
    """What somebody wrote as a guest of others."""
    return belongings.named("booth_seats")


@pytest.fixture
def theirs(booth, lena):
    """Ryan's booth, in which he wrote."""
    Booth.objects.filter(pk=booth.pk).update(goal=f"Fed {SECRET}")
    write_everything(booth, f"Ryan {SECRET}", lena)
    return booth


def test_shown_and_given_out(holding, seats, theirs, ryan, joe):
    told = holding.held([ryan.id])
    assert told[0].value == f"Fed {SECRET}" and told[0].by == "Lena"
    words = {each.value for each in told}
    assert words >= {f"Pour {SECRET}", f"Hello {SECRET}", f"It was {SECRET}", f"{SECRET}.txt", f"Flat white {SECRET}"}
    given = json.dumps(holding.export([ryan.id]))
    assert f"Hello {SECRET}" in given and f"Ryan {SECRET}" in given and holding.count([ryan.id]) == 1
    assert holding.held([joe.id]) == holding.export([joe.id]) == seats.held([ryan.id]) == []


def test_notes_that_cannot_be_read_keep_nobody_from_the_rest(holding, theirs, ryan, monkeypatch):
    monkeypatch.setattr(reading, "LIMITS", child.Limits(input=1))
    words = [told.value for told in holding.held([ryan.id])]
    assert any(SECRET in word for word in words) and any("cannot be read just now" in word for word in words)


@pytest.mark.parametrize(("how", "left"), [(ANONYMISE, 1), (DELETE, 0)])
def test_erased_without_a_trace_of_words(holding, theirs, ryan, how, left):
    assert {"Booth", "File", "Participant", "Update", "Snapshot"} <= set(stands_anywhere())
    assert holding.erase([ryan.id], how) == 1
    assert stands_anywhere() == [] and Booth.objects.count() == left
    assert not Blob.objects.exists() and not Key.objects.filter(purpose__startswith="booth").exists()
    assert not Booth.objects.filter(state="open").exists()


def test_the_words_of_a_guest_are_theirs_once_a_member_said_who_it_is(seats, holding, booth, joe, lena):
    guest = write_everything(booth, f"Joe {SECRET}", lena)
    assert seats.held([joe.id]) == []
    guest.is_known_as(joe, by=lena.person)
    told = {each.value for each in seats.held([joe.id])}
    assert f"Hello {SECRET}" in told and "Bake" not in told and holding.held([joe.id]) == []
    assert SECRET in json.dumps(seats.export([joe.id])) and seats.count([joe.id]) == 1


@pytest.mark.parametrize("how", [ANONYMISE, DELETE])
def test_erasing_a_guest_leaves_the_page_of_others(seats, booth, joe, ryan, lena, how, monkeypatch):
    taken_out = []
    monkeypatch.setattr(rewriting, "_rewriters", [lambda booth, ids: taken_out.append((booth.id, ids))])
    guest = write_everything(booth, f"Joe {SECRET}", lena)
    guest.is_known_as(joe, by=lena.person)
    ChatLine.say(booth, "Good morning", by=Participant.sit_down(booth, lena))
    assert seats.erase([joe.id], how) == 1
    assert set(stands_anywhere()) == {"BroughtLesson", "Update", "Snapshot"}  # the document's own rewriting is a port
    assert taken_out == [(booth.id, [guest.id])]
    assert [line.words for line in booth.lines.all()] == ["Good morning"]
    assert booth.steps.count() == 2 and booth.endings.get().answer == REACHED
    guest.refresh_from_db()
    assert (guest.name, guest.person, guest.session) == ("…", None, None)
    booth.refresh_from_db()
    assert booth.person == ryan and booth.is_open


def test_parted_again(holding, seats, booth, ryan, joe, lena):
    before = booth.opened_at - timedelta(seconds=1)
    assert [item.id for item in holding.since([ryan.id], before)] == [booth.id]
    assert holding.since([ryan.id], timezone.now()) == []
    Person.objects.filter(pk=joe.pk).update(merged_into=ryan)  # while they are parted they are one still
    assert holding.move([booth.id], joe.id) == 1
    assert Event.objects.get(kind="booth.opened").subject_id == joe.id
    guest = write_everything(booth, "Austin", lena)
    guest.is_known_as(ryan, by=lena.person)
    assert [item.label for item in seats.since([ryan.id], before)] == ["Austin"]
    assert seats.move([guest.id], joe.id) == 1


def test_old_ones_are_let_go_but_never_open_ones(holding, theirs, lena):
    later = timezone.now() + timedelta(days=400)
    assert holding.expired("booths", later) == 0
    theirs.end(by=lena.person)
    assert holding.expired("booths", theirs.ended_at) == 0
    assert holding.expired("booths", later) == holding.discard("booths", later) == 1
    assert not Booth.objects.exists() and not File.objects.exists()
