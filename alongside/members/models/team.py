"""A team: members who serve together."""

from django.db import models, transaction
from django.utils import timezone

from alongside.events.models import record


class TeamQuerySet(models.QuerySet):
    """Teams by who may see and who may change them."""

    def visible_to(self, principal):
        """Every member knows every team; nobody else knows any."""
        return self if principal.serves else self.none()

    def led_by(self, principal):
        """Teams whose members this principal may choose: all for an admin, their own for a lead."""
        if principal.is_at_least("admin"):
            return self
        return self.filter(id__in=principal.team_ids) if principal.is_at_least("lead") else self.none()


class Team(models.Model):
    """Members who serve together, and (in `conversations`) the inboxes they look after."""

    name = models.CharField(max_length=80, unique=True)
    about = models.CharField(max_length=240, blank=True)
    demo = models.BooleanField(default=False, editable=False)
    members = models.ManyToManyField("members.Member", through="members.TeamPlace", related_name="teams")

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @classmethod
    def found(cls, *, name: str, about: str = "", by=None) -> "Team":
        """Make a team. Records `members.team_founded`."""
        with transaction.atomic():
            team = cls.objects.create(name=name.strip(), about=about.strip())
            record("members.team_founded", by=by, data={"team": team.id})
        return team

    def describe(self, *, name: str, about: str, by) -> None:
        """Change what the team is called and what it is there for. Records `members.team_described`."""
        with transaction.atomic():
            self.name, self.about = name.strip(), about.strip()
            self.save(update_fields=["name", "about"])
            record("members.team_described", by=by, data={"team": self.id})

    def take_in(self, member, *, by) -> None:
        """Give `member` a place. Records `members.team_joined`; a second time is harmless."""
        with transaction.atomic():
            if TeamPlace.objects.get_or_create(team=self, member=member)[1]:
                record("members.team_joined", by=by, subject=member.person, data={"team": self.id, "member": member.id})

    def let_go(self, member, *, by) -> None:
        """Take `member`'s place back. Records `members.team_left`; a second time is harmless."""
        with transaction.atomic():
            if TeamPlace.objects.filter(team=self, member=member).delete()[0]:
                record("members.team_left", by=by, subject=member.person, data={"team": self.id, "member": member.id})

    def dissolve(self, *, by) -> None:
        """End the team; its members and what they did stay. Records `members.team_dissolved`."""
        with transaction.atomic():
            record("members.team_dissolved", by=by, data={"team": self.id})
            self.delete()


class TeamPlace(models.Model):
    """One member's place in one team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="places")
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="places")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "member"], name="team_place_once")]
