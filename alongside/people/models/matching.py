"""What finds somebody's other record without looking at everyone: made by `duplicates`, all of it numbers."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from alongside.people.models.person import Person


class MatchingKeys(models.Model):
    """The keys of one person as `lib.matching.blocking` makes them; whoever shares one with them is worth a look.

    `told` is a number of all that is compared, so that whoever did not change is not looked at again.
    """

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="matching_keys")
    keys = ArrayField(models.IntegerField())
    told = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "matching keys"
        indexes = [GinIndex(fields=["keys"], name="matching_keys", fastupdate=False)]

    def __str__(self):
        return f"matching keys of {self.person_id}"


class LearntWeights(models.Model):
    """What the last look at everyone learnt (`lib.matching.weighing.Learnt`), for judging one person alone since."""

    demo = models.BooleanField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    size = models.PositiveIntegerField()
    matched = models.JSONField()
    strangers = models.JSONField()

    class Meta:
        verbose_name_plural = "learnt weights"

    def __str__(self):
        return f"weights of {self.at:%Y-%m-%d}"


class CommonValue(models.Model):
    """What share of everyone says one value, where more than two do. `number` stands for the value."""

    demo = models.BooleanField()
    number = models.BigIntegerField()
    share = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["demo", "number"], name="common_value_once")]

    def __str__(self):
        return f"{self.share:.2%}"
