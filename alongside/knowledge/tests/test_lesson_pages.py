"""Members make lessons: from nothing or from ours, step by step, with pictures, and look at them as they are shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.knowledge.models import Lesson, LessonPart
from alongside.knowledge.tests.conftest import png

pytestmark = pytest.mark.django_db
STEP = {"title": "Grind", "words": "As fine as sand.", "amount": ["18 g", "", ""], "thing": ["beans", "", ""]}


@pytest.fixture
def member(lena, signed_in):
    """Lena's browser; any member may write lessons."""
    return signed_in(lena)


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_house_is_told_what_lessons_are_for_and_offered_ours(member):
    assert "Show them how it is made" in page(member, "/lessons")
    assert member.post("/lessons/load", {"lesson": "steak"}).status_code == 302
    assert Lesson.objects.get().title == "A steak from the pan"
    shown = page(member, "/lessons")
    assert 'value="steak"' not in shown and 'value="flat-white"' in shown and "7 steps" in shown
    assert member.post("/lessons/load", {"lesson": "../../secret"}).status_code == 404


def test_a_lesson_is_written_step_by_step(member, lena):
    begun = member.post("/lessons", {"title": "A coffee", "language": "en"})["Location"]
    picture = SimpleUploadedFile("grinder.png", png(), content_type="image/png")
    assert member.post(begun, {**STEP, "picture": picture, "another": "1"})["Location"] == begun
    assert member.post(begun, {**STEP, "title": "Brew"})["Location"] == begun.removesuffix("/steps")
    lesson = Lesson.objects.get()
    grind, brew = lesson.standing
    assert (lesson.by, grind.amounts, grind.picture.name) == (lena.person, [["18 g", "beans"]], "grinder.png")
    shown = page(member, f"/lessons/{lesson.id}")
    assert shown.count("<img") == 1 and grind.picture.preview_link(lena.principal()) in shown


def test_a_step_is_changed_and_its_picture_taken_away(member, coffee):
    press = coffee.parts.get(title="Press")
    path = f"/lessons/{coffee.id}/steps/{press.id}"
    assert 'name="no_picture"' in page(member, path)
    assert member.post(path, {**STEP, "title": "Press once"}).status_code == 302
    press.refresh_from_db()
    assert press.title == "Press once" and press.picture
    member.post(path, {**STEP, "no_picture": "on"})
    press.refresh_from_db()
    assert press.picture is None and 'name="no_picture"' not in page(member, path)


def test_what_was_just_moved_keeps_the_focus_so_that_the_same_key_moves_it_on(member, coffee):
    brew = coffee.parts.get(title="Brew")
    moved = member.post(f"/lessons/{coffee.id}/steps/{brew.id}/move", {"way": "up"}, follow=True).content.decode()
    assert "“Brew” is step 2 now." in moved
    assert 'value="up" aria-label="Earlier: Brew" autofocus' in moved
    moved = member.post(f"/lessons/{coffee.id}/steps/{brew.id}/move", {"way": "up"}, follow=True).content.decode()
    assert 'value="down" aria-label="Later: Brew" autofocus' in moved
    assert member.post(f"/lessons/{coffee.id}/steps/{brew.id}/move", {"way": "away"}).status_code == 400


def test_a_step_is_taken_out_and_put_back(member, coffee):
    grind = coffee.parts.get(title="Grind")
    path = f"/lessons/{coffee.id}/steps/{grind.id}/take-out"
    assert "Put back: Grind" in member.post(path, follow=True).content.decode()
    member.post(path)
    assert [part.title for part in coffee.parts.in_place()] == ["Press", "Brew", "Grind"]


def test_it_is_looked_at_as_the_other_side_sees_it(member, coffee):
    path = f"/lessons/{coffee.id}/shown"
    first = page(member, path)
    assert "Step 1 of 3" in first and "<b>18 g</b> beans" in first and "Next" in first
    assert "lesson-picture" in page(member, f"{path}?step=2")
    assert "I have got it" in page(member, f"{path}?step=3")
    for over in ("4", "999", "-1", "x", "٣"):
        assert page(member, f"{path}?step={over}")
    assert "They keep this lesson" in page(member, f"{path}?step=4")


def test_a_lesson_without_steps_shows_nothing_and_says_so(member, lena):
    lesson = Lesson.make("Nothing yet", by=lena.person)
    assert "There is no step yet" in page(member, f"/lessons/{lesson.id}/shown")
    assert "no step yet, so it cannot be shown" in page(member, "/lessons")


def test_it_is_retired_and_shown_again(member, coffee):
    member.post(f"/lessons/{coffee.id}/retire")
    assert "Shown no more" in page(member, "/lessons")
    member.post(f"/lessons/{coffee.id}/retire")
    coffee.refresh_from_db()
    assert coffee.retired_at is None


def test_what_it_is_called_is_changed(member, coffee):
    assert member.post(f"/lessons/{coffee.id}", {"title": "Our coffee"}).status_code == 302
    coffee.refresh_from_db()
    assert (coffee.title, coffee.about) == ("Our coffee", "")
    assert member.post(f"/lessons/{coffee.id}", {"title": ""}).status_code == 422


@pytest.mark.parametrize("wrong", [
    {"title": ""}, {"title": "x" * 121}, {"words": "x" * 4001}, {"amount": ["1"] * 21, "thing": ["egg"] * 21},
    {"amount": ["x" * 41], "thing": ["egg"]}, {"amount": ["1"], "thing": ["eg\0g"]},
])  # fmt: skip
def test_a_step_that_cannot_be_kept_is_told_with_what_was_written(member, coffee, wrong):
    answer = member.post(f"/lessons/{coffee.id}/steps", {**STEP, "words": "Slowly now.", **wrong})
    shown = answer.content.decode()
    assert answer.status_code == 422 and ('class="wrong"' in shown or "nothing is kept yet" in shown)
    assert "Slowly now." in shown or "words" in wrong
    assert coffee.parts.count() == 3


@pytest.mark.parametrize(("content", "told"), [
    (b"<svg onload=alert(1)>", "cannot be read as a picture"), (b"\x89PNG\r\n\x1a\nbroken", "cannot be read"),
    (png(20_000, 10_000), "more than 50 megapixels"), (b"", "empty"),
])  # fmt: skip
def test_what_is_no_picture_is_refused_in_words(member, coffee, content, told):
    picture = SimpleUploadedFile("picture.png", content, content_type="image/png")
    answer = member.post(f"/lessons/{coffee.id}/steps", {**STEP, "picture": picture})
    assert answer.status_code == 422 and told in answer.content.decode()
    assert coffee.parts.count() == 3


def test_a_step_of_another_lesson_is_not_there(member, coffee, lena):
    other = Lesson.make("Tea", by=lena.person)
    part = LessonPart.objects.filter(lesson=coffee).first()
    for path in (f"/lessons/{other.id}/steps/{part.id}", f"/lessons/{other.id}/steps/{part.id}/take-out"):
        assert member.post(path, STEP).status_code == 404


def test_the_pages_ask_no_more_for_more(member, coffee, lena, picture):
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            page(member, path)
        return len(asked)

    paths = ("/lessons", f"/lessons/{coffee.id}", f"/lessons/{coffee.id}/shown")
    page(member, "/lessons")  # the first page of a session asks for more
    few = [queries(path) for path in paths]
    for number in range(5):
        coffee.add(by=lena.person, title=f"{number}", picture=picture)
        Lesson.make(f"{number}", by=lena.person).add(by=lena.person, title="One")
    assert [queries(path) for path in paths] == few
