"""A lesson: how something is made, in steps, so that it can be shown to somebody and kept by them."""

from contextlib import contextmanager

from django.db import models, transaction
from django.utils import timezone

from alongside.events.models import record
from alongside.files.models import File
from alongside.people.models import Person

MOST_TITLE, MOST_ABOUT, MOST_PARTS = 200, 500, 60


class Full(ValueError):
    """The lesson has as many steps as one can follow."""


class LessonQuerySet(models.QuerySet):
    """Ways to find lessons."""

    def visible_to(self, principal):
        """Members see all of them; a guest sees what was brought to the table, which is a copy and lies there."""
        return self if principal.serves else self.none()

    def to_show(self):
        """Those that can be shown to somebody: they stand, and have a step."""
        return self.filter(retired_at=None, parts__taken_out_at=None, parts__isnull=False).distinct()


class Lesson(models.Model):
    """How something is made. `by` made it; None for one that came with the house.

    `key` names the file that it came from, "" for one of the house's own. `here`: the house changed it, so that
    loading the file again leaves it as it is. `language` is a code such as "en", or "".
    """

    title = models.CharField(max_length=MOST_TITLE)
    about = models.CharField(max_length=MOST_ABOUT, blank=True)
    language = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)
    key = models.SlugField(max_length=60, blank=True)
    here = models.BooleanField(default=False)
    demo = models.BooleanField(default=False, editable=False)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="lesson_key_once", condition=~models.Q(key="")),
        ]

    def __str__(self):
        return self.title

    @classmethod
    def make(cls, title: str, *, by: Person | None, about: str = "", language: str = "", key: str = "") -> "Lesson":
        """Begin a lesson. Records `knowledge.lesson_made`."""
        with transaction.atomic():
            made = cls.objects.create(title=title, about=about, language=language, by=by, key=key)
            record("knowledge.lesson_made", by=by, data={"lesson": made.id})
        return made

    @property
    def standing(self) -> list:
        """Its steps, in their order, without those that were taken out."""
        return [part for part in self.parts.all() if part.taken_out_at is None]

    def change(self, *, by: Person, **about) -> None:
        """Say otherwise what it is called, what it is about or in which language it is."""
        with self.changing(by=by):
            for name, value in about.items():
                setattr(self, name, value)
            self.save(update_fields=list(about))

    def add(self, *, by: Person, title: str, words: str = "", amounts=(), picture: File | None = None):
        """Add a step at the end. Raises Full."""
        with self.changing(by=by):
            orders = list(self.parts.filter(taken_out_at=None).values_list("order", flat=True))
            if len(orders) >= MOST_PARTS:
                raise Full(f"a lesson has {MOST_PARTS} steps at most")
            order = max(orders, default=-1) + 1
            return self.parts.create(order=order, title=title, words=words, amounts=list(amounts), picture=picture)

    def retire(self, *, by: Person) -> None:
        """Show it no more; what was brought to a table stays there. Records `knowledge.lesson_retired`."""
        self._stand(timezone.now(), "lesson_retired", by)

    def bring_back(self, *, by: Person | None) -> None:
        """Show it again. Records `knowledge.lesson_brought_back`."""
        self._stand(None, "lesson_brought_back", by)

    def _stand(self, retired_at, verb: str, by: Person | None) -> None:
        with transaction.atomic():
            now = Lesson.objects.select_for_update().get(pk=self.pk)
            if bool(now.retired_at) == bool(retired_at):
                return
            self.retired_at = retired_at
            self.save(update_fields=["retired_at"])
            record(f"knowledge.{verb}", by=by, data={"lesson": self.id})

    @contextmanager
    def changing(self, *, by: Person):
        """A transaction in which this lesson is held, and it or a step changes. Records `knowledge.lesson_changed`."""
        with transaction.atomic():
            Lesson.objects.select_for_update().get(pk=self.pk)
            yield
            self.changed_at, self.here = timezone.now(), True
            self.save(update_fields=["changed_at", "here"])
            record("knowledge.lesson_changed", by=by, data={"lesson": self.id})
