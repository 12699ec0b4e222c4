"""A draft: what a member has begun to write, kept on the server at every pause."""

from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone

from alongside.conversations.models.conversation import Conversation
from alongside.files.models import in_use
from alongside.members.models import Member


class Draft(models.Model):
    """One member's unfinished words in one conversation (or for a new one), by kind.

    `revision` grows with every save; a save on an older revision is refused so that a second tab loses nothing.
    """

    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="drafts")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=8, default="message")  # message or note; it never changes
    mode = models.CharField(max_length=10, default="reply")  # reply, reply_all, forward, new, note
    text = models.TextField(blank=True)
    subject = models.CharField(max_length=500, blank=True)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    files = models.JSONField(default=list)  # ids of files.File
    inbox = models.ForeignKey("conversations.Inbox", null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    send_at = models.DateTimeField(null=True)
    seen_id = models.BigIntegerField(default=0)  # the newest message its writer had seen
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "member", "kind"],
                name="draft_once",
                condition=models.Q(conversation__isnull=False),
            ),
            models.CheckConstraint(name="draft_note_stays_note", condition=(
                models.Q(kind="note", mode="note") | (~models.Q(kind="note") & ~models.Q(mode="note")))),
        ]

    @property
    def is_blank(self) -> bool:
        """True when there is nothing in it that anyone would miss."""
        return not (self.text.strip() or self.subject.strip() or self.files)


@in_use.register
def files_in_drafts():
    """The ids of files that lie in drafts, so that they are kept."""
    each = models.Func("files", function="jsonb_array_elements_text", output_field=models.TextField())
    return Draft.objects.annotate(file_id=Cast(each, models.BigIntegerField())).values("file_id")
