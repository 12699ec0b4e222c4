"""A suggestion: two records that may be one person, and what a member said of it."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.events.models import record
from alongside.live.models import changed
from alongside.people.models.person import Person

LIST = "duplicates:all"  # the topic of the page on which all of them stand
DIFFERENT, TO_ASK = "different", "to_ask"
ASK = "ask"  # what the rules say of those whom they would rather ask than decide
YES, NO, LATER = "yes", "no", "later"


class SuggestionQuerySet(models.QuerySet):
    """Ways to find suggestions."""

    def visible_to(self, principal):
        """Whoever sees both people sees that they may be one: members."""
        return self if principal.serves else self.none()

    def of(self, person: Person):
        """Those that name this record; who was merged into it has other ones."""
        return self.filter(Q(one=person.pk) | Q(other=person.pk))

    def open(self):
        """Those that nobody has decided, of two who still stand for themselves."""
        return self.exclude(decision=DIFFERENT).filter(one__merged_into=None, other__merged_into=None)


class Suggestion(models.Model):
    """Two who may be one. What was decided stays, so that nobody is asked twice; nothing here merges anybody."""

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suggestions")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suggestions_from")
    score = models.FloatField()
    level = models.CharField(max_length=8, choices=[("same", _("the same")), (ASK, _("to be asked"))])
    why = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    decision = models.CharField(max_length=12, blank=True, default="",
                                choices=[(DIFFERENT, _("two people")), (TO_ASK, _("ask them"))])
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    said = models.CharField(max_length=5, blank=True, default="",
                            choices=[(YES, _("yes")), (NO, _("no")), (LATER, _("later"))])
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_of = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="suggested_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="suggestion_in_order"),
        ]
        indexes = [models.Index(fields=["decision", "-score", "id"], name="suggestion_by_score")]

    def __str__(self):
        return f"{self.one} = {self.other}?"

    @property
    def is_open(self) -> bool:
        """Nobody has decided it, and both stand for themselves."""
        return self.decision != DIFFERENT and not self.one.merged_into_id and not self.other.merged_into_id

    @property
    def is_to_ask(self) -> bool:
        """They should be asked: a member said so, or the rules do; and they have not said yes already."""
        return self.is_open and self.said != YES and (self.decision == TO_ASK or self.level == ASK)

    def beside(self, person: Person) -> Person:
        """The other one of the two."""
        return self.one if self.other_id == person.pk else self.other

    def decide(self, decision: str, *, by: Person) -> None:
        """They are two (DIFFERENT), or someone is to ask them (TO_ASK)."""
        self.decision, self.decided_by, self.decided_at = decision, by, timezone.now()
        with transaction.atomic():
            self.save(update_fields=["decision", "decided_by", "decided_at"])
            changed(LIST)
            for person in (self.one, self.other):
                person.tell_screens()

    def ask(self, person: Person, said: str, *, by: Person) -> None:
        """`person` was asked whether they are the other too, and `said` YES, NO or LATER. Records `people.asked`.

        A no is a decision: they are two. A yes waits for a member to look at both; later is asked another time.
        """
        with transaction.atomic():
            self.said, self.asked_at, self.asked_of = said, timezone.now(), person
            self.save(update_fields=["said", "asked_at", "asked_of"])
            self.decide(DIFFERENT if said == NO else TO_ASK, by=by)
            record("people.asked", by=by, subject=person, data={"suggestion": self.pk, "said": said})
