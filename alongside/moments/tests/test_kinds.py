"""Kinds of moments are data: some come with the house, a lead adds, renames, orders and retires them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from alongside.moments import loading
from alongside.moments.ideas import Done, propose
from alongside.moments.models import Idea, Moment, MomentKind
from alongside.moments.moods import AGITATED, BRIGHT, MOODS
from alongside.people import belongings, timeline

pytestmark = pytest.mark.django_db
NOW = timezone.now()
NEW = {"label": "Watered their plant", "icon": "day", "rests": "3"}


@pytest.fixture
def lead(admin, signed_in):
    """An admin's browser; a lead may do the same."""
    return signed_in(admin)


def labels():
    return [kind.label for kind in MomentKind.objects.offered()]


def proposed(person, mood=None, most=99):
    return propose(MomentKind.objects.offered(), Done(*Moment.done_for(person)), mood, timezone.now(), most)


def test_those_of_the_house_are_there_from_the_first_second_each_with_an_idea(db):
    kinds = list(MomentKind.objects.offered())
    assert (kinds[0].key, kinds[1].label, kinds[1].icon) == ("greeted", "A smile on the bag", "day")
    assert all(kind.fresh_ideas for kind in kinds)
    known = {mood.id for mood in MOODS}
    assert all(set(idea.fits) <= known for idea in Idea.objects.all())


def test_they_read_in_the_readers_language_until_the_house_words_them_itself(db):
    smile = MomentKind.objects.get(key="smile")
    with translation.override("de"):
        german = smile.shown
        assert german != smile.label
        smile.change(label=german, icon="day", rests=5)
    assert (smile.shown, smile.here) == ("A smile on the bag", ["rests"])
    smile.change(label="A smile on the cup", icon="day", rests=5)
    with translation.override("de"):
        assert smile.shown == "A smile on the cup"


def test_brought_in_again_what_the_house_changed_or_retired_stays_and_the_rest_is_as_it_came(db):
    smile, extra, carried = (MomentKind.objects.get(key=key) for key in ("smile", "extra", "carried"))
    smile.change(label="A smile on the cup", icon="star", rests=smile.rests)
    extra.retire()
    MomentKind.objects.filter(pk=carried.pk).update(label="Of an older release", rests=99)
    idea = smile.ideas.get()
    idea.change(words="Draw it on the lid", fits=[])
    carried.ideas.get().delete()
    before = MomentKind.objects.count()
    loading.bring_in()
    for row in (smile, extra, carried, idea):
        row.refresh_from_db()
    assert (smile.label, smile.icon, bool(extra.retired_at), idea.words) == (
        "A smile on the cup", "star", True, "Draw it on the lid")
    assert (carried.label, carried.rests, carried.ideas.get().key) == ("Carried it to their seat", 14, "carry")
    assert MomentKind.objects.count() == before


def test_what_was_done_lately_is_not_proposed_and_what_fits_comes_first(joe, lena):
    for key, days in (("smile", 2), ("carried", 200)):
        Moment.keep(joe, by=lena.person, kind_id=key, at=NOW - timedelta(days=days))
    found = proposed(joe, AGITATED)
    keys = [each.kind.key for each in found]
    assert "smile" not in keys
    assert AGITATED in found[0].idea.fits
    assert keys.index("unhurried") < keys.index("carried") < keys.index("greeted")
    assert not any(each.idea.fits and AGITATED not in each.idea.fits for each in found)
    assert next(each.last for each in found if each.kind.key == "carried") == NOW - timedelta(days=200)


def test_after_its_rest_a_kindness_is_fresh_again(joe, lena):
    rests = MomentKind.objects.get(key="smile").rests
    Moment.keep(joe, by=lena.person, kind_id="smile", at=timezone.now() - timedelta(days=rests))
    assert "smile" in [each.kind.key for each in proposed(joe)]


@pytest.mark.parametrize("mood", [None, *(mood.id for mood in MOODS)])
def test_there_is_an_idea_for_every_mood_even_for_somebody_who_had_them_all(joe, lena, mood):
    assert len(proposed(joe, mood, most=3)) == 3
    for kind in MomentKind.objects.all():
        Moment.keep(joe, by=lena.person, kind=kind, at=NOW - timedelta(days=61))
    assert proposed(joe, mood)


def test_an_own_kind_is_proposed_by_its_own_ideas_the_one_longest_not_used(joe, lena):
    plant = MomentKind.make("Watered their plant", rests=0)
    assert plant.key == "own-watered-their-pl" and "Watered" not in str(proposed(joe))
    first, second = plant.add_idea("Water the plant", []), plant.add_idea("Turn it to the light", [])
    merry = plant.add_idea("Give it a name", [BRIGHT])

    def next_one(mood=None):
        return next(each.idea for each in proposed(joe, mood) if each.kind == plant)

    used = []
    for days in (9, 8, 7, 6):
        used.append(next_one(AGITATED))
        Moment.keep(joe, by=lena.person, kind=plant, idea=used[-1], at=NOW - timedelta(days=days))
    assert used == [first, second, first, second]
    assert next_one(BRIGHT) == merry
    merry.retire()
    assert next_one(BRIGHT) == first


