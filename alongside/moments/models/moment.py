"""A moment: a small kindness that was done for somebody."""

from django.db import models
from django.utils.translation import gettext

from alongside.moments.models.kind import Idea, MomentKind
from alongside.moments.models.noted import Noted, NotedQuerySet


class MomentManager(models.Manager.from_queryset(NotedQuerySet)):
    """Each moment comes with its kind, whose words it is told in."""

    def get_queryset(self):
        """With the kind."""
        return super().get_queryset().select_related("kind")


class Moment(Noted):
    """What was done: something of a `kind`, perhaps after an `idea`, or in the member's own `words` and of no kind."""

    verb = "moment_noted"
    NAME = "moment"

    kind = models.ForeignKey(MomentKind, null=True, blank=True, on_delete=models.PROTECT, to_field="key",
                             db_column="kind", related_name="+")
    idea = models.ForeignKey(Idea, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=240, blank=True)

    objects = MomentManager()

    def __str__(self):
        return self.kind_id or "in own words"

    @property
    def in_words(self) -> str:
        """What was done; an own one in its own words."""
        return self.words or (self.kind.shown if self.kind else gettext("A small kindness"))

    @classmethod
    def done_for(cls, person) -> tuple[dict, dict]:
        """When something was last done for them, by the key of its kind, and by the id of its idea."""
        theirs = cls.objects.filter(person_id__in=person.cluster_ids)
        kinds, ideas = {}, {}
        for kind, idea, last in theirs.values_list("kind", "idea").annotate(last=models.Max("at")):
            for done, name in ((kinds, kind), (ideas, idea)):
                if name is not None:
                    done[name] = max(last, done.get(name, last))
        return kinds, ideas
