"""An inbox: the door through which messages come, and the teams that stand behind it."""

from django.db import models, transaction

from alongside.events.models import record
from alongside.people.models import Person


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
    quotes = models.BooleanField(default=True)  # what they wrote stands below our answers
    teams = models.ManyToManyField("members.Team", related_name="inboxes", blank=True)
    archived_at = models.DateTimeField(null=True)
    demo = models.BooleanField(default=False, editable=False)

    objects = InboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inboxes"
        ordering = ["name", "id"]

    def __str__(self):
        return self.name

    def put_below(self, *, signature: str, quotes: bool, by: Person) -> None:
        """Say what goes below its letters: a signature after the member's own, and what they wrote.

        Records `conversations.inbox_changed`, where anything changes.
        """
        with transaction.atomic():
            now = Inbox.objects.select_for_update().get(pk=self.pk)
            self.signature, self.quotes = signature.replace("\r\n", "\n").strip(), quotes
            if (now.signature, now.quotes) != (self.signature, quotes):
                self.save(update_fields=["signature", "quotes"])
                told = {"inbox": self.pk, "quotes": quotes, "signed": bool(self.signature)}
                record("conversations.inbox_changed", by=by, data=told)
