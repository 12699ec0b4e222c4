"""An idempotent answer: what was answered to a POST, so that the same request sent again changes nothing."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from alongside.keys.models import Key

KEPT_FOR = timedelta(hours=24)


class IdempotentAnswer(models.Model):
    """One answer, for one API key and one `Idempotency-Key`. Written in the transaction of the request it answers."""

    key = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="+")
    name = models.BinaryField(max_length=32)  # SHA-256 of the Idempotency-Key
    request = models.BinaryField(max_length=32)  # SHA-256 of method, path and body
    status = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=80)
    location = models.CharField(max_length=240, blank=True)
    body = models.BinaryField()  # at times sealed, see `idempotency`
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "name"], name="idempotent_answer_once")]
