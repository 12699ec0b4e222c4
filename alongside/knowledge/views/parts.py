"""One step of a lesson: written, changed, put elsewhere, taken out and put back."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.files.models import File
from alongside.knowledge.forms import PartForm
from alongside.knowledge.models import Lesson, LessonPart
from alongside.knowledge.models.lesson import Full
from alongside.knowledge.views.lessons import one, picture_of
from alongside.lib.access import members_only
from alongside.lib.answers import answer


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def new(request, id):
    """Add a step at the end; `another` leads on to the next one."""
    lesson = one(request, id)
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                lesson.add(by=request.member.person, **_told(request, form))
        except Full:
            form.add_error(None, full())
        else:
            return redirect("knowledge:new_part" if "another" in request.POST else "knowledge:lesson", lesson.id)
    return _page(request, lesson, None, form)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def part(request, id, part_id):
    """Say a step otherwise, or give it another picture."""
    held = _part(request, id, part_id)
    form = _form(request, held)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            held.change(by=request.member.person, **_told(request, form))
        return redirect(f"{reverse('knowledge:lesson', args=[held.lesson_id])}#step-{held.id}")
    return _page(request, held.lesson, held, form)


@require_POST
@members_only
def move(request, id, part_id):
    """One place up or down (`way`)."""
    ways = {"up": -1, "down": 1}
    way = request.POST.get("way")
    if way not in ways:
        raise BadRequest("way")
    held = _part(request, id, part_id)
    if held.taken_out_at:
        return redirect("knowledge:lesson", held.lesson_id)
    place = held.move(ways[way], by=request.member.person) + 1
    messages.success(request, _("“%(title)s” is step %(place)d now.") % {"title": held.title, "place": place})
    # The place makes each answer an address of its own: one that stays the same is morphed in, and leaves no focus.
    return redirect(f"{reverse('knowledge:lesson', args=[held.lesson_id])}?moved={held.id}-{way}-{place}")


@require_POST
@members_only
def take_out(request, id, part_id):
    """Take a step out, or put it back at the end."""
    held = _part(request, id, part_id)
    by = request.member.person
    if held.taken_out_at is None:
        held.take_out(by=by)
        messages.success(request, _("“%(title)s” is out. It waits below the steps, to be put back.")
                         % {"title": held.title})
    else:
        try:
            held.put_back(by=by)
        except Full:
            messages.error(request, full())
    return redirect("knowledge:lesson", held.lesson_id)


def full() -> str:
    """Why no step can be added."""
    return _("Sixty steps are as many as one can follow. Begin a second lesson for what comes after.")


def _form(request, held: LessonPart | None = None) -> PartForm:
    return PartForm(request.POST, request.FILES, part=held) if request.method == "POST" else PartForm(part=held)


def _told(request, form: PartForm) -> dict:
    """What the form says of the step, its picture kept."""
    data = form.cleaned_data
    told = {name: data[name] for name in ("title", "words", "amounts")}
    if data["picture"]:
        told["picture"] = File.keep(data["picture"], name=data["picture"].name, by=request.member.person,
                                    purpose="lesson")
    elif data.get("no_picture"):
        told["picture"] = None
    return told


def _page(request, lesson: Lesson, held: LessonPart | None, form: PartForm):
    return answer(request, "knowledge/part.html", {
        "lesson": lesson, "part": held, "form": form, "picture": held and picture_of(request, held)})


def _part(request, id, part_id) -> LessonPart:
    parts = LessonPart.objects.visible_to(request.principal).select_related("lesson", "picture")
    return get_object_or_404(parts, pk=part_id, lesson=id)
