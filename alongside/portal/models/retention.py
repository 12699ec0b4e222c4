"""How long a kind of record is kept."""

from django.db import models


class Retention(models.Model):
    """What somebody decided for one kind: so many days, or None for until somebody decides otherwise."""

    kind = models.CharField(max_length=60, unique=True)
    days = models.PositiveIntegerField(null=True)

    def __str__(self):
        return f"{self.kind}: {self.days}"
