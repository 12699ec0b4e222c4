"""Steps: adding one, what becomes of it, and promising one of ours."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.booths.models import OURS, TOGETHER, Booth, Participant, Step
from alongside.booths.sent import Nonsense, PromiseSent, StepChangeSent, StepSent, Told
from alongside.booths.views.seats import booth_of
from alongside.booths.views.verbs import made, verb
from alongside.lib.access import members_and_guests, members_only
from alongside.promises.models import Promise


@verb(StepSent)
def add(request, booth: Booth, place: Participant, told: Told):
    """Add a step at the end."""
    due_at, whole_day = _due(told)
    step = Step.add(booth, told["words"], by=place, whose=told["whose"] or TOGETHER, due_at=due_at,
                    whole_day=whole_day, once=told["once"])
    return made(step.id)


@verb(StepChangeSent, change=True)
def change(request, booth: Booth, place: Participant, told: Told, id: int):
    """Say it otherwise, give it to somebody, put it elsewhere, tick it, take it off or put it back."""
    step = _step(booth, id)
    if told.says("words"):
        step.reword(told["words"], by=place)
    if told.says("whose"):
        step.give(told["whose"], by=place)
    if told.says("due_at"):
        due_at, whole_day = _due(told)
        step.set_due(due_at, whole_day=whole_day, by=place)
    elif told["whole_day"] is not None:
        step.set_due(step.due_at, whole_day=told["whole_day"], by=place)
    if told.says("after"):
        step.move_after(_step(booth, told["after"]) if told["after"] else None, by=place)
    if told["done"] is not None:
        (step.tick if told["done"] else step.untick)(by=place)
    if told["removed"] is not None:
        (step.remove if told["removed"] else step.restore)(by=place)
    return step.id


@verb(PromiseSent, guard=members_only)
def promise(request, booth: Booth, place: Participant, told: Told, id: int):
    """Make a step of ours a promise to the person whose booth it is; one that is promised already stays so."""
    booth.hold().refuse_ended()
    step = _step(booth, id)
    if step.promise_id:
        return step.id
    due_at, whole_day = _due(told) if told["due_at"][0] else (step.due_at, step.whole_day)
    if step.whose != OURS:
        raise Nonsense(_("Only a step of ours can be promised by us."))
    if booth.person is None:
        raise Nonsense(_("Say first whose page this is; then it can be promised to them."))
    if due_at is None or due_at <= timezone.now():
        raise Nonsense(_("By when? A promise needs a time that is still to come."))
    step.promised(Promise.make(
        person=booth.person, words=step.words, due_at=due_at, whole_day=whole_day, by=request.member.person,
        owner=request.member, conversation_id=booth.conversation_id, visit_id=booth.visit_id), by=place)
    return step.id


@require_safe
@members_and_guests
def changes(request, code: str, id: int):
    """What became of a step, in order: who, when, and what it was before."""
    step = get_object_or_404(booth_of(request, code).steps, pk=id)
    return JsonResponse({"changes": [
        {"kind": each.kind, "by": each.by_id, "at": each.at.isoformat(), "before": each.before}
        for each in step.changes.all()
    ]})


def _step(booth: Booth, id: int) -> Step:
    step = get_object_or_404(booth.steps, pk=id)
    step.booth = booth
    return step


def _due(told: Told) -> tuple:
    """The moment, and whether the whole day is meant, as far as it was said."""
    due_at, whole_day = told["due_at"]
    return due_at, whole_day if told["whole_day"] is None else told["whole_day"]
