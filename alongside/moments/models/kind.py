"""Kinds of moments, and ideas for them: rows that the house keeps, of which some came with it."""

from typing import ClassVar

from django.db import models, transaction
from django.db.models import Max, Prefetch
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext

from alongside.lib.ordering import move
from alongside.moments.moods import MOODS

# Drawings to choose from: names of icons of the look.
ICONS = ("moment", "star", "day", "chat", "counter", "mood-calm", "clock", "saved", "eye", "people")
LONGEST_KEY = 24


class Kept(models.Model):
    """What came with the house, or was written by it. `here` names the fields that the house wrote or changed: they
    stay when those that came are brought in again, and its own words are not translated."""

    WORDS: ClassVar[str] = ""  # the field that is read

    here = models.JSONField(default=list, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def shown(self) -> str:
        """What it says: in the reader's language, where it came with the house."""
        words = getattr(self, self.WORDS)
        return words if self.WORDS in self.here else gettext(words)

    def change(self, **about) -> None:
        """Have it as the house does. Words that stay as they are shown are not written over."""
        changed = [name for name, value in about.items()
                   if value != (self.shown if name == self.WORDS else getattr(self, name))]
        for name in changed:
            setattr(self, name, about[name])
        self.here = sorted({*self.here, *changed})
        self.save(update_fields=[*changed, "here"])

    def retire(self) -> None:
        """Offer it no more; what was noted by it stays as it is."""
        self.retired_at = timezone.now()
        self.save(update_fields=["retired_at"])

    def bring_back(self) -> None:
        """Offer it again."""
        self.retired_at = None
        self.save(update_fields=["retired_at"])


class MomentKindQuerySet(models.QuerySet):
    """Ways to find kinds."""

    def visible_to(self, principal):
        """Members see the kinds; a person reads the words with each moment of theirs."""
        return self if principal.serves else self.none()

    def offered(self):
        """Those that may be noted now, each with the ideas that may be proposed now."""
        ideas = Prefetch("ideas", Idea.objects.filter(retired_at=None), to_attr="fresh_ideas")
        return self.filter(retired_at=None).prefetch_related(ideas)


class MomentKind(Kept):
    """A kind of small kindness. `label` is what was done; `rests`: days until it is fresh again for somebody."""

    WORDS = "label"

    key = models.SlugField(max_length=LONGEST_KEY, unique=True)
    label = models.CharField(max_length=120)
    icon = models.CharField(max_length=24, default=ICONS[0])
    rests = models.PositiveIntegerField(default=14)
    order = models.PositiveIntegerField(default=0)

    objects = MomentKindQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]

    def __str__(self):
        return self.key

    @classmethod
    def make(cls, label: str, **about) -> "MomentKind":
        """A kind of one's own, behind the others, with a key of its own."""
        key = base = f"own-{slugify(label)[: LONGEST_KEY - 8] or 'kind'}"
        number = 1
        with transaction.atomic():
            while cls.objects.filter(key=key).exists():
                number += 1
                key = f"{base}-{number}"
            return cls.objects.create(key=key, label=label, here=["label"], order=cls.last_order() + 1, **about)

    @classmethod
    def last_order(cls) -> int:
        """The place of the last one; -1 where there is none."""
        last = cls.objects.aggregate(last=Max("order"))["last"]
        return -1 if last is None else last

    def add_idea(self, words: str, fits: list[str]) -> "Idea":
        """Another way to do it."""
        return self.ideas.create(words=words, fits=fits, here=["words"])

    def move(self, way: int) -> None:
        """One place up (-1) or down (1) among the kinds that are offered."""
        with transaction.atomic():
            kinds = MomentKind.objects.select_for_update()
            move(list(kinds.filter(models.Q(retired_at=None) | models.Q(pk=self.pk))), self, way)


class Idea(Kept):
    """Something that could be done for somebody: `fits` are the moods for which it is meant (none: all)."""

    WORDS = "words"

    kind = models.ForeignKey(MomentKind, on_delete=models.CASCADE, related_name="ideas")
    key = models.SlugField(max_length=LONGEST_KEY, blank=True)
    words = models.CharField(max_length=200)
    fits = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="idea_key_once",
                                               condition=~models.Q(key=""))]

    def __str__(self):
        return self.words

    @property
    def for_moods(self) -> list:
        """The moods for which it is meant, in their order; none for all."""
        return [mood for mood in MOODS if mood.id in self.fits]
