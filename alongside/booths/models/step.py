"""A step towards the goal: whose it is, whether it is done, and everything that became of it."""

from contextlib import contextmanager

from django.db import models, transaction
from django.utils import timezone

from alongside.booths.models.booth import Booth, Full
from alongside.booths.models.participant import OURS, YOURS, Participant
from alongside.events.models import record
from alongside.lib.text import one_line
from alongside.promises.models import Promise

TOGETHER = "together"
WHOSE = (OURS, YOURS, TOGETHER)
KINDS = ("made", "reworded", "given", "moved", "due", "done", "undone", "removed", "restored", "promised")
MOST_WORDS, MOST_STEPS = 300, 500
CHANGING = ("words", "whose", "place", "due_at", "whole_day", "done_at", "done_by", "removed_at", "promise")


class StepQuerySet(models.QuerySet):
    """Steps by who may see them."""

    def visible_to(self, principal):
        """Whoever sees the booth sees its steps."""
        return self.filter(booth__in=Booth.objects.visible_to(principal))

    def standing(self):
        """Those that were not taken off, in their order."""
        return self.filter(removed_at=None).order_by("place", "id")

    def taken_off(self):
        """Those that were, the latest first, each with who did it as `removed_by` (a participant's id)."""
        removals = StepChange.objects.filter(step=models.OuterRef("pk"), kind="removed").order_by("-at", "-id")
        removed = self.exclude(removed_at=None).annotate(removed_by=models.Subquery(removals.values("by")[:1]))
        return removed.order_by("-removed_at", "-id")

    def left_to_us(self):
        """Open steps of ours that are no promise yet."""
        return self.standing().filter(whose=OURS, done_at=None, promise=None)


class Step(models.Model):
    """One step. `place` orders them (between two neighbours there is always room); `once` is the sender's own key."""

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="steps")
    words = models.CharField(max_length=MOST_WORDS)
    whose = models.CharField(max_length=8, choices=[(whose, whose) for whose in WHOSE], default=TOGETHER)
    place = models.FloatField()
    due_at = models.DateTimeField(null=True)
    whole_day = models.BooleanField(default=True)
    made_by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    done_by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    promise = models.ForeignKey(Promise, null=True, on_delete=models.SET_NULL, related_name="+")
    once = models.CharField(max_length=64, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["booth", "place"], name="step_of_booth")]
        constraints = [
            models.UniqueConstraint(fields=["booth", "once"], name="step_once", condition=~models.Q(once="")),
        ]

    def __str__(self):
        return self.words

    @classmethod
    def add(cls, booth: Booth, words: str, *, by: Participant, whose: str = TOGETHER, due_at=None,
            whole_day: bool = True, once: str = "") -> "Step":
        """Add a step at the end. Records `booth.step_added`; the same `once` again gives the step that is there.

        Raises ValueError without words or for an unknown side, Full when there are too many, NotOpen after the end.
        """
        words = one_line(words)[:MOST_WORDS]
        if not words or whose not in WHOSE:
            raise ValueError("a step needs words and a side")
        with transaction.atomic():
            booth.hold().refuse_ended()
            known = once and cls.objects.filter(booth=booth, once=once).first()
            if known:
                return known
            last = cls.objects.filter(booth=booth).order_by("-place").first()
            if last and cls.objects.filter(booth=booth).count() >= MOST_STEPS:
                raise Full("there are as many steps as fit on a page")
            step = cls.objects.create(booth=booth, words=words, whose=whose, place=(last.place if last else 0) + 1,
                                      due_at=due_at, whole_day=whole_day, made_by=by, once=once)
            step._note("made", by)
        return step

    def reword(self, words: str, *, by: Participant) -> None:
        """Say it otherwise. Raises ValueError without words."""
        words = one_line(words)[:MOST_WORDS]
        if not words:
            raise ValueError("a step needs words")
        with self._changing("reworded", by, "words"):
            self.words = words

    def give(self, whose: str, *, by: Participant) -> None:
        """Say whose step it is. Raises ValueError for an unknown side."""
        if whose not in WHOSE:
            raise ValueError(f"{whose} is not one of {WHOSE}")
        with self._changing("given", by, "whose"):
            self.whose = whose

    def set_due(self, due_at, *, by: Participant, whole_day: bool = True) -> None:
        """Say by when, or (None) that there is no hurry."""
        with self._changing("due", by, "due_at"):
            self.due_at, self.whole_day = due_at, whole_day

    def move_after(self, other: "Step | None", *, by: Participant) -> None:
        """Put it behind another step, or (None) first."""
        with self._changing("moved", by):
            around = list(Step.objects.filter(booth=self.booth).exclude(pk=self.pk).order_by("place", "id"))
            before = next((at for at, step in enumerate(around) if other and step.pk == other.pk), -1)
            low = around[before].place if before >= 0 else (around[0].place - 2 if around else 0)
            high = around[before + 1].place if before + 1 < len(around) else low + 2
            self.place = (low + high) / 2

    def tick(self, *, by: Participant) -> None:
        """It is done. A second time is harmless, and the first one who ticked stays."""
        with self._changing("done", by):
            if self.done_at is None:
                self.done_at, self.done_by = timezone.now(), by

    def untick(self, *, by: Participant) -> None:
        """It is not done after all."""
        with self._changing("undone", by):
            self.done_at, self.done_by = None, None

    def remove(self, *, by: Participant) -> None:
        """Take it off the page; it is kept and can be put back."""
        with self._changing("removed", by):
            self.removed_at = timezone.now()

    def restore(self, *, by: Participant) -> None:
        """Put it back."""
        with self._changing("restored", by):
            self.removed_at = None

    def promised(self, promise: Promise, *, by: Participant) -> None:
        """Note the promise that this step of ours became; also once the booth has ended, for that is when it counts."""
        with self._changing("promised", by, also_ended=True):
            self.promise = promise

    @contextmanager
    def _changing(self, kind: str, by: Participant, field: str = "", *, also_ended: bool = False):
        """One change: the booth is held and open, the row is as it stands now; if anything changed, it is noted.

        `field` names the one whose value before goes into the note; `also_ended`: it may have ended.
        """
        with transaction.atomic():
            self.booth.hold()
            if not also_ended:
                self.booth.refuse_ended()
            now = Step.objects.select_related("done_by", "promise").get(pk=self.pk)
            was = {name: getattr(now, name) for name in CHANGING}
            for name, value in was.items():
                setattr(self, name, value)
            yield
            if {name: getattr(self, name) for name in CHANGING} != was:
                self.save(update_fields=list(CHANGING))
                self._note(kind, by, _written(was.get(field)))

    def _note(self, kind: str, by: Participant, before: str = "") -> None:
        StepChange.objects.create(step=self, kind=kind, by=by, before=before)
        self.booth.tell("steps")
        told = {"by": by.person, "subject": self.booth.person, "data": self.booth.ids(step=self.id, participant=by.id)}
        match kind:
            case "made":
                record("booth.step_added", **told)
            case "done":
                record("booth.step_done", **told)
            case "undone":
                record("booth.step_undone", **told)
            case "promised":
                record("booth.step_promised", **told)


class StepChange(models.Model):
    """What became of a step, change by change: who, when, and what it was before."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=9, choices=[(kind, kind) for kind in KINDS])
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    before = models.CharField(max_length=MOST_WORDS, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d}"


def _written(value) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")
