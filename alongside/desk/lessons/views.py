"""Which lessons a member may bring into a booth."""

from django.db.models import Count, Q
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.booths.models import Booth
from alongside.knowledge.models import Lesson
from alongside.lib.access import members_only


@require_safe
@never_cache
@members_only
def to_bring(request, code: str):
    """`{"lessons": [{id, title, about, language, steps, brought}]}`; `brought`: it lies on this table already."""
    booth = get_object_or_404(Booth.objects.visible_to(request.principal), code=code)
    brought = set(booth.lessons.filter(removed_at=None).values_list("lesson_id", flat=True))
    shown = Lesson.objects.visible_to(request.principal).to_show()
    lessons = Lesson.objects.filter(pk__in=shown).annotate(steps=Count("parts", filter=Q(parts__taken_out_at=None)))
    return JsonResponse({"lessons": [
        {"id": each.id, "title": each.title, "about": each.about, "language": each.language, "steps": each.steps,
         "brought": each.id in brought}
        for each in lessons
    ]})
