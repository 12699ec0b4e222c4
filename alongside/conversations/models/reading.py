"""How far each member has read."""

from django.db import connection, models
from django.utils import timezone

from alongside.conversations.models.conversation import Conversation
from alongside.live.models import changed
from alongside.members.models import Member


class Reading(models.Model):
    """The newest message a member has seen in a conversation; unread means there is a newer one."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="readings")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, db_index=False, related_name="+")
    message_id = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "conversation"], name="reading_once")]

    @classmethod
    def mark(cls, conversation: Conversation, member: Member, message_id: int) -> bool:
        """`member` has seen everything up to `message_id`; never goes back. False when that was known."""
        with connection.cursor() as cursor:
            cursor.execute(_MARK, [conversation.id, member.id, message_id, timezone.now()])
            new = cursor.rowcount > 0
        if new:
            changed(f"member:{member.id}")
        return new

    @classmethod
    def unmark(cls, conversation: Conversation, member: Member) -> None:
        """Make it unread for `member` again, from its newest message on."""
        cls.objects.update_or_create(
            conversation=conversation,
            member=member,
            defaults={"message_id": max(0, conversation.newest_id - 1), "at": timezone.now()},
        )
        changed(f"member:{member.id}")


_MARK = """
    INSERT INTO conversations_reading AS known (conversation_id, member_id, message_id, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (member_id, conversation_id)
    DO UPDATE SET message_id = excluded.message_id, at = excluded.at WHERE known.message_id < excluded.message_id
"""
