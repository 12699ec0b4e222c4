"""An inbox: the door through which messages come, and the teams that stand behind it."""

from django.db import models


class InboxQuerySet(models.QuerySet):
    """Inboxes by who may see them."""

    def visible_to(self, principal):
        """Owners and admins see every inbox, others those that one of their teams serves."""
        if not principal.serves:
            return self.none()
        if principal.sees_everything:
            return self
        return self.filter(teams__in=principal.team_ids).distinct()


class Inbox(models.Model):
    """One door: a mail address, later a widget or an API; `channels` say how it is connected."""

    name = models.CharField(max_length=80)
    channel = models.CharField(max_length=20, default="email")
    signature = models.TextField(blank=True)
    teams = models.ManyToManyField("members.Team", related_name="inboxes", blank=True)
    archived_at = models.DateTimeField(null=True)
    demo = models.BooleanField(default=False, editable=False)

    objects = InboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inboxes"
        ordering = ["name", "id"]

    def __str__(self):
        return self.name
