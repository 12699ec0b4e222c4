"""Folding changes into snapshots: nothing is lost, whoever types meanwhile; versions, and fewer over the years."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pycrdt import Doc, Text

from alongside.booths.models import Snapshot, Update
from alongside.booths.models.update import ENDED, KEPT, RETURNED, SAVED, TIDIED
from alongside.booths.syncing import compacting, store, thinning, tidying, versions
from alongside.booths.syncing.compacting import Busy, fold
from alongside.booths.syncing.document import opened
from alongside.booths.syncing.rooms import ROOMS
from alongside.lib.tests.serving import eventually


class Writer:
    """Writes a goal letter by letter, without a server; `updates` are what came of it."""

    def __init__(self):
        self.doc, self.updates = Doc(), []
        self.text = self.doc.get("goal", type=Text)
        self.doc.observe(lambda event: self.updates.append(event.update))

    def write(self, words: str) -> "Writer":
        for letter in words:
            self.text += letter
        return self

    def keep(self, booth, by, only=slice(None)) -> list[int]:
        return [Update.objects.create(booth=booth, by=by, data=data).id for data in self.updates[only]]


def goal_of(booth) -> str:
    done = opened(store.whole(booth.id).parts)
    assert not done.refused
    return done.page.goal()


@pytest.mark.django_db
def test_changes_become_one_snapshot_that_says_the_same(booth, guest):
    ids = Writer().write("a better Sunday").keep(booth, guest().participant)
    folded = fold(booth.id)
    assert folded.ids == set(ids)
    assert not Update.objects.filter(booth=booth).exists()
    assert goal_of(booth) == "a better Sunday"
    assert (folded.snapshot.changes, folded.snapshot.why) == (15, TIDIED)
    assert fold(booth.id) is None


@pytest.mark.django_db
def test_only_what_is_named_is_folded(booth, guest):
    ids = Writer().write("abcdef").keep(booth, guest().participant)
    fold(booth.id, only=set(ids[:3]))
    assert set(Update.objects.values_list("id", flat=True)) == set(ids[3:])
    assert goal_of(booth) == "abcdef"


@pytest.mark.django_db
def test_a_change_whose_beginning_has_not_arrived_waits_and_is_not_lost(booth, guest):
    by, writer = guest().participant, Writer().write("abcd")
    first, third = writer.keep(booth, by, slice(0, 1)) + writer.keep(booth, by, slice(2, 3))
    assert fold(booth.id).ids == {first}
    assert list(Update.objects.values_list("id", flat=True)) == [third]
    writer.keep(booth, by, slice(1, 2))
    fold(booth.id)
    assert goal_of(booth) == "abc"
    assert not Update.objects.exists()


@pytest.mark.django_db
def test_a_deletion_that_came_before_what_it_deletes_waits(booth, guest):
    by, writer = guest().participant, Writer().write("ab")
    del writer.text[0:1]
    writer.keep(booth, by, slice(2, 3))
    assert fold(booth.id) is None
    writer.keep(booth, by, slice(0, 2))
    fold(booth.id)
    assert goal_of(booth) == "b"


@pytest.mark.django_db
def test_a_change_that_cannot_be_taken_is_left_out_and_left_alone(booth, guest):
    from alongside.booths.syncing.tests.test_syncing_faults import HALF

    by = guest().participant
    bad = Update.objects.create(booth=booth, by=by, data=HALF)
    Writer().write("good").keep(booth, by)
    fold(booth.id)
    assert goal_of_without(booth, bad) == "good"


def goal_of_without(booth, bad) -> str:
    assert list(Update.objects.all()) == [bad]
    done = opened(store.whole(booth.id).parts)
    assert done.refused == [1]
    return done.page.goal()


@pytest.mark.django_db
def test_a_snapshot_that_cannot_be_read_is_never_replaced(booth, guest):
    Snapshot.objects.create(booth=booth, data=b"broken")
    Writer().write("more").keep(booth, guest().participant)
    with pytest.raises(ValueError):
        fold(booth.id)
    assert Update.objects.count() == 4 and bytes(Snapshot.objects.get().data) == b"broken"


@pytest.mark.django_db
def test_whoever_was_slower_changes_nothing(booth, guest, monkeypatch):
    by = guest().participant
    Writer().write("abc").keep(booth, by)
    call = compacting.CHILDREN.call

    def while_another_folds(*args, **more):
        done = call(*args, **more)
        monkeypatch.setattr(compacting.CHILDREN, "call", call)
        fold(booth.id)
        return done

    monkeypatch.setattr(compacting.CHILDREN, "call", while_another_folds)
    with pytest.raises(Busy):
        fold(booth.id)
    assert Snapshot.objects.count() == 1
    assert goal_of(booth) == "abc"


def test_a_page_is_folded_while_it_is_written(open_device, booth, monkeypatch):
    monkeypatch.setattr(tidying, "MANY", 20)
    ours, theirs = open_device(), open_device()
    for number in range(150):
        ours.write(f"{number} ")
        theirs.write("x", at=0)
        if number % 10 == 0:
            eventually(lambda: theirs.goal == ours.goal)
    eventually(lambda: Snapshot.objects.filter(booth=booth).exists())
    eventually(lambda: Update.objects.filter(booth=booth).count() < 20, 20)
    eventually(lambda: ours.goal == theirs.goal == open_device().goal)
    assert goal_of(booth) == ours.goal
    room = ROOMS.by_id[booth.id]
    assert room.held.known == set(Update.objects.filter(booth=booth).values_list("id", flat=True))


def test_before_much_is_taken_out_the_page_is_saved(open_device, booth):
    device = open_device()
    device.write("words that took an evening. " * 30)
    eventually(lambda: Update.objects.filter(booth=booth).exists())
    eventually(lambda: open_device().goal == device.goal)
    device.take_out(0, 800)
    eventually(lambda: Snapshot.objects.filter(booth=booth, why=SAVED).exists())
    saved = Snapshot.objects.get(booth=booth, why=SAVED)
    assert opened([versions.data_of(booth, saved.id)]).page.goal() == "words that took an evening. " * 30


@pytest.mark.parametrize("at_once", [True, False])
def test_all_of_a_short_page_is_much(open_device, booth, at_once):
    device = open_device()
    words = "Little sugar, much cream, six candles, and her name in both scripts."
    device.write(words)
    eventually(lambda: open_device().goal == words)
    for length in [len(words)] if at_once else [1] * len(words):
        device.take_out(0, length)
    eventually(lambda: Snapshot.objects.filter(booth=booth, why=SAVED).exists())
    saved = Snapshot.objects.get(booth=booth, why=SAVED)
    assert opened([versions.data_of(booth, saved.id)]).page.goal() == words


def test_what_was_done_in_another_session_is_a_version_of_its_own(open_device, booth, guest):
    ids = Writer().write("yesterday").keep(booth, guest().participant)
    Update.objects.update(at=timezone.now() - timedelta(hours=12))
    open_device()
    eventually(lambda: Snapshot.objects.filter(booth=booth).exists())
    assert not Update.objects.filter(id__in=ids).exists()


@pytest.mark.django_db
def test_a_version_is_kept_by_hand_once(booth, guest):
    by = guest().participant
    assert versions.keep(booth, by=by) is None
    Writer().write("before").keep(booth, by)
    kept = versions.keep(booth, by=by)
    assert (kept.why, kept.by) == (KEPT, by)
    assert versions.keep(booth, by=by) == kept
    Writer().write(" after").keep(booth, by)
    versions.keep(booth, by=by, why=RETURNED)
    assert [version.why for version in versions.of(booth)] == [RETURNED, KEPT]
    assert opened([versions.data_of(booth, kept.id)]).page.goal() == "before"


@pytest.mark.django_db
def test_a_version_that_came_of_itself_may_be_kept_afterwards(booth, guest):
    Writer().write("tidied").keep(booth, guest().participant)
    fold(booth.id)
    versions.keep(booth, why=ENDED)
    versions.keep(booth, why=KEPT)
    assert [version.why for version in versions.of(booth)] == [ENDED]


@pytest.mark.django_db
def test_a_version_of_another_booth_is_not_there(booth, guest, lena):
    from alongside.booths.models import Booth

    Writer().write("ours").keep(booth, guest().participant)
    kept = versions.keep(booth)
    with pytest.raises(Snapshot.DoesNotExist):
        versions.data_of(Booth.open(by=lena.person), kept.id)


def snapshots(booth, *ages: timedelta, why=TIDIED) -> list[int]:
    """Snapshots of those ages, the oldest first, each of 10 changes."""
    now = timezone.now()
    return [Snapshot.objects.create(booth=booth, data=b"\x00\x00", at=now - age, why=why, changes=10).id
            for age in sorted(ages, reverse=True)]


def minutes(*numbers) -> list[timedelta]:
    return [timedelta(minutes=number) for number in numbers]


@pytest.mark.django_db
def test_versions_stand_five_minutes_apart_and_count_all_changes(booth):
    old = snapshots(booth, *minutes(20, 18, 16, 14, 9, 8, 0))
    thinning.thin(booth.id)
    left = dict(Snapshot.objects.order_by("id").values_list("id", "changes"))
    assert left == {old[0]: 10, old[3]: 30, old[4]: 10, old[6]: 20}


@pytest.mark.django_db
def test_over_the_years_fewer_are_kept_but_all_that_somebody_kept(booth):
    days = [timedelta(days=number / 4) for number in range(4 * 1000)]
    snapshots(booth, *days)
    by_hand = snapshots(booth, *[timedelta(days=900, minutes=number) for number in range(5)], why=KEPT)
    Snapshot.objects.create(booth=booth, data=b"\x00\x00", changes=1)
    thinning.thin(booth.id)
    left = Snapshot.objects.filter(booth=booth)
    assert left.count() < 250
    assert left.filter(id__in=by_hand).count() == 5
    last_month = left.filter(at__gte=timezone.now() - timedelta(days=30), why=TIDIED).count()
    before = left.count()
    assert last_month > 30
    thinning.thin(booth.id)
    assert left.count() == before


@pytest.mark.django_db
def test_there_is_an_end_to_versions(booth, monkeypatch):
    monkeypatch.setattr(thinning, "MOST", 5)
    snapshots(booth, *[timedelta(days=40 * number) for number in range(1, 12)])
    newest = Snapshot.objects.create(booth=booth, data=b"\x00\x00")
    thinning.thin(booth.id)
    assert Snapshot.objects.count() == 5
    assert Snapshot.objects.filter(id=newest.id).exists()
