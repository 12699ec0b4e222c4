"""A moment: a small kindness that was done for somebody."""

from django.db import models

from alongside.moments.kinds import BY_ID, OWN
from alongside.moments.models.noted import Noted


class Moment(Noted):
    """What was done: one of the kinds in `kinds.py`, or the member's own words."""

    verb = "moment_noted"
    NAME = "moment"

    kind = models.CharField(max_length=24, default=OWN)
    words = models.CharField(max_length=240, blank=True)

    def __str__(self):
        return self.kind

    @property
    def in_words(self) -> str:
        """What was done; an own one in its own words."""
        return self.words or (str(BY_ID[self.kind].label) if self.kind in BY_ID else self.kind)

    @classmethod
    def last_done(cls, person) -> dict:
        """By kind, when it was last done for them."""
        done = cls.objects.filter(person_id__in=person.cluster_ids).values_list("kind")
        return dict(done.annotate(last=models.Max("at")))
