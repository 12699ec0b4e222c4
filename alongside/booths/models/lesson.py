"""A lesson that was brought to the table: its steps as they were then, who leads, and where each of them is."""

from django.db import models, transaction
from django.utils import timezone

from alongside.booths.models.booth import Booth
from alongside.booths.models.participant import Participant
from alongside.events.models import record
from alongside.files.models import in_use


class BroughtLessonQuerySet(models.QuerySet):
    """Brought lessons by who may see them."""

    def visible_to(self, principal):
        """Whoever sees the booth sees what was shown in it."""
        return self.filter(booth__in=Booth.objects.visible_to(principal))


class BroughtLesson(models.Model):
    """One lesson, copied, so that whoever was shown it keeps what they were shown.

    `lesson_id` is where it came from; that room stands beside this one. `parts` are its steps: a list of
    `{"title", "words", "amounts": [[amount, thing], …], "file": id or null}`. `leader` is whose pace the others follow.
    """

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="lessons")
    lesson_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=200)
    parts = models.JSONField(default=list)
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    leader = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    removed_at = models.DateTimeField(null=True)

    objects = BroughtLessonQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.title

    @classmethod
    def bring(cls, booth: Booth, *, title: str, parts: list[dict], by: Participant,
              lesson_id: int | None = None) -> "BroughtLesson":
        """Lay a lesson on the table. Records `booth.lesson_brought`. Raises NotOpen, ValueError without steps."""
        if not parts:
            raise ValueError("a lesson needs a step")
        with transaction.atomic():
            booth.hold().refuse_ended()
            brought = cls.objects.create(booth=booth, title=title[:200], parts=parts, by=by, lesson_id=lesson_id)
            record("booth.lesson_brought", by=by.person, subject=booth.person, data=booth.ids(lesson=brought.id))
            booth.tell("lessons")
        return brought

    def lead(self, leader: Participant | None, *, by: Participant) -> None:
        """Let the others follow `leader`'s pace, or (None) everyone go at their own."""
        with transaction.atomic():
            self.booth.hold().refuse_ended()
            self.leader = leader
            self.save(update_fields=["leader"])
            self.booth.tell("lessons")

    def go_to(self, part: int, *, by: Participant) -> "LessonPlace":
        """Be at a step. Past the last one it is learned: records `booth.lesson_learned` the first time.

        Raises ValueError for a step that is not there.
        """
        if not 0 <= part <= len(self.parts):
            raise ValueError("there is no such step")
        with transaction.atomic():
            self.booth.hold().refuse_ended()
            place, _new = LessonPlace.objects.select_for_update().get_or_create(lesson=self, by=by)
            place.part = part
            if part == len(self.parts) and place.learned_at is None:
                place.learned_at = timezone.now()
                record("booth.lesson_learned", by=by.person, subject=self.booth.person,
                       data=self.booth.ids(lesson=self.id, participant=by.id))
            place.save()
            self.booth.tell("lessons")
        return place


class LessonPlace(models.Model):
    """Where one of them is in a lesson: the step they look at, and when they had seen all of it."""

    lesson = models.ForeignKey(BroughtLesson, on_delete=models.CASCADE, related_name="places")
    by = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    part = models.PositiveSmallIntegerField(default=0)
    learned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "by"], name="lesson_place_once")]

    def __str__(self):
        return f"{self.part} of {self.lesson_id}"


class _Pictures(models.Func):
    """Each file that is named in the steps of a lesson, a row for each."""

    template = "jsonb_path_query(%(expressions)s, '$[*].file ? (@ != null)')::bigint"
    output_field = models.BigIntegerField()
    set_returning = True


@in_use.register
def pictures_of_brought_lessons():
    """Files that are shown in a step of a lesson on some table."""
    return BroughtLesson.objects.values(file=_Pictures("parts")).order_by()
