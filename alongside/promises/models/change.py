"""What became of a promise, step by step: who, when, why, and what it was before."""

from django.db import models
from django.utils import timezone

from alongside.members.models import Member
from alongside.people.models import Person
from alongside.promises.times import whole_words

KINDS = ("kept", "reopened", "renegotiated", "broken", "withdrawn", "handed_over")


class PromiseChange(models.Model):
    """One step. `why` is what was said to the person or why it failed; `amends` what was done about that."""

    promise = models.ForeignKey("promises.Promise", on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField(blank=True)
    amends = models.TextField(blank=True)
    old_due_at = models.DateTimeField(null=True)
    new_due_at = models.DateTimeField(null=True)
    old_owner = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    new_owner = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d}"

    @property
    def moved(self) -> tuple[str, str] | None:
        """From when to when it was put, in words; None where it was not, or to the same time."""
        if not self.new_due_at or self.new_due_at == self.old_due_at:
            return None
        return whole_words(self.old_due_at), whole_words(self.new_due_at)
