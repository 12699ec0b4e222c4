"""A suggestion: two records that may be one person, and what a member said of it."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.live.models import changed
from alongside.people.models.person import Person

LIST = "duplicates:all"  # the topic of the page on which all of them stand
DIFFERENT, TO_ASK = "different", "to_ask"


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
    level = models.CharField(max_length=8, choices=[("same", _("the same")), ("ask", _("to be asked"))])
    why = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    decision = models.CharField(max_length=12, blank=True, default="",
                                choices=[(DIFFERENT, _("two people")), (TO_ASK, _("ask them"))])
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="suggested_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="suggestion_in_order"),
        ]
        indexes = [models.Index(fields=["decision", "-score", "id"], name="suggestion_by_score")]

    def __str__(self):
        return f"{self.one} = {self.other}?"

    def decide(self, decision: str, *, by: Person) -> None:
        """They are two (DIFFERENT), or someone is to ask them (TO_ASK)."""
        self.decision, self.decided_by, self.decided_at = decision, by, timezone.now()
        with transaction.atomic():
            self.save(update_fields=["decision", "decided_by", "decided_at"])
            changed(LIST)
            for person in (self.one, self.other):
                person.tell_screens()
