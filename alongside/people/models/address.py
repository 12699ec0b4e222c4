"""Where a person lives or works, as far as anyone told us."""

from django.db import models, transaction
from django.utils import timezone

from alongside.events.models import record
from alongside.people.models.identity import PROVENANCE
from alongside.people.models.person import Person
from alongside.people.renewing import once


class Address(models.Model):
    """One postal address of one person; any part may be empty."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1
    provenance = models.CharField(max_length=16, choices=PROVENANCE, default="told")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "addresses"

    @classmethod
    def note(cls, person: Person, *, by: Person | None, provenance: str = "told", **place: str) -> "Address":
        """Write down a `street`, `postcode`, `city` and `country` of theirs. Records `people.address_added`."""
        with transaction.atomic():
            address = cls.objects.create(person=person, provenance=provenance, **place)
            record("people.address_added", by=by, subject=person, data={"address": address.id})
        return address

    def save(self, *args, **kwargs):
        """Save, and in the same transaction make by what the person is recognised."""
        with once(savepoint=False):
            super().save(*args, **kwargs)

    def __str__(self):
        place = " ".join(part for part in (self.postcode, self.city) if part)
        return ", ".join(part for part in (self.street, place, self.country) if part)
