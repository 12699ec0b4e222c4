"""How it ended for each of them: whether the goal was reached, in one tap and one sentence."""

from django.db import models, transaction
from django.utils import timezone

from alongside.booths.models.booth import Booth
from alongside.booths.models.participant import Participant
from alongside.events.models import record
from alongside.lib.text import one_line

REACHED, PARTLY, UNREACHED = "reached", "partly", "unreached"
ANSWERS = (REACHED, PARTLY, UNREACHED)
MOST_WORDS = 500


class EndingQuerySet(models.QuerySet):
    """Endings by who may see them."""

    def visible_to(self, principal):
        """Whoever sees the booth sees how it ended for each."""
        return self.filter(booth__in=Booth.objects.visible_to(principal))


class Ending(models.Model):
    """What one of them says of the goal. Saying it again replaces what they said before."""

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="endings")
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=9, choices=[(answer, answer) for answer in ANSWERS])
    words = models.CharField(max_length=MOST_WORDS, blank=True)

    objects = EndingQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["booth", "by"], name="ending_once")]

    def __str__(self):
        return self.answer

    @classmethod
    def say(cls, booth: Booth, answer: str, words: str, *, by: Participant) -> "Ending":
        """Say whether the goal was reached. Records `booth.goal_reached` once both sides say so.

        Raises ValueError for an unknown answer, NotOpen when the booth has ended.
        """
        if answer not in ANSWERS:
            raise ValueError(f"{answer} is not one of {ANSWERS}")
        with transaction.atomic():
            booth.hold().refuse_ended()
            before = cls.both_reached(booth)
            said, _new = cls.objects.update_or_create(
                booth=booth, by=by,
                defaults={"answer": answer, "words": one_line(words)[:MOST_WORDS], "at": timezone.now()})
            if not before and cls.both_reached(booth):
                record("booth.goal_reached", by=by.person, subject=booth.person, data=booth.ids())
            booth.tell("endings")
        return said

    @classmethod
    def both_reached(cls, booth: Booth) -> bool:
        """Whether somebody of each side said that it was reached, and nobody that it was not."""
        said = list(cls.objects.filter(booth=booth).values_list("answer", "by__is_guest"))
        return {guest for answer, guest in said if answer == REACHED} >= {True, False} and all(
            answer == REACHED for answer, _guest in said)
