"""A key: a random token of one purpose, stored hashed, that ends by time, by use or by being revoked."""

import hashlib
import secrets
from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from alongside.events.models import record
from alongside.keys.scopes import SCOPES
from alongside.people.models import Person

PURPOSES = ["sign_in", "invitation", "api", "booth", "booth_session", "my_page", "my_session", "forget_me",
            "new_address"]
__all__ = ["PURPOSES", "SCOPES", "Key", "digest_of"]


class KeyQuerySet(models.QuerySet):
    """Finding keys that still open something."""

    def visible_to(self, principal):
        """Admins see the keys of the house; everyone else those they issued. Tokens are seen by nobody."""
        if principal.kind != "member":
            return self.none()
        return self if principal.is_at_least("admin") else self.filter(issued_by_id=principal.person_id)

    def alive(self):
        """Keys that are neither revoked, nor past their time, nor used up."""
        now = timezone.now()
        return (
            self.filter(revoked_at=None)
            .filter(Q(expires_at=None) | Q(expires_at__gt=now))
            .filter(Q(uses_left=None) | Q(uses_left__gt=0))
        )

    def find(self, token: str, purpose: str):
        """The living key for `token` and `purpose`, or None. Looking does not spend a use."""
        return self.alive().filter(purpose=purpose, digest=digest_of(token)).first() if token else None

    def spend(self, token: str, purpose: str):
        """Use the key once, atomically: the key, or None when it does not open (any more)."""
        with transaction.atomic():
            key = self.alive().select_for_update().filter(purpose=purpose, digest=digest_of(token)).first()
            if key is None:
                return None
            if key.uses_left is not None:
                key.uses_left -= 1
            key.last_used_at = timezone.now()
            key.save(update_fields=["uses_left", "last_used_at"])
        return key


def digest_of(token: str) -> bytes:
    """What is stored of a token. A plain hash suffices for 256 random bits."""
    return hashlib.sha256(token.encode()).digest()


class Key(models.Model):
    """One token. `data` holds what its purpose needs (an invitation's role and teams); `scopes` what it may do."""

    purpose = models.CharField(max_length=20, choices=[(p, p) for p in PURPOSES])
    digest = models.BinaryField(max_length=32, unique=True)
    hint = models.CharField(max_length=8)  # the last characters, so that people can tell their keys apart
    name = models.CharField(max_length=120, blank=True)
    subject = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="keys")
    issued_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    uses_left = models.PositiveIntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    scopes = models.JSONField(default=list)
    data = models.JSONField(default=dict)

    objects = KeyQuerySet.as_manager()

    def __str__(self):
        return f"{self.purpose} …{self.hint}"

    @classmethod
    def issue(
        cls,
        purpose,
        *,
        by=None,
        subject=None,
        lasts: timedelta | None = None,
        uses: int | None = None,
        name="",
        scopes=(),
        data=None,
    ) -> tuple["Key", str]:
        """Make a key; returns it and its token, which is shown this once and never stored. Records `keys.issued`."""
        token = secrets.token_urlsafe(32)
        with transaction.atomic():
            key = cls.objects.create(
                purpose=purpose,
                digest=digest_of(token),
                hint=token[-4:],
                name=name,
                subject=subject,
                issued_by=by,
                expires_at=timezone.now() + lasts if lasts else None,
                uses_left=uses,
                scopes=sorted(scopes),
                data=data or {},
            )
            record("keys.issued", by=by, subject=subject, data={"key": key.id, "purpose": purpose})
        return key, token

    @property
    def is_alive(self) -> bool:
        """True while the key still opens something."""
        return self.revoked_at is None and not self.is_past and self.uses_left != 0

    @property
    def is_past(self) -> bool:
        """True once its time is over."""
        return self.expires_at is not None and self.expires_at <= timezone.now()

    def revoke(self, *, by) -> None:
        """End this key now. Records `keys.revoked`; revoking twice is harmless."""
        with transaction.atomic():
            ended = Key.objects.filter(id=self.id, revoked_at=None).update(revoked_at=timezone.now())
            if ended:
                record("keys.revoked", by=by, subject=self.subject, data={"key": self.id, "purpose": self.purpose})
        self.refresh_from_db()

    def touch(self) -> None:
        """Note that the key was used, at most once a minute."""
        now = timezone.now()
        Key.objects.filter(id=self.id).filter(
            Q(last_used_at=None) | Q(last_used_at__lt=now - timedelta(minutes=1))
        ).update(last_used_at=now)
