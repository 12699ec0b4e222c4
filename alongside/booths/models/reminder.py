"""A gentle reminder of a step of theirs: asked for by a member, held a moment, said once."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from alongside.booths.models.participant import YOURS, Participant
from alongside.booths.models.step import Step
from alongside.events.models import record

HELD = timedelta(minutes=1)  # in which whoever asked may take it back
MAIL, PAGE = "mail", "page"
WAYS = (MAIL, PAGE)


class NotTheirs(ValueError):
    """There is nothing to remind of: the step is not theirs alone, is done, or was taken off."""


class Said(ValueError):
    """It was said already: a reminder is said once."""


class Reminder(models.Model):
    """That `by` asked to remind of a step. `way` is how it was said, by mail or on the page alone; "" until then."""

    step = models.OneToOneField(Step, on_delete=models.CASCADE, related_name="reminder")
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    said_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=4, blank=True, choices=[(way, way) for way in WAYS])

    def __str__(self):
        return f"reminder of step {self.step_id}"

    @classmethod
    def ask(cls, step: Step, *, by: Participant) -> "Reminder":
        """Ask for it. Records `booth.reminder_asked`; one that was asked for stays the one. Raises NotTheirs.

        It may be asked for after the booth has ended, too: that is when steps are left.
        """
        with transaction.atomic():
            step.booth.hold()
            step.refresh_from_db(fields=["whose", "done_at", "removed_at"])
            if step.whose != YOURS or step.done_at or step.removed_at:
                raise NotTheirs("a step of theirs that is still open")
            reminder, new = cls.objects.get_or_create(step=step, defaults={"by": by})
            if new:
                _tell("booth.reminder_asked", reminder)
        return reminder

    @classmethod
    def take_back(cls, step: Step, *, by: Participant) -> None:
        """It is not said after all. Records `booth.reminder_taken_back`; none to take back is harmless. Raises Said."""
        with transaction.atomic():
            reminder = cls.objects.select_for_update().filter(step=step).first()
            if reminder is None:
                return
            if reminder.said_at:
                raise Said("it was said")
            reminder.step, reminder.by = step, by
            _tell("booth.reminder_taken_back", reminder)
            reminder.delete()

    @classmethod
    def due(cls, id: int, now: datetime | None = None) -> "Reminder | None":
        """The reminder, locked until the transaction ends, if it is to be said now.

        None when it was taken back, said, or is still held; one whose step was done meanwhile is let go.
        """
        waiting = cls.objects.select_for_update(of=("self",)).filter(id=id, said_at=None)
        waiting = waiting.filter(at__lte=(now or timezone.now()) - HELD)
        reminder = waiting.select_related("step__booth__person__merged_into", "by__member").first()
        if reminder and (reminder.step.whose != YOURS or reminder.step.done_at or reminder.step.removed_at):
            reminder.delete()
            return None
        return reminder

    def was_said(self, way: str) -> None:
        """It was, in that way. Records `booth.reminded`."""
        self.said_at, self.way = timezone.now(), way
        self.save(update_fields=["said_at", "way"])
        _tell("booth.reminded", self)


def _tell(kind: str, reminder: Reminder) -> None:
    booth, by = reminder.step.booth, reminder.by
    told = {"by": by and by.person, "subject": booth.person, "data": booth.ids(step=reminder.step_id)}
    match kind:
        case "booth.reminder_asked":
            record("booth.reminder_asked", **told)
        case "booth.reminder_taken_back":
            record("booth.reminder_taken_back", **told)
        case "booth.reminded":
            record("booth.reminded", **told)
    booth.tell("steps")
