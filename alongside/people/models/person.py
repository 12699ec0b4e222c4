"""A person: someone who is served, customer or colleague."""

from django.db import connection, models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.events.models import record
from alongside.lib.text import beginnings, name_keys, one_line, sort_key
from alongside.live.models import changed
from alongside.people.models.identity import EMAIL, KINDS, Identity, identity_key
from alongside.people.models.theirs import theirs
from alongside.people.renewing import once

HUMAN, ORGANISATION = "human", "organisation"
MOST_LETTERS = 20_000  # of what matters, whoever writes it
_NAMES = frozenset(("called", "full_name"))


class PersonQuerySet(models.QuerySet):
    """Ways to find people."""

    def visible_to(self, principal):
        """Members see everyone the organisation knows; a person sees themself; nobody else sees anyone."""
        if principal.serves:
            return self
        if principal.kind == "person":
            return self.filter(theirs(principal.person_id, "pk"))
        return self.none()

    def standing(self):
        """Those who stand for themselves, without whoever was merged into somebody."""
        return self.filter(merged_into=None)

    def with_email(self, address: str):
        """Everyone reached at `address`, as they stand now; several where a family shares it."""
        return self.reached_at(EMAIL, address)

    def reached_at(self, kind: str, value: str):
        """Everyone reached at one address, as they stand now."""
        theirs = Identity.objects.filter(kind=kind, key=identity_key(kind, value))
        heads = theirs.values(head=Coalesce("person__merged_into", "person"))
        return self.filter(id__in=heads)

    def beginning_with(self, words: str, limit: int = 8) -> list["Person"]:
        """Up to `limit` people of whom every word of `words` begins a name or an address; for completion."""
        begun = beginnings(words)
        if not begun:
            return []
        matches = self
        for first, end in begun:
            span = {"key__gte": first, "key__lt": end}
            begins = NameKey.objects.filter(**span).values("person")
            reached = Identity.objects.filter(kind__in=[kind for kind, _name in KINDS], **span).values("person")
            found = begins.union(reached)
            matches = matches.filter(models.Q(id__in=found) | models.Q(merged__in=found)).standing().distinct()
        return list(matches.order_by("sort_key", "id")[:limit])


