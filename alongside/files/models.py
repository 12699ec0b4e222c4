"""Files and their bytes."""

from django.db import models
from django.utils import timezone

from alongside.people.models import Person


class Blob(models.Model):
    """Bytes, once, by their SHA-256."""

    sha256 = models.BinaryField(max_length=32, unique=True)
    size = models.BigIntegerField()


class Chunk(models.Model):
    """A piece of a blob."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="pieces")
    position = models.PositiveIntegerField()
    data = models.BinaryField()


class File(models.Model):
    """A blob under a name that is only a label."""

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT)
    name = models.CharField(max_length=240)
    content_type = models.CharField(max_length=120, default="application/octet-stream")
    size = models.BigIntegerField(default=0)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    purpose = models.CharField(max_length=20, blank=True)
