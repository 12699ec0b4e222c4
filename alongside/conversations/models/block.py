"""A block: an address whose mail goes straight to spam."""

from django.db import models
from django.utils import timezone

from alongside.people.models import Person


class BlockQuerySet(models.QuerySet):
    """Blocks by what they keep out."""

    def covering(self, addresses):
        """Those that keep out mail from any of `addresses`, by itself or by its domain; the oldest first."""
        mails = {address.strip().casefold() for address in addresses if "@" in address}
        domains = {"@" + mail.rpartition("@")[2] for mail in mails}
        return self.filter(address__in=sorted(mails | domains)).order_by("id")


class Block(models.Model):
    """One blocked address or `@domain`, by whom and why. Its mail is kept among the spam, never thrown away."""

    address = models.CharField(max_length=254, unique=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=240, blank=True)

    objects = BlockQuerySet.as_manager()

    @classmethod
    def covers(cls, address: str) -> bool:
        """True when mail from `address` is blocked, by itself or by its domain."""
        return cls.objects.covering([address]).exists()
