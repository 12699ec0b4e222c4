"""A merging: two records that are one person. The row names both; nothing else is rewritten."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from alongside.people.models.person import Person


class Merging(models.Model):
    """`taken` is shown as `kept` since `at`, until somebody undoes it.

    `before` holds what `kept` said in each field that was chosen from `taken`, `written` what it says since.
    """

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mergings")
    taken = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_by")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(max_length=500, blank=True)
    before = models.JSONField(default=dict)
    written = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["taken"], name="merged_once", condition=Q(undone_at=None)),
            models.CheckConstraint(condition=~Q(kept=models.F("taken")), name="merging_of_two"),
        ]

    def __str__(self):
        return f"{self.taken} → {self.kept}"
