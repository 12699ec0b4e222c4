"""Fills the booths' shelf with the lessons of the house; what is laid on a table is a copy and stays there."""

from django.db import transaction

from alongside.booths.lessons import Found, shelf
from alongside.knowledge.models import Lesson, LessonPart
from alongside.lib.principal import Principal
from alongside.people.models import Person

PURPOSE = "booth"


def put_up() -> None:
    """Let booths find lessons. Called once, when the app is ready."""
    shelf.register(copy_of)


@transaction.atomic
def copy_of(principal: Principal, id: int) -> Found | None:
    """The title and steps of a lesson, its pictures as files of their own; None when there is none to show them."""
    lesson = Lesson.objects.visible_to(principal).to_show().filter(pk=id).first()
    if lesson is None:
        return None
    by = Person.objects.get(pk=principal.person_id)
    parts = lesson.parts.in_place().select_related("picture")
    return lesson.title, [_copied(part, by) for part in parts]


def _copied(part: LessonPart, by: Person) -> dict:
    file = part.picture.copy(by=by, purpose=PURPOSE).id if part.picture else None
    return {"title": part.title, "words": part.words, "amounts": part.amounts, "file": file}
