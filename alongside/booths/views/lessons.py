"""Lessons on the table: bringing one in, being at a step of it, and whose pace the others follow."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from alongside.booths.lessons import shelf
from alongside.booths.models import Booth, BroughtLesson, Participant
from alongside.booths.sent import GoSent, LeadSent, LessonSent, Nonsense, Told
from alongside.booths.views.verbs import made, verb
from alongside.lib.access import members_only


@verb(LessonSent, guard=members_only)
def bring(request, booth: Booth, place: Participant, told: Told):
    """Lay a lesson on the table; one that lies there already is not laid twice."""
    booth.hold()
    known = booth.lessons.filter(lesson_id=told["lesson"], removed_at=None).first()
    if known:
        return known.id
    found = shelf.find(request.principal, told["lesson"])
    if found is None:
        raise Http404
    title, parts = found
    return made(BroughtLesson.bring(booth, title=title, parts=parts, by=place, lesson_id=told["lesson"]).id)


@verb(GoSent, looking=True)
def go(request, booth: Booth, place: Participant, told: Told, id: int):
    """Be at a step; past the last one it is learned. Whoever only looks may learn, too."""
    lesson = _lesson(booth, id)
    if told["part"] > len(lesson.parts):
        raise Nonsense(_("There is no such step in this lesson."))
    lesson.go_to(told["part"], by=place)
    return lesson.id


@verb(LeadSent, change=True)
def lead(request, booth: Booth, place: Participant, told: Told, id: int):
    """Let the others follow somebody's pace, or everyone go at their own."""
    leader = get_object_or_404(booth.participants.seated(), pk=told["leader"]) if told["leader"] else None
    lesson = _lesson(booth, id)
    lesson.lead(leader, by=place)
    return lesson.id


def _lesson(booth: Booth, id: int) -> BroughtLesson:
    lesson = get_object_or_404(booth.lessons.filter(removed_at=None), pk=id)
    lesson.booth = booth
    return lesson
