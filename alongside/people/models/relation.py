"""How people belong together: families, households, organisations, and whoever looks after whom."""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.events.models import record
from alongside.people.models.person import Person

# kind → (what `one` is to `other`, what `other` is to `one`)
RELATIONS = {
    "family": (_("family of"), _("family of")),
    "household": (_("lives with"), _("lives with")),
    "partner": (_("partner of"), _("partner of")),
    "parent": (_("parent of"), _("child of")),
    "colleague": (_("colleague of"), _("colleague of")),
    "works_at": (_("works at"), _("has working there")),
    "assists": (_("assistant of"), _("is assisted by")),
    "looks_after": (_("looks after"), _("is looked after by")),
    "other": (_("knows"), _("knows")),
}


class RelationQuerySet(models.QuerySet):
    """Ways to find relations."""

    def of(self, person: Person):
        """Those of `person` and of everyone merged into them, that hold now."""
        ids = person.cluster_ids
        return self.filter(Q(one__in=ids) | Q(other__in=ids), until=None).select_related("one", "other")


class Relation(models.Model):
    """What `one` is to `other`; `words` says it more closely where someone wrote it down."""

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations_from")
    kind = models.CharField(max_length=12, choices=[(kind, words) for kind, (words, _back) in RELATIONS.items()])
    words = models.CharField(max_length=120, blank=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = RelationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other", "kind"], name="relation_once", condition=Q(until=None)),
            models.CheckConstraint(condition=~Q(one=models.F("other")), name="relation_of_two"),
        ]

    def __str__(self):
        return f"{self.one} {RELATIONS[self.kind][0]} {self.other}"

    @classmethod
    def tie(cls, one: Person, other: Person, kind: str, *, by: Person, words: str = "") -> "Relation":
        """Write down what `one` is to `other`, once. Records `people.related` for both. Raises KeyError."""
        RELATIONS[kind]
        with transaction.atomic():
            relation, new = cls.objects.get_or_create(
                one=one, other=other, kind=kind, until=None, defaults={"words": words.strip(), "by": by})
            if new:
                for subject in (one, other):
                    record("people.related", by=by, subject=subject, data={"relation": relation.id, "kind": kind})
                    subject.tell_screens()
        return relation

    def end(self, *, by: Person) -> None:
        """It holds no longer; that it did is kept. Records `people.unrelated` for both."""
        with transaction.atomic():
            self.until = timezone.now()
            self.save(update_fields=["until"])
            for subject in (self.one, self.other):
                record("people.unrelated", by=by, subject=subject, data={"relation": self.id, "kind": self.kind})
                subject.tell_screens()
