"""A line that somebody said in writing: for those who cannot talk just now."""

from django.db import models, transaction
from django.utils import timezone

from alongside.booths.models.booth import Booth, Full
from alongside.booths.models.participant import Participant

MOST_LETTERS = 2_000
MOST_LINES = 5_000


class ChatLineQuerySet(models.QuerySet):
    """Lines by who may see them."""

    def visible_to(self, principal):
        """Whoever sees the booth sees what was said in it."""
        return self.filter(booth__in=Booth.objects.visible_to(principal))


class ChatLine(models.Model):
    """One line. `once` is the sender's own key, so that one sent twice is said once."""

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="lines")
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    words = models.TextField(max_length=MOST_LETTERS)
    once = models.CharField(max_length=64, blank=True)

    objects = ChatLineQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["booth", "id"], name="line_of_booth")]
        constraints = [
            models.UniqueConstraint(fields=["booth", "once"], name="line_once", condition=~models.Q(once="")),
        ]

    def __str__(self):
        return self.words[:40]

    @classmethod
    def say(cls, booth: Booth, words: str, *, by: Participant, once: str = "") -> "ChatLine":
        """Say it.

        Raises ValueError without words or with too many, Full when there are too many lines, NotOpen after the end.
        """
        words = words.strip()
        if not words or len(words) > MOST_LETTERS:
            raise ValueError(f"between one and {MOST_LETTERS} letters")
        with transaction.atomic():
            booth.hold().refuse_ended()
            known = once and cls.objects.filter(booth=booth, once=once).first()
            if known:
                return known
            if cls.objects.filter(booth=booth).count() >= MOST_LINES:
                raise Full("there are as many lines as a page holds")
            line = cls.objects.create(booth=booth, words=words, by=by, once=once)
            booth.tell("lines")
        return line
