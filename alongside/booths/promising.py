"""Steps of ours that become promises of the house to the person: one by one, or those that are left when it ends."""

from datetime import datetime

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.booths.models import OURS, Booth, Participant, Step
from alongside.booths.sent import Nonsense
from alongside.promises.models import Promise

Due = tuple[datetime | None, bool]  # the moment, and whether the whole day is meant


def promise(booth: Booth, id: int, due: Due, *, by: Participant) -> Step:
    """Make a step of ours a promise to the person whose booth it is; one that is promised already stays so.

    Without a moment in `due` it is due as the step says. Raises Nonsense with words, Http404.
    """
    with transaction.atomic():
        booth.hold()
        step = get_object_or_404(booth.steps.select_for_update(), pk=id, removed_at=None)
        step.booth = booth
        if step.promise_id:
            return step
        due_at, whole_day = due if due[0] else (step.due_at, step.whole_day)
        _refuse(step, due_at)
        step.promised(Promise.make(
            person=booth.person, words=step.words, due_at=due_at, whole_day=whole_day, by=by.person, owner=by.member,
            conversation_id=booth.conversation_id, visit_id=booth.visit_id), by=by)
    return step


def end(booth: Booth, promises: list[tuple[int, Due]], *, by: Participant) -> None:
    """End the booth, and promise those of our open steps that were named; all of it or nothing.

    What is not named stays as it stands, and no step of theirs becomes anything. Raises as `promise` does.
    """
    with transaction.atomic():
        for id, due in promises:
            promise(booth, id, due, by=by)
        booth.end(by=by.person)


def _refuse(step: Step, due_at: datetime | None) -> None:
    if step.whose != OURS:
        raise Nonsense(_("Only a step of ours can be promised by us."))
    if step.done_at:
        raise Nonsense(_("“%(words)s” is done already; there is nothing to promise.") % {"words": step.words})
    if step.booth.person is None:
        raise Nonsense(_("Say first whose page this is; then it can be promised to them."))
    if due_at is None or due_at <= timezone.now():
        raise Nonsense(_("By when is “%(words)s”? A promise needs a time that is still to come.") % {
            "words": step.words})
