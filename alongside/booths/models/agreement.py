"""Agreeing on the goal: "did we get this right?", said by each of those who sit there."""

from django.db import models, transaction
from django.utils import timezone

from alongside.booths.models.booth import MOST_GOAL, Booth
from alongside.booths.models.participant import Participant
from alongside.events.models import record


class GoalAgreementQuerySet(models.QuerySet):
    """Agreements by who may see them."""

    def visible_to(self, principal):
        """Whoever sees the booth sees who agreed."""
        return self.filter(booth__in=Booth.objects.visible_to(principal))


class GoalAgreement(models.Model):
    """One of them said yes to these words. Words that were changed since are not agreed on any more."""

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="agreements")
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    words = models.TextField()

    objects = GoalAgreementQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return self.words[:40]

    @classmethod
    def agree(cls, booth: Booth, words: str, *, by: Participant) -> "GoalAgreement":
        """Say that `words` are right. Records `booth.goal_agreed`; the same words again are harmless.

        Raises ValueError without words, NotOpen when the booth has ended.
        """
        words = words.strip()[:MOST_GOAL]
        if not words:
            raise ValueError("there is no goal to agree on yet")
        with transaction.atomic():
            booth.hold().refuse_ended()
            last = cls.objects.filter(booth=booth, by=by).last()
            if last and last.words == words:
                return last
            agreed = cls.objects.create(booth=booth, by=by, words=words)
            record("booth.goal_agreed", by=by.person, subject=booth.person, data=booth.ids(participant=by.id))
            booth.tell("goal")
        return agreed
