"""A copy of everything we hold of a person, packed for them, for a day."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from alongside.files.models import File, in_use
from alongside.people.models import Person

KEPT = timedelta(days=1)


class Copy(models.Model):
    """One packing: asked for, then ready with its file; gone after KEPT."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="copies")
    asked_at = models.DateTimeField(default=timezone.now)
    file = models.ForeignKey(File, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name_plural = "copies"

    def __str__(self):
        return f"copy {self.pk}"

    def forget(self) -> None:
        """It goes, with its file."""
        file = self.file
        self.delete()
        if file:
            file.delete()


@in_use.register
def files_of_copies():
    """The ids of packed files, so that they are kept for their day."""
    return Copy.objects.values("file_id")
