"""An identity: an address by which a person is reached or recognised."""

import re

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.renewing import once

EMAIL, PHONE, CARD, HANDLE, EXTERNAL = "email", "phone", "card", "handle", "external"
NATIONAL_ID = "national_id"
KINDS = [(EMAIL, _("mail")), (PHONE, _("phone")), (CARD, _("card")), (HANDLE, _("handle")),
         (EXTERNAL, _("external id")), (NATIONAL_ID, _("national id"))]
PROVENANCE = [("guessed", "guessed"), ("told", "told"), ("observed", "observed"), ("verified", "verified")]


def identity_key(kind: str, value: str) -> str:
    """The form in which two writings of one address are equal: mail case-folded, phone as its digits."""
    value = value.strip()
    if kind == PHONE:
        digits = re.sub(r"\D", "", value)
        return digits.lstrip("0") if not value.startswith("+") else digits
    return value.casefold()[:254]


class Identity(models.Model):
    """One address of one person. The same address may belong to several people (a family, a reception).

    Only a verified one identifies; any other suggests (DESIGN 6: mail authenticates nobody).
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=16, choices=KINDS)
    value = models.CharField(max_length=254)
    key = models.CharField(max_length=254, editable=False, db_collation="C")
    provenance = models.CharField(max_length=16, choices=PROVENANCE, default="told")
    verified_at = models.DateTimeField(null=True, blank=True)
    preferred = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [models.UniqueConstraint(fields=["kind", "key", "person"], name="identity_once")]

    def __str__(self):
        return self.value

    def save(self, *args, **kwargs):
        """Save with the comparable form of the value."""
        self.key = identity_key(self.kind, self.value)
        with once(savepoint=False):
            super().save(*args, **kwargs)
