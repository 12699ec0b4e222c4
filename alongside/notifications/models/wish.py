"""A wish: that a member wants to hear of one kind of thing, or not."""

from django.db import models

from alongside.members.models import Member
from alongside.notifications.models.kinds import KINDS

UNASKED = {kind: kind != "arrived" for kind in KINDS}  # what members hear of who never said


class Wish(models.Model):
    """That `member` does, or does not, want to be told of `kind`."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, db_index=False, related_name="+")
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    wanted = models.BooleanField()

    class Meta:
        verbose_name_plural = "wishes"
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="wish_once")]

    def __str__(self):
        return f"{self.kind}: {self.wanted}"

    @classmethod
    def say(cls, member: Member, kind: str, wanted: bool) -> None:
        """Remember what `member` wants. Raises ValueError for an unknown kind."""
        if kind not in KINDS:
            raise ValueError(kind)
        cls.objects.update_or_create(member=member, kind=kind, defaults={"wanted": wanted})

    @classmethod
    def of(cls, member: Member) -> dict[str, bool]:
        """Every kind, with whether `member` wants to hear of it."""
        return UNASKED | dict(cls.objects.filter(member=member).values_list("kind", "wanted"))

    @classmethod
    def among(cls, members, kind: str) -> set[int]:
        """The ids of those of `members` who want to hear of `kind`."""
        said = dict(cls.objects.filter(member__in=members, kind=kind).values_list("member_id", "wanted"))
        return {member.id for member in members if said.get(member.id, UNASKED[kind])}
