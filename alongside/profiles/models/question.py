"""Question sets and their questions: what may be known about a person, an organisation or a product."""

from django.db import models, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from alongside.lib.ordering import move

TEXT, CHOICE, MANY, NUMBER, DATE, YES_NO = "text", "choice", "many", "number", "date", "yes-no"
KINDS = {TEXT: _("Words"), CHOICE: _("One of several"), MANY: _("Several of several"), NUMBER: _("A number"),
         DATE: _("A day"), YES_NO: _("Yes or no")}
HUMAN, ORGANISATION, PRODUCT = "human", "organisation", "product"
SUBJECTS = {HUMAN: _("People"), ORGANISATION: _("Organisations"), PRODUCT: _("Products")}


class QuestionSetQuerySet(models.QuerySet):
    """Ways to find question sets."""

    def visible_to(self, principal):
        """Members see the questions; nobody else does (a person sees the words with each answer)."""
        return self if principal.serves else self.none()


class QuestionSet(models.Model):
    """Questions that belong together, about what is `for_kind`. `of_everyone`: asked of all of these; else only where
    it was begun."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=500, blank=True)
    for_kind = models.CharField(max_length=12, default=HUMAN, choices=list(SUBJECTS.items()))
    version = models.PositiveIntegerField(default=1)
    of_everyone = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)
    demo = models.BooleanField(default=False, editable=False)

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        ordering = ["-of_everyone", "name", "id"]

    def __str__(self):
        return self.name

    @classmethod
    def make(cls, name: str, **about) -> "QuestionSet":
        """A set of one's own, with a key of its own."""
        key = base = slugify(name)[:50] or "set"
        number = 1
        while cls.objects.filter(key=key).exists():
            number += 1
            key = f"{base}-{number}"
        return cls.objects.create(key=key, name=name, **about)

    @property
    def is_answered(self) -> bool:
        """Something in it was answered, so that what it is about stays as it is."""
        return self.questions.filter(answers__isnull=False).exists()

    def fits(self, kind: str) -> bool:
        """Whether it is asked now about what is of this kind (human, organisation or product)."""
        return self.retired_at is None and self.for_kind == kind

    def add(self, *, words: str, kind: str = TEXT, key: str = "", **about) -> "Question":
        """Add a question at the end."""
        with transaction.atomic():
            QuestionSet.objects.select_for_update().get(pk=self.pk)
            last = self.questions.aggregate(last=Max("order"))["last"]
            order = 0 if last is None else last + 1
            key = key or self._free_key(slugify(words)[:50] or "question")
            return self.questions.create(key=key, words=words, kind=kind, order=order, **about)

    def _free_key(self, base: str) -> str:
        taken, key, number = set(self.questions.values_list("key", flat=True)), base, 1
        while key in taken:
            number += 1
            key = f"{base}-{number}"
        return key

    def retire(self) -> None:
        """Ask it no more; what was answered stays."""
        self.retired_at = timezone.now()
        self.save(update_fields=["retired_at"])

    def bring_back(self) -> None:
        """Ask it again."""
        self.retired_at = None
        self.save(update_fields=["retired_at"])


class QuestionQuerySet(models.QuerySet):
    """Ways to find questions."""

    def visible_to(self, principal):
        """Members see the questions."""
        return self if principal.serves else self.none()

    def about(self, kind: str):
        """Those that may be answered of what is of this kind. Only a product is never answered as a person is."""
        kinds = (PRODUCT,) if kind == PRODUCT else (HUMAN, ORGANISATION)
        return self.filter(set__for_kind__in=kinds)

    def asked_now(self):
        """Those that are asked: neither they nor their set are retired."""
        return self.filter(retired_at=None, set__retired_at=None)


class Question(models.Model):
    """One question: `words` as members read it, `spoken` as one would naturally ask it.

    `lasts_days`: how old an answer may get before it is asked again. `here`: written or changed by the house, so that
    loading the file again leaves it as it is.
    """

    set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=60)
    words = models.CharField(max_length=300)
    spoken = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=8, default=TEXT, choices=list(KINDS.items()))
    choices = models.JSONField(default=list, blank=True)
    lasts_days = models.PositiveIntegerField(null=True, blank=True)
    order = models.PositiveIntegerField(default=0)
    sensitive = models.BooleanField(default=False)
    here = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["set", "key"], name="question_key_once")]

    def __str__(self):
        return self.words

    @property
    def as_asked(self) -> str:
        """The words one would say; the question itself where nobody wrote others."""
        return self.spoken or self.words

    def change(self, **about) -> None:
        """Reword it, or what it takes. Answers keep the words they answered."""
        for name, value in {**about, "here": True}.items():
            setattr(self, name, value)
        self.save(update_fields=[*about, "here"])

    def retire(self) -> None:
        """Ask it no more; its answers stay."""
        self.retired_at = timezone.now()
        self.save(update_fields=["retired_at"])

    def bring_back(self) -> None:
        """Ask it again."""
        self.retired_at = None
        self.save(update_fields=["retired_at"])

    def move(self, way: int) -> None:
        """One place up (-1) or down (1) among the questions of the set that are asked."""
        with transaction.atomic():
            QuestionSet.objects.select_for_update().get(pk=self.set_id)
            move(list(self.set.questions.filter(Q(retired_at=None) | Q(pk=self.pk))), self, way)
