"""All lessons, one of them with its steps, and the same as it is shown to the other side."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.knowledge import loading
from alongside.knowledge.forms import LessonForm
from alongside.knowledge.models import Lesson
from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.answers import answer


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def lessons(request):
    """The lessons of the house, ours to take in, and the beginning of one's own."""
    form = LessonForm(asked.sent(request))
    if request.method == "POST" and form.is_valid():
        made = Lesson.make(by=request.member.person, **form.cleaned_data)
        return redirect("knowledge:new_part", made.id)
    steps = Count("parts", filter=Q(parts__taken_out_at=None))
    held = list(Lesson.objects.visible_to(request.principal).annotate(steps=steps))
    here = {each.key for each in held}
    return answer(request, "knowledge/lessons.html", {
        "lessons": [each for each in held if each.retired_at is None],
        "retired": [each for each in held if each.retired_at],
        "ours": [(key, about) for key, about in loading.ours() if key not in here], "form": form,
    })


@require_POST
@members_only
def load(request):
    """Take in one of the lessons that came with the house."""
    wanted = request.POST.get("lesson", "")
    if wanted not in {key for key, _about in loading.ours()}:
        raise Http404
    done = loading.load_file(loading.EXAMPLES / f"{wanted}.yaml", by=request.member.person)
    messages.success(request, _("“%(title)s” is here. Make it yours: change what you do otherwise.")
                     % {"title": done.lesson.title})
    return redirect("knowledge:lesson", done.lesson.id)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def lesson(request, id):
    """One lesson: its steps in their order, and what it is."""
    held = one(request, id)
    about = {name: getattr(held, name) for name in LessonForm.base_fields}
    form = LessonForm(asked.sent(request), initial=about)
    if request.method == "POST" and form.is_valid():
        held.change(by=request.member.person, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("knowledge:lesson", held.id)
    parts = list(held.parts.select_related("picture"))
    return answer(request, "knowledge/lesson.html", {
        "lesson": held, "form": form, "moved": _moved(request),
        "parts": [(part, picture_of(request, part)) for part in parts if part.taken_out_at is None],
        "taken_out": [part for part in parts if part.taken_out_at],
    })


@require_safe
@members_only
def shown(request, id):
    """One lesson step by step (`step`, from 1), as it is shown to the other side."""
    held = one(request, id)
    parts = list(held.parts.in_place().select_related("picture"))
    step = asked.words(request, "step", 3)
    at = min(max(int(step) if step.isascii() and step.isdecimal() else 1, 1), len(parts) + 1)
    part = parts[at - 1] if at <= len(parts) else None
    return answer(request, "knowledge/shown.html", {
        "lesson": held, "parts": parts, "at": at, "part": part, "picture": part and picture_of(request, part)})


@require_POST
@members_only
def retire(request, id):
    """Show it no more, or show it again; what was brought to a table stays there."""
    held = one(request, id)
    by = request.member.person
    held.bring_back(by=by) if held.retired_at else held.retire(by=by)
    return redirect("knowledge:lesson", held.id)


def one(request, id) -> Lesson:
    """The lesson of that id; a missing one is a 404."""
    return get_object_or_404(Lesson.objects.visible_to(request.principal), pk=id)


def picture_of(request, part) -> str | None:
    """An address at which this reader sees the picture of a step."""
    return part.picture.preview_link(request.principal) if part.picture else None


def _moved(request) -> tuple[int, str]:
    """Which step was moved just now and which way, so that the same key moves it on."""
    id, way, _place = (asked.words(request, "moved", 40) + "--").split("-")[:3]
    return (int(id) if id.isascii() and id.isdecimal() else 0), way
