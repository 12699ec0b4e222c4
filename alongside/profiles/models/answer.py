"""An answer: what we know by one question of a person or of a product, how we know it, from whom, and since when."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.events.models import record
from alongside.live.models import changed
from alongside.people.models import Person
from alongside.profiles.models import values
from alongside.profiles.models.product import Product, Subject, whose
from alongside.profiles.models.question import Question

GUESSED, TOLD, OBSERVED, VERIFIED = "guessed", "told", "observed", "verified"
PROVENANCES = {GUESSED: gettext_lazy("Guess"), TOLD: gettext_lazy("Told"), OBSERVED: gettext_lazy("Observed"),
               VERIFIED: gettext_lazy("Verified")}
CERTAINTY = {GUESSED: 0, OBSERVED: 1, TOLD: 2, VERIFIED: 3}


class AnswerQuerySet(models.QuerySet):
    """Ways to find answers."""

    def visible_to(self, principal):
        """Members see every answer; a person those of themself and of what they make; nobody else any."""
        if principal.serves:
            return self
        if principal.kind == "person":
            own = Q(person=principal.person_id) | Q(person__merged_into=principal.person_id)
            return self.filter(own | Q(product__in=Product.objects.visible_to(principal)))
        return self.none()

    def of(self, *subjects: Subject):
        """Those of these people, each with everyone merged into them, and of these products; the newest first."""
        people = [id for each in subjects if isinstance(each, Person) for id in each.cluster_ids]
        products = [each.pk for each in subjects if isinstance(each, Product)]
        theirs = self.filter(Q(person__in=people) | Q(product__in=products)).select_related(
            "person", "product__maker", "question__set", "by", "confirmed_by", "withdrawn_by")
        return theirs.order_by("-at", "-id")

    def held_of(self, person_ids: list[int]):
        """Those of the people with these ids and of what they make."""
        return self.filter(Q(person__in=person_ids) | Q(product__maker__in=person_ids))

    def current(self):
        """Those that hold: neither settled against nor taken back."""
        return self.filter(settled_at=None, withdrawn_at=None)

    def take_up(self, person_ids: list[int], since: datetime) -> None:
        """Have their answers hold again that were settled after `since` and left nothing of their own to go by."""
        own = self.filter(person__in=person_ids)
        told = own.filter(Q(settled_at=None) & (Q(withdrawn_at=None) | Q(withdrawn_at__gt=since)))
        settled = own.filter(settled_at__gt=since, withdrawn_at=None).exclude(question__in=told.values("question"))
        settled.update(settled_at=None, settled_by=None)

    def known_before(self, moment: datetime):
        """Those that nobody gave or confirmed since `moment`."""
        return self.annotate(known=Coalesce("confirmed_at", "at")).filter(known__lt=moment)


class Answer(models.Model):
    """What was answered of a `person` or of a `product`, in the words that were asked. Never overwritten: a newer one
    stands beside it.

    `value` is plain words: the chosen ones, one a line where there are several; a day as 2026-02-14; "yes" or "no".
    `was` is how we knew it before it was confirmed.
    """

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="answers")
    product = models.ForeignKey(Product, null=True, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    words = models.CharField(max_length=300)
    value = models.TextField()
    provenance = models.CharField(max_length=8, choices=list(PROVENANCES.items()))
    was = models.CharField(max_length=8, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    from_message = models.BigIntegerField(null=True, blank=True)
    from_visit = models.BigIntegerField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "question", "-at"], name="answers_of_person"),
                   models.Index(fields=["product", "question", "-at"], name="answers_of_product")]
        constraints = [models.CheckConstraint(
            condition=Q(person__isnull=True) ^ Q(product__isnull=True), name="answer_about_one")]

    def __str__(self):
        return f"{self.words} {self.value}"

    @classmethod
    def give(cls, subject: Subject, question: Question, value: str, *, provenance: str, by: Person | None,
             from_message: int | None = None, from_visit: int | None = None, at: datetime | None = None) -> "Answer":
        """Write down what we know of `subject`, and how. Records `profiles.answered`.

        Who says again what already holds, as surely, makes it younger and no second one of it.
        """
        subject = subject if isinstance(subject, Product) else subject.standing()
        about = {"product" if isinstance(subject, Product) else "person": subject}
        with transaction.atomic():
            same = cls.objects.of(subject).current().filter(question=question, value=value, provenance=provenance)
            answer = same.filter(by=by).select_for_update(of=("self",)).first()
            if answer and at is None:
                answer.confirmed_at, answer.confirmed_by = timezone.now(), by
                answer.save(update_fields=["confirmed_at", "confirmed_by"])
                answer.tell("answer_confirmed", by)
                return answer
            answer = cls.objects.create(
                **about, question=question, words=question.words, value=value, provenance=provenance, by=by,
                from_message=from_message, from_visit=from_visit, at=at or timezone.now())
            answer.tell("answered", by, at=at)
        return answer

    def confirm(self, *, by: Person, how: str = TOLD) -> None:
        """They said so themself (TOLD), or we looked together (VERIFIED). Records `profiles.answer_confirmed`."""
        with transaction.atomic():
            self._locked()
            if CERTAINTY[how] > CERTAINTY[self.provenance]:
                self.was, self.provenance = self.was or self.provenance, how
            self.confirmed_at, self.confirmed_by = timezone.now(), by
            self.save(update_fields=["was", "provenance", "confirmed_at", "confirmed_by"])
            self.tell("answer_confirmed", by)

    def choose(self, *, by: Person, how: str = TOLD) -> None:
        """This one holds: others to the same question become history. Records `profiles.answer_confirmed`."""
        with transaction.atomic():
            self._locked()
            self.settle(by=by)
            self.confirm(by=by, how=how)

    def settle(self, *, by: Person) -> None:
        """This one holds: what else was answered to the same question becomes history."""
        others = Answer.objects.of(self.subject).current().filter(question=self.question).exclude(pk=self.pk)
        Answer.objects.filter(pk__in=list(others.values_list("pk", flat=True))).update(
            settled_at=timezone.now(), settled_by=by)
        if self.settled_at:
            self.settled_at = self.settled_by = None
            self.save(update_fields=["settled_at", "settled_by"])

    def correct(self, *, by: Person, value: str | list[str]) -> "Answer":
        """The right answer instead of this one: it stands first, as told, and what was thought before is history.

        Raises values.NotAnAnswer when the question does not take it.
        """
        kept = values.checked(self.question, value)
        with transaction.atomic():
            right = Answer.give(self.subject, self.question, kept, provenance=TOLD, by=by)
            right.settle(by=by)
        return right

    def withdraw(self, *, by: Person) -> None:
        """Take it back. Its own person leaves nothing of it behind. Records `profiles.answer_withdrawn`."""
        with transaction.atomic():
            self._locked()
            self.withdrawn_at, self.withdrawn_by = timezone.now(), by
            if self.is_about(by):
                self.value = ""
            self.save(update_fields=["withdrawn_at", "withdrawn_by", "value"])
            self.tell("answer_withdrawn", by)

    @property
    def subject(self) -> Subject:
        """What it is about: the product, or the person as they stand."""
        return self.product or self.person.standing()

    @property
    def asked_words(self) -> str:
        """The words that were asked, with the product's name where it is about one."""
        return self._of_product(self.words)

    @property
    def words_for_them(self) -> str:
        """The question as one would ask it, where somebody wrote that and it is still the same question."""
        return self._of_product(self.question.as_asked if self.words == self.question.words else self.words)

    def _of_product(self, words: str) -> str:
        return _("%(product)s: %(words)s") % {"product": self.product.name, "words": words} if self.product else words

    @property
    def shown(self) -> str:
        """The value in the reader's words."""
        return values.shown(self.question, self.value)

    @property
    def age(self) -> str:
        """How long ago it was so, in words; empty for what is young."""
        return values.age(self.known_at)

    @property
    def known_at(self) -> datetime:
        """When it was last so: confirmed, or else given."""
        return self.confirmed_at or self.at

    @property
    def is_current(self) -> bool:
        """Neither settled against nor taken back."""
        return self.settled_at is None and self.withdrawn_at is None

    @property
    def is_stale(self) -> bool:
        """Older than its question allows."""
        days = self.question.lasts_days
        return bool(days) and (timezone.now() - self.known_at).total_seconds() > days * 86400

    @property
    def is_own(self) -> bool:
        """The person themself wrote or confirmed it; of a product, whoever makes it."""
        return self.is_about(self.confirmed_by) or self.is_about(self.by)

    def is_about(self, person: Person | None) -> bool:
        """Whether `person` is the one whom it is about, or makes what it is about."""
        held = self.product.maker if self.product else self.person
        return person is not None and (person.merged_into_id or person.pk) == (held.merged_into_id or held.pk)

    def tell(self, verb: str, by: Person | None, at: datetime | None = None) -> None:
        """Write into the ledger what happened to it, and let open screens look again."""
        told = {"answer": self.pk, "question": self.question_id, "provenance": self.provenance}
        told |= {"product": self.product_id} if self.product_id else {}
        record(f"profiles.{verb}", by=by, subject=self.person or whose(self.product), at=at, data=told)
        changed(f"person:{whose(self.subject).pk}")

    def _locked(self) -> None:
        """Hold the row, as it stands now."""
        now = Answer.objects.select_for_update(of=("self",)).get(pk=self.pk)
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(now, field.attname))
