"""A link that lets somebody into one booth: to look or to work, until it ends or is taken back."""

from datetime import timedelta

from django.db import models, transaction

from alongside.booths.models.booth import Booth
from alongside.events.models import record
from alongside.keys.models import Key
from alongside.people.models import Person

VIEW, EDIT = "view", "edit"
ROLES = (VIEW, EDIT)
COPIED, MAILED, SAID, SHOWN, THEIRS = "copied", "mailed", "said", "shown", "theirs"  # the last: from their own page
WAYS = (COPIED, MAILED, SAID, SHOWN, THEIRS)
PURPOSE = "booth"


class BoothLinkQuerySet(models.QuerySet):
    """Links by who may see them."""

    def visible_to(self, principal):
        """Members see the links of every booth; their tokens are seen by nobody."""
        return self if principal.serves else self.none()

    def opening(self, token: str | None) -> "BoothLink | None":
        """The link that this token opens now, or None. Looking spends nothing."""
        key = Key.objects.find(token, PURPOSE) if token else None
        return self.select_related("booth__person", "booth__opened_by", "key").filter(key=key).first() if key else None


class BoothLink(models.Model):
    """One link. Its token is shown once and never stored; `way` is how it was handed over."""

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="links")
    key = models.OneToOneField(Key, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=4, choices=[(role, role) for role in ROLES], default=EDIT)
    way = models.CharField(max_length=6, choices=[(way, way) for way in WAYS], default=COPIED)

    objects = BoothLinkQuerySet.as_manager()

    def __str__(self):
        return f"{self.role} …{self.key.hint}"

    @property
    def holds(self) -> bool:
        """Whether who came in by it may stay: it was not taken back and has not ended. Used up it still holds."""
        return self.key.revoked_at is None and not self.key.is_past

    @classmethod
    def make(cls, booth: Booth, *, by: Person, role: str = EDIT, lasts: timedelta | None = None,
             uses: int | None = None, way: str = COPIED) -> tuple["BoothLink", str]:
        """Make a link; returns it and its token. Records `keys.issued` and `booth.link_made`."""
        if role not in ROLES:
            raise ValueError(f"{role} is not one of {ROLES}")
        with transaction.atomic():
            key, token = Key.issue(PURPOSE, by=by, subject=booth.person, lasts=lasts, uses=uses)
            link = cls.objects.create(booth=booth, key=key, role=role, way=way)
            record("booth.link_made", by=by, subject=booth.person, data=booth.ids(link=link.id))
            booth.tell("links")
        return link, token

    def revoke(self, *, by: Person) -> None:
        """Take it back: nobody comes in by it any more, and who did is out within seconds."""
        with transaction.atomic():
            self.key.revoke(by=by)
            record("booth.link_revoked", by=by, subject=self.booth.person, data=self.booth.ids(link=self.id))
            self.booth.tell("links")
