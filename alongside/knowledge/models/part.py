"""A step of a lesson: what is done, with how much of what, and a picture of it."""

from django.db import models
from django.utils import timezone

from alongside.files.models import File, in_use
from alongside.knowledge.models.lesson import MOST_PARTS, Full, Lesson
from alongside.people.models import Person

MOST_PART_TITLE, MOST_WORDS, MOST_AMOUNTS, MOST_AMOUNT, MOST_THING = 120, 4000, 20, 40, 120


class LessonPartQuerySet(models.QuerySet):
    """Ways to find steps."""

    def visible_to(self, principal):
        """Whoever sees the lesson sees its steps."""
        return self.filter(lesson__in=Lesson.objects.visible_to(principal))

    def in_place(self):
        """Those that were not taken out, in their order."""
        return self.filter(taken_out_at=None)


class LessonPart(models.Model):
    """One step. `amounts` is a list of pairs `[amount, thing]`: ["18 g", "ground coffee"]; either may be ""."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="parts")
    order = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=MOST_PART_TITLE)
    words = models.TextField(blank=True)
    amounts = models.JSONField(default=list, blank=True)
    picture = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    taken_out_at = models.DateTimeField(null=True)

    objects = LessonPartQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]

    def __str__(self):
        return self.title

    def change(self, *, by: Person, **about) -> None:
        """Say it otherwise, with other amounts or another picture."""
        with self.lesson.changing(by=by):
            for name, value in about.items():
                setattr(self, name, value)
            self.save(update_fields=list(about))

    def move(self, way: int, *, by: Person) -> int:
        """One place up (-1) or down (1). Returns its place, from 0."""
        with self.lesson.changing(by=by):
            parts = list(self.lesson.parts.in_place())
            here = parts.index(self)
            there = min(max(here + way, 0), len(parts) - 1)
            parts.insert(there, parts.pop(here))
            for order, part in enumerate(parts):
                part.order = order
            LessonPart.objects.bulk_update(parts, ["order"])
        return there

    def take_out(self, *, by: Person) -> None:
        """Show it no more; it is kept, and can be put back."""
        with self.lesson.changing(by=by):
            self.taken_out_at = timezone.now()
            self.save(update_fields=["taken_out_at"])

    def put_back(self, *, by: Person) -> None:
        """Show it again, at the end. Raises Full."""
        with self.lesson.changing(by=by):
            orders = list(self.lesson.parts.in_place().exclude(pk=self.pk).values_list("order", flat=True))
            if len(orders) >= MOST_PARTS:
                raise Full(f"a lesson has {MOST_PARTS} steps at most")
            self.taken_out_at, self.order = None, max(orders, default=-1) + 1
            self.save(update_fields=["taken_out_at", "order"])


@in_use.register
def pictures_of_lessons():
    """Files that are the picture of a step, also of one that was taken out."""
    return LessonPart.objects.exclude(picture=None).values("picture")
