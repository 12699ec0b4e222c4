"""Puts a lesson into the demo: the one that the café would show first."""

from alongside.events.models import Event
from alongside.files.models import File, in_use, sweep_blobs
from alongside.knowledge.loading import EXAMPLES, load_file
from alongside.knowledge.models import Lesson, LessonPart

FIRST = "flat-white"


def bring_a_lesson() -> None:
    """Load the lesson, unless it is here already."""
    if not Lesson.objects.filter(key=FIRST).exists():
        fresh = load_file(EXAMPLES / f"{FIRST}.yaml").lesson
        Lesson.objects.filter(pk=fresh.pk).update(demo=True)


def forget_lessons() -> None:
    """Take away what came with the demo; a lesson that was changed since belongs to the house by now."""
    brought = Lesson.objects.filter(demo=True)
    brought.filter(here=True).update(demo=False)
    lessons = list(brought.values_list("id", flat=True))
    parts = LessonPart.objects.filter(lesson__in=brought).exclude(picture=None)
    pictures = list(parts.values_list("picture", flat=True))
    Event.objects.filter(kind__startswith="knowledge.", data__lesson__in=lessons).delete()
    brought.delete()
    in_use.among(File.objects.filter(id__in=pictures)).delete()
    sweep_blobs()