def test_one_whose_script_makes_no_key_has_one_too(db):
    assert [MomentKind.make("花に水").key for _twice in range(2)] == ["own-kind", "own-kind-2"]


def test_a_retired_kind_is_neither_offered_nor_proposed_and_still_told_of(joe, lena, lead):
    Moment.keep(joe, by=lena.person, kind_id="smile")
    smile = MomentKind.objects.get(key="smile")
    lead.post(f"/settings/moments/{smile.id}/retire")
    assert "A smile on the bag" not in labels()
    assert "smile" not in [each.kind.key for each in proposed(joe)]
    entry = timeline.page(joe, lena.principal())[0][0]
    assert (entry.context["noted"].in_words, entry.icon) == ("A smile on the bag", "day")
    assert "A smile on the bag" in lead.get(f"/people/{joe.id}").content.decode()
    assert belongings.named("moments").held([joe.id])[0].value == "A smile on the bag"
    lead.post(f"/settings/moments/{smile.id}/retire")
    assert "A smile on the bag" in labels()


def test_a_timeline_of_many_kinds_is_one_query(joe, lena, django_assert_num_queries):
    for kind in MomentKind.objects.all():
        Moment.keep(joe, by=lena.person, kind=kind)
    with django_assert_num_queries(1):
        held = belongings.named("moments").held([joe.id])
    assert [told.value for told in held] == labels()


def test_a_kind_of_ones_own_is_added_renamed_ordered_and_given_ideas(lead):
    path = lead.post("/settings/moments", NEW)["Location"]
    kind = MomentKind.objects.get(label="Watered their plant")
    assert (path, kind.icon, kind.rests, labels()[-1]) == (f"/settings/moments/{kind.id}", "day", 3, kind.label)
    assert lead.post(f"{path}/ideas", {"words": "Water <b>it</b>", "fits": ["tired", "low"]}).status_code == 302
    idea = kind.ideas.get()
    assert (idea.words, idea.fits) == ("Water <b>it</b>", ["tired", "low"])
    for there in (path, "/settings/moments", f"{path}/ideas/{idea.id}"):
        page = lead.get(there).content.decode()
        assert "Water &lt;b&gt;it" in page, there
    lead.post(f"{path}/ideas/{idea.id}", {"words": "Water it well"})
    lead.post(path, {**NEW, "label": "Watered the plant"})
    lead.post(f"{path}/move", {"way": "up"})
    lead.post(f"{path}/move", {"way": "up"})
    lead.post(f"{path}/move", {"way": "down"})
    kind.refresh_from_db()
    assert (kind.label, labels()[-2], kind.ideas.get().fits) == ("Watered the plant", "Watered the plant", [])
    lead.post(f"{path}/ideas/{idea.id}/retire")
    assert "Proposed no more" in lead.get(path).content.decode()


@pytest.mark.parametrize("wrong", [{"label": " "}, {"label": "x" * 121}, {"icon": "skull"}, {"rests": "-1"},
                                   {"rests": "soon"}])
def test_what_is_none_is_told_and_not_kept(lead, wrong):
    before = MomentKind.objects.count()
    assert lead.post("/settings/moments", {**NEW, **wrong}).status_code == 422
    smile = MomentKind.objects.get(key="smile")
    assert lead.post(f"/settings/moments/{smile.id}", {**NEW, **wrong}).status_code == 422
    assert MomentKind.objects.count() == before


@pytest.mark.parametrize("wrong", [{"words": ""}, {"words": "x" * 201}, {"words": "Sing", "fits": ["merry"]}])
def test_an_idea_that_is_none_is_told_and_not_kept(lead, wrong):
    smile = MomentKind.objects.get(key="smile")
    assert lead.post(f"/settings/moments/{smile.id}/ideas", wrong).status_code == 422
    assert lead.post(f"/settings/moments/{smile.id}/ideas/{smile.ideas.get().id}", wrong).status_code == 422
    assert smile.ideas.count() == 1


def test_an_idea_of_another_kind_is_not_there(lead):
    smile, extra = MomentKind.objects.get(key="smile"), MomentKind.objects.get(key="extra")
    foreign = extra.ideas.get()
    assert lead.get(f"/settings/moments/{smile.id}/ideas/{foreign.id}").status_code == 404
    assert lead.post(f"/settings/moments/{smile.id}/ideas/{foreign.id}/retire").status_code == 404
    assert lead.post(f"/settings/moments/{smile.id}/move", {"way": "away"}).status_code == 400


def test_members_do_not_change_them(lena):
    browser = Client()
    browser.force_login(lena)
    assert browser.get("/settings/moments").status_code in (403, 404)
    assert browser.post("/settings/moments", NEW).status_code in (403, 404)


def test_without_any_kind_a_kindness_is_noted_in_own_words(joe, lena, lead):
    for kind in MomentKind.objects.all():
        kind.retire()
    assert "None. Members can still note" in lead.get("/settings/moments").content.decode()
    assert proposed(joe) == []
    Moment.keep(joe, by=lena.person, words="Sang for him")
    assert Moment.objects.get().in_words == "Sang for him"
