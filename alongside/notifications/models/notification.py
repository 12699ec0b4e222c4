"""A notification: that something waits for a member, in a conversation, at a booth or with an inbox."""

from django.db import models
from django.utils import timezone

from alongside.booths.models import Participant
from alongside.conversations.models import Conversation, Inbox, Message
from alongside.live.models import changed
from alongside.members.models import Member
from alongside.notifications.models.kinds import KINDS
from alongside.notifications.models.wish import Wish
from alongside.people.models import Person


class NotificationQuerySet(models.QuerySet):
    """Notifications of one member, as far as they still concern them."""

    def told_to(self, member: Member):
        """Those of `member` about conversations they may see now, booths, or inboxes they govern; newest first."""
        principal = member.principal()
        seen = Conversation.objects.filter(pk=models.OuterRef("conversation_id")).visible_to(principal)
        concerns = models.Q(models.Exists(seen)) | models.Q(seat__isnull=False)
        if principal.is_at_least("admin"):
            concerns |= models.Q(inbox__isnull=False)
        return self.filter(concerns, member=member).order_by("-id")

    def named(self):
        """With everyone and everything that its sentence names."""
        return self.select_related("conversation__person", "inbox", "by", "seat__booth")


class Notification(models.Model):
    """That something waits for a member. It comes from one event, so that an event heard twice tells once.

    `seat` is whoever came to a booth.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, db_index=False, related_name="notifications")
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="+")
    inbox = models.ForeignKey(Inbox, null=True, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey(Participant, null=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    event_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "event_id", "kind"], name="notification_once"),
            models.CheckConstraint(
                name="notification_of_something",
                condition=models.Q(conversation=None, inbox__isnull=False, seat=None)
                | models.Q(conversation__isnull=False, inbox=None, seat=None)
                | models.Q(conversation=None, inbox=None, seat__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="notification_bell"),
            models.Index(fields=["member", "-id"], name="notification_unseen", condition=models.Q(seen_at=None)),
            models.Index(fields=["at"], name="notification_to_mail", condition=models.Q(seen_at=None, mailed_at=None)),
        ]

    def __str__(self):
        return f"{self.kind} {self.id}"

    @classmethod
    def tell(cls, members, kind: str, event, *, conversation: Conversation | None = None, inbox: Inbox | None = None,
             message: Message | None = None, seat: Participant | None = None, by: Person | None = None) -> None:
        """Tell each of `members`, but whoever did it themself, who has left, or who does not wish for this kind."""
        wished = Wish.among(members, kind)
        told = [m for m in members if m.id in wished and m.is_active and m.person_id != event.actor_id
                and (m.notify_page or m.notify_browser or m.notify_mail)]
        cls.objects.bulk_create(
            (cls(member=member, kind=kind, conversation=conversation, inbox=inbox, message=message, seat=seat,
                 by=by, event_id=event.id, at=event.at) for member in told), ignore_conflicts=True,
        )
        for member in told:
            changed(f"member:{member.id}")
