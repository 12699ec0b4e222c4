"""Saved replies: words that were good once, with closed places for names."""

from django.db import models

from alongside.members.models import Team
from alongside.people.models import Person


class SavedReplyQuerySet(models.QuerySet):
    """Saved replies by who may use them."""

    def visible_to(self, principal):
        """Those for everyone and for the principal's teams; owners and admins see all, whoever does not serve none."""
        if not principal.serves:
            return self.none()
        if principal.sees_everything:
            return self
        return self.filter(models.Q(team=None) | models.Q(team__in=principal.team_ids))


class SavedReply(models.Model):
    """A text to start from. `{person}`-like places are a closed list (see `merge_fields`), never an engine."""

    name = models.CharField(max_length=80)
    text = models.TextField()
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="saved_replies")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    demo = models.BooleanField(default=False, editable=False)

    objects = SavedReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "saved replies"
        ordering = ["name", "id"]

    def __str__(self):
        return self.name
