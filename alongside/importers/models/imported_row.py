"""One row of a file of people, and what became of it."""

from django.db import models

from alongside.importers.models.people_import import PeopleImport
from alongside.people.models import Person

CREATED, CHANGED, SAME, BROKEN, LEFT = "created", "changed", "same", "broken", "left"
OUTCOMES = (CREATED, CHANGED, SAME, BROKEN, LEFT)


class ImportedRow(models.Model):
    """`line` is where it stands in the file. `added` holds what it put in, so that it can be taken out again.

    `print` is a hash of what the row says: the same row brought in once more finds its person by it. `outcome` LEFT
    says that undoing left the person, because something happened with them since `at`, which is one for the rows
    of one transaction.
    """

    bringing = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="rows", db_index=False)
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=7, choices=[(outcome, outcome) for outcome in OUTCOMES])
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    print = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(null=True)
    added = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bringing", "line"], name="imported_row_once")]
        indexes = [models.Index(fields=["print"], name="imported_row_print", condition=~models.Q(print=""))]

    def __str__(self):
        return f"{self.bringing_id}:{self.line} {self.outcome}"
