"""What this room holds of a person: which lessons they made. Lessons themselves are the house's."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.knowledge.models import Lesson
from alongside.people.belongings import Belonging, Item, Told, register


class Made(Belonging):
    """That somebody made a lesson; erased, the lesson stays and says no more by whom."""

    name, label, order = "lessons", gettext_lazy("Lessons they made"), 75

    def held(self, person_ids: list[int]) -> list[Told]:
        """What each is called, the oldest first."""
        return [Told(what=_("Made a lesson"), value=lesson.title, at=lesson.made_at) for lesson in _theirs(person_ids)]

    def export(self, person_ids: list[int]) -> list[dict]:
        """The same as plain values."""
        return [{"lesson": lesson.title, "at": lesson.made_at.isoformat()} for lesson in _theirs(person_ids)]

    def erase(self, person_ids: list[int], how: str) -> int:
        """Forget who made them."""
        return Lesson.objects.filter(by__in=person_ids).update(by=None)

    def since(self, person_ids: list[int], moment: datetime) -> list[Item]:
        """Those that were made after `moment`."""
        fresh = _theirs(person_ids).filter(made_at__gt=moment)
        return [Item(lesson.pk, lesson.title, lesson.made_at) for lesson in fresh]

    def move(self, ids: list[int], person_id: int) -> int:
        """Say that another person made those."""
        return Lesson.objects.filter(pk__in=ids).update(by_id=person_id)


def _theirs(person_ids: list[int]):
    return Lesson.objects.filter(by__in=person_ids).order_by("made_at", "id")


register(Made())