class Person(models.Model):
    """A human we know. `called` is the name as they like it; `full_name` the whole one where we know it."""

    called = models.CharField(max_length=120, blank=True)
    full_name = models.CharField(max_length=240, blank=True)
    sort_key = models.CharField(max_length=240, blank=True, editable=False)
    what_matters = models.TextField(blank=True)
    zone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=16, blank=True)
    born = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=12, default=HUMAN, db_default=HUMAN,
                            choices=[(HUMAN, _("human")), (ORGANISATION, _("organisation"))])
    merged_into = models.ForeignKey("self", null=True, blank=True, editable=False, on_delete=models.PROTECT,
                                    related_name="merged")  # who stands for them now: never one who is merged too
    since = models.DateTimeField(default=timezone.now)
    demo = models.BooleanField(default=False, editable=False)

    objects = PersonQuerySet.as_manager()
    _cluster_ids: list[int] | None = None

    class Meta:
        verbose_name_plural = "people"
        indexes = [models.Index("sort_key", "id", name="person_by_name")]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """The name to show: as they like it, else the whole name; may be empty for someone we have not met."""
        return self.called or self.full_name

    @property
    def cluster_ids(self) -> list[int]:
        """The ids under which rows may speak of this person: their own, then of everyone merged into them."""
        if self._cluster_ids is None:
            merged = Person.objects.filter(merged_into=self.pk).order_by("id").values_list("id", flat=True)
            self._cluster_ids = [self.pk, *merged]
        return self._cluster_ids

    def standing(self) -> "Person":
        """Whoever stands for them now: themself, unless they were merged into another."""
        return self.merged_into or self

    def refresh_from_db(self, *args, **kwargs):
        """Read the row anew, and the cluster with it."""
        self._cluster_ids = None
        super().refresh_from_db(*args, **kwargs)

    @classmethod
    def meet(cls, *, called="", full_name="", email="", phone="", provenance="told", by=None, **more) -> "Person":
        """Write down someone new, with the identities given. Records `people.met`."""
        with once():
            person = cls.objects.create(called=one_line(called), full_name=one_line(full_name), **more)
            person._cluster_ids = [person.pk]
            for kind, value in (("email", email), ("phone", phone)):
                if value:
                    person._reach_at(kind, value, provenance=provenance, by=by)
            record("people.met", by=by, subject=person)
        return person

    def save(self, *args, **kwargs):
        """Save, and keep the sort key and the keys by which the name is found."""
        fields, fresh = kwargs.get("update_fields"), self._state.adding
        if fields is not None and _NAMES.isdisjoint(fields):
            super().save(*args, **kwargs)
            return
        if fields is not None:
            kwargs["update_fields"] = {*fields, "sort_key"}
        self.sort_key = sort_key(self.name)[:240]
        with once(savepoint=False):
            super().save(*args, **kwargs)
            self._keep_name_keys(fresh)

    def _keep_name_keys(self, fresh: bool) -> None:
        wanted = set(name_keys(" ".join(part for part in (self.called, self.full_name) if part)))
        held = set() if fresh else set(self.name_keys.values_list("key", flat=True))
        self.name_keys.filter(key__in=held - wanted).delete()
        NameKey.objects.bulk_create(
            (NameKey(person=self, key=key) for key in sorted(wanted - held)), ignore_conflicts=True
        )

    def rename(self, *, called: str, full_name: str, by) -> None:
        """Call them as they like it from now on. Records `people.renamed`."""
        with transaction.atomic():
            self.called, self.full_name = one_line(called), one_line(full_name)
            self.save(update_fields=["called", "full_name"])
            record("people.renamed", by=by, subject=self)
            self.tell_screens()

    def describe(self, *, by, what_matters=None, zone=None, language=None, born=None, kind=None) -> None:
        """Note what matters to them, zone, language, birthday, human or not. Records `people.described`.

        What is None stays as it is; an empty string takes away, also the day on which they were `born`.
        """
        given = {"what_matters": what_matters, "zone": zone, "language": language, "born": born, "kind": kind}
        told = {name: value for name, value in given.items() if value is not None}
        with transaction.atomic():
            for name, value in told.items():
                setattr(self, name, value if value or name != "born" else None)
            self.save(update_fields=list(told))
            record("people.described", by=by, subject=self, data={"fields": sorted(told)})
            self.tell_screens()

    def reach_at(self, kind: str, value: str, *, provenance: str = "told", by=None, verified_at=None) -> Identity:
        """Add (or find) an identity of this person. Records `people.identity_added` when it is new."""
        with once():
            identity, new = self._reach_at(kind, value, provenance=provenance, by=by, verified_at=verified_at)
            if new:
                self.tell_screens()
        return identity

    def _reach_at(self, kind: str, value: str, *, provenance: str, by, verified_at=None) -> tuple[Identity, bool]:
        merged = self.cluster_ids[1:]
        known = Identity.objects.filter(person__in=merged, kind=kind, key=identity_key(kind, value))
        if merged and (identity := known.first()):
            return identity, False
        identity, new = Identity.objects.get_or_create(
            person=self,
            kind=kind,
            key=identity_key(kind, value),
            defaults={"value": value.strip(), "provenance": provenance, "verified_at": verified_at},
        )
        if new:
            record("people.identity_added", by=by, subject=self, data={"identity": identity.id, "kind": kind})
        return identity, new

    def tell_screens(self) -> None:
        """Have every screen on which they stand look again, once this transaction is committed."""
        changed(f"person:{self.merged_into_id or self.pk}")

    @property
    def reached(self) -> list[Identity]:
        """Every identity, with those of whoever was merged into them; those loaded before, where they were."""
        if "identities" in getattr(self, "_prefetched_objects_cache", ()):
            return list(self.identities.all())
        return list(Identity.objects.filter(theirs(self.pk)).order_by("id"))

    @property
    def email(self) -> str:
        """The address to write to: the preferred one, else the first; empty when there is none."""
        mails = [i for i in self.reached if i.kind == EMAIL]
        return min(mails, key=lambda i: (not i.preferred, i.id)).value if mails else ""


class NameKey(models.Model):
    """A beginning by which a person's name is found, whatever its script (made in `lib.text`)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_keys")
    key = models.CharField(max_length=80, db_collation="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "person"], name="name_key_once")]


def lock_person(person_id: int) -> None:
    """Hold everything that happens to one person in line until the transaction ends (an advisory lock)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7001, %s)", [person_id % 2**31])
