"""A product: one thing that somebody makes or brings, with answers of its own."""

from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from alongside.events.models import record
from alongside.lib.text import beginnings, name_keys, sort_key
from alongside.live.models import changed
from alongside.people.models import Person
from alongside.profiles.models.question import PRODUCT


class ProductQuerySet(models.QuerySet):
    """Ways to find products."""

    def visible_to(self, principal):
        """Members see every product; a person what they make; nobody else any."""
        if principal.serves:
            return self
        if principal.kind == "person":
            theirs = models.Q(maker=principal.person_id) | models.Q(maker__merged_into=principal.person_id)
            return self.filter(theirs)
        return self.none()

    def of(self, maker: Person):
        """Those that `maker`, and everyone merged into them, makes or brings; by name."""
        return self.filter(maker__in=maker.cluster_ids).order_by("sort_key", "id")

    def standing(self):
        """Those that are still made."""
        return self.filter(retired_at=None)

    def with_maker(self):
        """Each with its maker, as they stand now, without asking again."""
        return self.select_related("maker__merged_into")

    def with_counts(self):
        """Each with `known`, how many questions about it are answered now."""
        holds = models.Q(answers__settled_at=None, answers__withdrawn_at=None)
        return self.annotate(known=models.Count("answers__question", distinct=True, filter=holds))

    def beginning_with(self, words: str):
        """Those of which every word of `words` begins a word of the name or the code; none for no words."""
        begun = beginnings(words)
        found = self if begun else self.none()
        for first, end in begun:
            begins = ProductKey.objects.filter(key__gte=first, key__lt=end)
            found = found.filter(id__in=begins.values("product"))
        return found


class Product(models.Model):
    """One thing that `maker`, a person or an organisation, makes or brings. `code` is what others call it by."""

    name = models.CharField(max_length=120)
    code = models.CharField(max_length=60, blank=True)
    maker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="products")
    sort_key = models.CharField(max_length=240, editable=False)
    since = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    retired_at = models.DateTimeField(null=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("sort_key", "id", name="product_by_name")]

    def __str__(self):
        return self.name

    @classmethod
    def write_down(cls, name: str, maker: Person, *, by: Person | None, code: str = "",
                   at: datetime | None = None) -> "Product":
        """Something of theirs that we did not know. Records `profiles.product_written_down`."""
        at = at or timezone.now()
        with transaction.atomic():
            product = cls.objects.create(name=name.strip(), code=code.strip(), maker=maker.standing(), by=by, since=at)
            product._tell("product_written_down", by, at)
        return product

    def save(self, *args, **kwargs):
        """Save, and keep the keys by which its name and code are found."""
        self.sort_key = sort_key(self.name)[:240]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_key"}
        with transaction.atomic():
            super().save(*args, **kwargs)
            wanted = {*name_keys(self.name), *name_keys(self.code)}
            held = set(self.keys.values_list("key", flat=True))
            self.keys.filter(key__in=held - wanted).delete()
            ProductKey.objects.bulk_create(
                (ProductKey(product=self, key=key) for key in sorted(wanted - held)), ignore_conflicts=True)

    def change(self, *, by: Person | None, name: str, code: str, maker: Person) -> None:
        """Call it otherwise, or say that somebody else makes it. Records `profiles.product_changed`."""
        with transaction.atomic():
            changed(f"person:{self.maker.standing().pk}")  # before it is somebody else's
            self.name, self.code, self.maker = name.strip(), code.strip(), maker.standing()
            self.save(update_fields=["name", "code", "maker"])
            self._tell("product_changed", by)

    def retire(self, *, by: Person) -> None:
        """It is made no more: nobody is asked about it. Its answers stay. Records `profiles.product_retired`."""
        with transaction.atomic():
            self.retired_at = timezone.now()
            self.save(update_fields=["retired_at"])
            self._tell("product_retired", by)

    def bring_back(self, *, by: Person) -> None:
        """It is made again. Records `profiles.product_brought_back`."""
        with transaction.atomic():
            self.retired_at = None
            self.save(update_fields=["retired_at"])
            self._tell("product_brought_back", by)

    def withdraw(self, *, by: Person) -> None:
        """Its maker wishes that we know nothing of it, so it goes with its answers. Records
        `profiles.product_withdrawn`."""
        with transaction.atomic():
            self._tell("product_withdrawn", by)
            self.delete()

    def _tell(self, verb: str, by: Person | None, at: datetime | None = None) -> None:
        maker = self.maker.standing()
        record(f"profiles.{verb}", by=by, subject=maker, data={"product": self.pk}, at=at)
        changed(f"person:{maker.pk}")


class ProductKey(models.Model):
    """A beginning by which a product is found, whatever its script (made in `lib.text`)."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=80, db_collation="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "product"], name="product_key_once")]


Subject = Person | Product  # what a profile is about; an organisation is a person of that kind


def kind_of(subject: Subject) -> str:
    """Of which kind it is, as question sets name it: human, organisation or product."""
    return PRODUCT if isinstance(subject, Product) else subject.kind


def whose(subject: Subject) -> Person:
    """The one who may read and put right what is known of it: the person themself, or the product's maker."""
    return (subject.maker if isinstance(subject, Product) else subject).standing()
