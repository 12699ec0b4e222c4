"""A block: an address whose mail goes straight to spam."""

from django.db import models
from django.utils import timezone

from alongside.people.models import Person


class Block(models.Model):
    """One blocked address or `@domain`, by whom and why. Its mail is kept among the spam, never thrown away."""

    address = models.CharField(max_length=254, unique=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=240, blank=True)

    @classmethod
    def covers(cls, address: str) -> bool:
        """True when mail from `address` is blocked, by itself or by its domain."""
        address = address.strip().casefold()
        return cls.objects.filter(address__in=[address, "@" + address.rpartition("@")[2]]).exists()
