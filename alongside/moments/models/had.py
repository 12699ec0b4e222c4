"""What somebody had, from which their usual is learned."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Count, Max
from django.utils import timezone

from alongside.members.models import Location
from alongside.moments.models.noted import Noted, NotedQuerySet
from alongside.moments.usual import LOOKED_AT, Usual, learn, order_key


class HadQuerySet(NotedQuerySet):
    """What was had, by where."""

    def common_at(self, location: Location | None, most: int = 40) -> list[str]:
        """What is had most at that place, the most common first; for completion."""
        there = self.filter(location=location).exclude(key="").values("key")
        counted = there.annotate(times=Count("id"), words=Max("what")).order_by("-times", "key")
        return [row["words"] for row in counted[:most]]


class Had(Noted):
    """What they had, in free words; `key` is equal for two writings of the same."""

    verb = "had"
    NAME = "had"

    what = models.CharField(max_length=240)
    key = models.CharField(max_length=240, editable=False)
    usual = models.BooleanField(default=False)  # the usual was proposed, and confirmed with a tap
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = HadQuerySet.as_manager()

    def __str__(self):
        return f"had #{self.pk}"

    def save(self, *args, **kwargs):
        """Save in single spaces, with the comparable form of the words."""
        self.what = " ".join(self.what.split())
        self.key = order_key(self.what)[:240]
        super().save(*args, **kwargs)

    @property
    def in_words(self) -> str:
        """What they had."""
        return self.what

    @classmethod
    def lately(cls, person):
        """What they had at their last visits, the newest first: enough to learn their usual from."""
        return cls.objects.of(person)[: LOOKED_AT * 4]

    @classmethod
    def usual_of(cls, person, besides_visit: int | None = None) -> Usual | None:
        """Their usual, from what they had lately but not at `besides_visit`; None where nothing is to be seen."""
        had = cls.lately(person).only("what", "at", "visit")
        return cls.usual_among(row for row in had if row.visit is None or row.visit != besides_visit)

    @staticmethod
    def usual_among(rows: "Iterable[Had]") -> Usual | None:
        """The usual of whoever had `rows`. What was had at one visit, or without a visit on one day, is one order."""
        orders: dict[object, list[str]] = {}
        for row in sorted(rows, key=lambda row: (row.at, row.pk), reverse=True):
            orders.setdefault(row.visit or timezone.localdate(row.at), []).append(row.what)
        return learn([", ".join(reversed(parts)) for parts in orders.values()])
