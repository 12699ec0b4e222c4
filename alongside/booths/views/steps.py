"""Steps: adding one, what becomes of it, promising one of ours, and reminding of one of theirs."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.booths import promising
from alongside.booths.jobs import say_reminder
from alongside.booths.models import TOGETHER, Booth, NotTheirs, Participant, Reminder, Said, Step
from alongside.booths.models.reminder import HELD
from alongside.booths.sent import Nonsense, PromiseSent, RemindSent, StepChangeSent, StepSent, Told
from alongside.booths.views.seats import booth_of
from alongside.booths.views.verbs import made, verb
from alongside.lib.access import members_and_guests, members_only


@verb(StepSent)
def add(request, booth: Booth, place: Participant, told: Told):
    """Add a step at the end."""
    due_at, whole_day = told.due
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
        due_at, whole_day = told.due
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
    """Make a step of ours a promise to the person whose booth it is; also once it has ended."""
    return promising.promise(booth, id, told.due, by=place).id


@verb(RemindSent, guard=members_only)
def remind(request, booth: Booth, place: Participant, told: Told, id: int):
    """Have the person be reminded of a step of theirs, gently and once; or take that back before it was said."""
    step = _step(booth, id)
    try:
        if told["taken_back"]:
            Reminder.take_back(step, by=place)
            return step.id
        reminder = Reminder.ask(step, by=place)
    except NotTheirs:
        raise Nonsense(_("Only an open step of theirs can be reminded of.")) from None
    except Said:
        raise Nonsense(_("It was said already, so it cannot be taken back.")) from None
    say_reminder.configure(schedule_in={"seconds": HELD.total_seconds()}).defer(reminder_id=reminder.id)
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
