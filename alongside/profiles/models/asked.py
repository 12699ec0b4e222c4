"""That a question was put to a person, and what came of it, so that nobody is asked twice."""

from django.db import models, transaction
from django.utils import timezone

from alongside.events.models import record
from alongside.live.models import changed
from alongside.people.models import Person
from alongside.profiles.models.product import Product, Subject, whose
from alongside.profiles.models.question import Question

ANSWERED, NOT_NOW, NEVER = "answered", "not now", "never"
OUTCOMES = (ANSWERED, NOT_NOW, NEVER)


class Asked(models.Model):
    """One question put to one person: about themself, or about a product of theirs."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="asked")
    product = models.ForeignKey(Product, null=True, on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="asked")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=8, choices=[(outcome, outcome) for outcome in OUTCOMES])

    class Meta:
        verbose_name_plural = "asked"
        indexes = [models.Index(fields=["person", "-at"], name="asked_of_person")]

    def __str__(self):
        return f"{self.question} ({self.outcome})"

    @classmethod
    def note(cls, subject: Subject, question: Question, outcome: str, *, by: Person) -> "Asked":
        """Write down that it was asked of `subject`; what a product is like, its maker is asked. Records
        `profiles.asked`."""
        person, product = whose(subject), subject if isinstance(subject, Product) else None
        with transaction.atomic():
            asked = cls.objects.create(person=person, product=product, question=question, outcome=outcome, by=by)
            record("profiles.asked", by=by, subject=person, data={"question": question.pk, "outcome": outcome})
            changed(f"person:{person.pk}")
        return asked
