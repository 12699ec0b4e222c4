"""Leads keep the questions: ours taken in by a click, one's own made, reworded, put in order and retired."""

import pytest

from alongside.profiles.models import TOLD, Answer, QuestionSet

pytestmark = pytest.mark.django_db
NEW = {"words": "Which song?", "spoken": "May I ask: which song?", "kind": "text"}


@pytest.fixture
def lead(admin, signed_in):
    """An admin's browser; a lead may do the same."""
    return signed_in(admin)


def test_ours_are_taken_in_by_a_click_once(lead):
    assert "Product profile" in lead.get("/settings/questions").content.decode()
    assert lead.post("/settings/questions/load", {"set": "buyer"}).status_code == 302
    held = QuestionSet.objects.get()
    assert (held.key, held.of_everyone) == ("buyer", True)
    page = lead.get("/settings/questions").content.decode()
    assert 'value="buyer"' not in page and 'value="seller"' in page
    assert lead.post("/settings/questions/load", {"set": "../../secret"}).status_code == 404


def test_a_set_of_ones_own_is_made_filled_ordered_and_retired(lead):
    path = lead.post("/settings/questions", {"name": "Choir", "for_kind": "human"})["Location"]
    for words in ("One?", "Two?", "Three?"):
        assert lead.post(f"{path}/new", {**NEW, "words": words}).status_code == 302
    held = QuestionSet.objects.get()

    def order():
        return list(held.questions.filter(retired_at=None).values_list("words", flat=True))

    one, two, three = held.questions.all()
    lead.post(f"{path}/{three.id}/move", {"way": "up"})
    assert order() == ["One?", "Three?", "Two?"]
    lead.post(f"{path}/{one.id}/move", {"way": "up"})
    lead.post(f"{path}/{one.id}/retire")
    lead.post(f"{path}/{two.id}/move", {"way": "up"})
    assert order() == ["Two?", "Three?"]
    lead.post(f"{path}/{one.id}/retire")
    assert sorted(order()) == ["One?", "Three?", "Two?"]
    lead.post(f"{path}/retire")
    assert "retired" in lead.get("/settings/questions").content.decode()
    lead.post(path, {"name": "The choir", "for_kind": "human", "of_everyone": "on"})
    held.refresh_from_db()
    assert (held.name, held.of_everyone, bool(held.retired_at)) == ("The choir", True, True)


def test_rewording_leaves_answers_their_words_and_their_kind(lead, joe, lena):
    held = QuestionSet.make("Choir")
    song = held.add(words="Which song?")
    Answer.give(joe, song, "The first", provenance=TOLD, by=lena.person)
    path = f"/settings/questions/{held.id}/{song.id}"
    assert 'name="kind"' not in lead.get(path).content.decode()
    assert lead.post(path, {"words": "Which tune?", "kind": "number"}).status_code == 302
    song.refresh_from_db()
    assert (song.words, song.kind, song.here) == ("Which tune?", "text", True)
    assert Answer.objects.get().words == "Which song?"


@pytest.mark.parametrize("wrong", [
    {"words": ""}, {"kind": "choice", "choices": "Only one"}, {"kind": "many", "choices": "Same\nSame"},
    {"lasts_days": "0"}, {"kind": "riddle"}, {"words": "x" * 301},
])  # fmt: skip
def test_a_question_that_is_none_is_told_and_not_kept(lead, wrong):
    held = QuestionSet.make("Choir")
    assert lead.post(f"/settings/questions/{held.id}/new", {**NEW, **wrong}).status_code == 422
    assert not held.questions.exists()


def test_a_question_of_another_set_is_not_there(lead):
    mine, other = QuestionSet.make("Mine"), QuestionSet.make("Mine")
    assert mine.key != other.key
    foreign = other.add(words="Which?")
    assert lead.get(f"/settings/questions/{mine.id}/{foreign.id}").status_code == 404
    assert lead.post(f"/settings/questions/{mine.id}/{foreign.id}/retire").status_code == 404
    assert lead.post(f"/settings/questions/{other.id}/{foreign.id}/move", {"way": "away"}).status_code == 400
