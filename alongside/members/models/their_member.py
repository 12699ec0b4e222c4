"""Continuity: a person may have their member, the one who usually looks after them."""

from django.db import models, transaction
from django.utils import timezone

from alongside.events.models import record
from alongside.live.models import changed
from alongside.people.models import Person


class TheirMember(models.Model):
    """That `person` is usually with `member`, since when and until when (None: still)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="their_members")
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="their_people")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(until=None), name="one_member_at_a_time")
        ]

    def __str__(self):
        return f"{self.person} with {self.member}"

    @classmethod
    def of(cls, person: Person):
        """Whoever `person` is usually with now, or None; members who left are not offered."""
        return cls.among(person.cluster_ids)

    @classmethod
    def among(cls, person_ids):
        """The same, for whoever has the ids of a whole cluster already."""
        now = cls.objects.filter(person_id__in=person_ids, until=None, member__is_active=True)
        found = now.select_related("member__person").order_by("-since").first()
        return found.member if found else None

    @classmethod
    def end(cls, person_ids, at) -> None:
        """Whoever is theirs is so no longer since `at`, because two are one person now and another is."""
        cls.objects.filter(person_id__in=person_ids, until=None).update(until=at)

    @classmethod
    def part(cls, kept_ids, taken_ids, at) -> None:
        """Give either of two, who were one person since `at`, back whom they had then.

        What was chosen since stays with whom it was said of: one of the two has a row of it, or, where it was nobody
        in particular, the one who was kept.
        """
        whole = cls.objects.filter(person_id__in=[*kept_ids, *taken_ids])
        chosen_since = whole.filter(until__gt=at).exists()
        moved = whole.filter(person_id__in=taken_ids, since__gt=at).exists()
        for ids in (taken_ids, kept_ids):
            rows = cls.objects.filter(person_id__in=ids)
            if rows.filter(until=None).exists() or (ids is kept_ids and chosen_since and not moved):
                continue
            had = rows.filter(since__lte=at, until__gte=at).order_by("-since").first()
            if had:
                cls.objects.filter(pk=had.pk).update(until=None)

    @classmethod
    def choose(cls, person: Person, member, *, by) -> None:
        """From now on `person` is usually with `member` (None: with nobody in particular).

        Records `members.their_member_chosen`; the same choice again is harmless.
        """
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=person.pk)
            now = cls.objects.filter(person_id__in=person.cluster_ids, until=None)
            if [each.member_id for each in now] == ([member.id] if member else []):
                return
            now.update(until=timezone.now())
            if member:
                cls.objects.create(person=person, member=member, by=by)
            record("members.their_member_chosen", by=by, subject=person, data={"member": member.id if member else None})
            changed(f"person:{person.id}")
