"""A lesson is made, put in order, changed, retired and brought back; what is taken out is kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.events.models import Event
from alongside.files.models import File, in_use
from alongside.knowledge.belongings import Made
from alongside.knowledge.models import Lesson
from alongside.knowledge.models.lesson import MOST_PARTS, Full
from alongside.people.belongings import DELETE

pytestmark = pytest.mark.django_db


def titles(lesson) -> list[str]:
    return [part.title for part in Lesson.objects.get(pk=lesson.pk).standing]


def kinds(lesson) -> list[str]:
    return list(Event.objects.filter(data={"lesson": lesson.id}).order_by("id").values_list("kind", flat=True))


def test_steps_are_moved_taken_out_and_put_back(coffee, lena):
    by = lena.person
    grind, press, brew = coffee.parts.all()
    assert brew.move(-1, by=by) == 1 and titles(coffee) == ["Grind", "Brew", "Press"]
    assert grind.move(-1, by=by) == 0 and press.move(1, by=by) == 2
    grind.take_out(by=by)
    assert brew.move(1, by=by) == 1 and titles(coffee) == ["Press", "Brew"]
    grind.put_back(by=by)
    assert titles(coffee) == ["Press", "Brew", "Grind"]


def test_everything_that_is_done_to_it_is_told(coffee, lena):
    coffee.change(by=lena.person, title="A good coffee")
    coffee.parts.first().change(by=lena.person, title="Grind them")
    coffee.retire(by=lena.person)
    coffee.retire(by=lena.person)
    coffee.bring_back(by=lena.person)
    assert kinds(coffee) == ["knowledge.lesson_made", *["knowledge.lesson_changed"] * 5, "knowledge.lesson_retired",
                             "knowledge.lesson_brought_back"]
    assert Event.objects.filter(kind="knowledge.lesson_changed").first().actor_id == lena.person_id


def test_only_what_stands_and_has_a_step_is_to_show(coffee, lena):
    empty = Lesson.make("Nothing yet", by=lena.person)
    assert list(Lesson.objects.to_show()) == [coffee]
    empty.add(by=lena.person, title="Begin").take_out(by=lena.person)
    coffee.retire(by=lena.person)
    assert not Lesson.objects.to_show().exists()


def test_a_lesson_has_an_end(lena):
    lesson = Lesson.make("Everything", by=lena.person)
    for number in range(MOST_PARTS):
        last = lesson.add(by=lena.person, title=f"{number}")
    with pytest.raises(Full):
        lesson.add(by=lena.person, title="More")
    last.take_out(by=lena.person)
    lesson.add(by=lena.person, title="More")
    with pytest.raises(Full):
        last.put_back(by=lena.person)


def test_pictures_of_steps_are_in_use_also_of_those_that_were_taken_out(coffee, lena, picture):
    loose = File.keep(b"nobody's", name="loose.txt")
    coffee.parts.get(title="Press").take_out(by=lena.person)
    assert list(in_use.among(File.objects.all())) == [loose]


def test_moving_asks_no_more_for_more_steps(coffee, lena):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            coffee.parts.first().move(1, by=lena.person)
        return len(asked)

    few = queries()
    for number in range(20):
        coffee.add(by=lena.person, title=f"{number}")
    assert queries() == few


def test_who_made_it_is_theirs_and_the_lesson_is_the_houses(coffee, lena, dishwasher):
    made, ids = Made(), [lena.person_id]
    assert [told.value for told in made.held(ids)] == ["A coffee"]
    assert made.export(ids)[0]["lesson"] == "A coffee"
    item = made.since(ids, coffee.made_at.replace(year=2000))[0]
    assert made.move([item.id], dishwasher.person_id) == 1 and not made.held(ids)
    assert made.erase([dishwasher.person_id], DELETE) == 1
    coffee.refresh_from_db()
    assert coffee.by is None and titles(coffee) == ["Grind", "Press", "Brew"]
