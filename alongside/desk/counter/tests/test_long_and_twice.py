"""What is long is kept and read whole; whoever was written down twice is here once."""

import re

import pytest

from alongside.moments.models import Note
from alongside.people.merging import merge
from alongside.people.models import Person
from alongside.profiles.models import Answer, QuestionSet
from alongside.visits.models import Visit

pytestmark = pytest.mark.django_db
FRAGMENT = {"HTTP_X_FRAGMENT": "here"}


def html(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_long_note_is_kept_and_read_whole(counter, joe, visit):
    words = "He waited outside in the rain again. " * 600 + "The end of it."
    page = html(counter.post(f"/counter/visits/{visit.id}/note", {"what": "note", "value": words}, follow=True))
    assert Note.objects.get().text == words
    assert "The end of it." in page.partition("Noted at this visit")[2] and "All of it" in page


def test_a_long_answer_is_read_whole_on_the_card(counter, joe, visit, lena):
    asked = QuestionSet.make("Guest").add(words="What do they like?")
    Answer.give(joe, asked, "Quiet. " * 2_000 + "And tea.", provenance="told", by=lena.person)
    for path in (f"/counter/visits/{visit.id}", f"/people/{joe.id}", f"/people/{joe.id}/profile"):
        assert "And tea." in html(counter.get(path))


def test_who_was_written_down_twice_is_here_once_and_leaves_once(counter, joe, visit, market, lena):
    joseph = Person.meet(full_name="Joseph Hallam")
    Visit.begin(joseph, location=market, by=lena.person)
    merge(joe, joseph, by=lena.person)
    here = html(counter.get("/counter/here", **FRAGMENT))
    assert here.count("/leave") == 1
    counter.post(re.search(r"/counter/visits/\d+/leave", here)[0])
    assert "Nobody is here yet." in html(counter.get("/counter/here", **FRAGMENT))
