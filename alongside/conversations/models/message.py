"""A message: what someone said, or a note that never leaves the house."""

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone

from alongside.conversations.models.conversation import Conversation
from alongside.files.models import File, in_use
from alongside.lib.picture_marks import in_words
from alongside.people.models import Person

MESSAGE, NOTE = "message", "note"
RECEIVED, WAITING, LEAVING, SENT, FAILED, UNKNOWN, UNDONE, KEPT = (
    "received",
    "waiting",
    "leaving",
    "sent",
    "failed",
    "unknown",
    "undone",
    "kept",
)
UNSETTLED = (WAITING, LEAVING, FAILED, UNKNOWN)
ROLES = ("from", "to", "cc", "bcc", "reply-to")


class MessageQuerySet(models.QuerySet):
    """Messages by who may see them and where they stand."""

    def visible_to(self, principal):
        """Those of conversations the principal may see; a person never sees a note or one that was undone."""
        if principal.serves and principal.sees_everything:
            return self
        visible = Conversation.objects.filter(pk=models.OuterRef("conversation_id")).visible_to(principal)
        seen = self.filter(models.Exists(visible))
        if principal.serves:
            return seen
        return seen.filter(kind=MESSAGE, held=False, state__in=[RECEIVED, LEAVING, SENT, UNKNOWN])

    def of(self, conversation: Conversation):
        """All messages that `conversation` shows, with those merged into it, oldest first."""
        return self.filter(conversation__in=conversation.cluster_ids()).order_by("at", "id")


class Message(models.Model):
    """One message or note. `text` is what was written; `folded` what mail programs added (quote, signature).

    `state` follows an outgoing one: waiting (until `due_at`; stopped when that is None), leaving (since `due_at`),
    sent, failed, unknown, undone. A note is `kept`. `once` is its writer's own key, so that sending it twice is sending
    it once.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, db_index=False, related_name="messages")
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=8, choices=[(MESSAGE, MESSAGE), (NOTE, NOTE)], default=MESSAGE)
    seat = models.CharField(max_length=8, default="yours")
    channel = models.CharField(max_length=20, default="email")
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    folded = models.TextField(blank=True)
    html = models.TextField(blank=True)  # sanitised; shown only in a sandboxed frame
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, default=RECEIVED)
    due_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=998, blank=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    references = ArrayField(models.TextField(), default=list, blank=True)
    automatic = models.BooleanField(default=False)  # a machine wrote it: never auto-answered
    held = models.BooleanField(default=False)  # a stranger wrote into someone's thread: "new person here"
    sender_state = models.CharField(max_length=200, blank=True)  # what SPF, DKIM and DMARC said, in a word
    trouble = models.CharField(max_length=400, blank=True)  # why it failed, or what is not known about it
    once = models.CharField(max_length=64, blank=True)
    # What its writer had seen when they chose an hour for it: at that hour it stops if there is something newer.
    seen_id = models.BigIntegerField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("conversation", "at", "id", name="message_order"),
            models.Index("message_id", name="message_rfc_id", condition=~models.Q(message_id="")),
            models.Index("due_at", name="message_due", condition=models.Q(state=WAITING)),
            models.Index("due_at", name="message_leaving", condition=models.Q(state=LEAVING)),
            models.Index("conversation", "state", name="message_unsettled", condition=models.Q(state__in=UNSETTLED)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "once"], name="message_once", condition=~models.Q(once="")),
            models.CheckConstraint(
                name="note_stays_home",
                condition=~models.Q(kind=NOTE) | models.Q(state=KEPT, channel="", due_at=None, message_id=""),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.id}"

    @property
    def never_left(self) -> bool:
        """True for one that failed before it was handed over; one that left and came back has a message id."""
        return self.state == FAILED and not self.message_id

    @property
    def is_stopped(self) -> bool:
        """True for one whose hour came when somebody had written meanwhile: it waits until a member looks at it."""
        return self.state == WAITING and self.due_at is None

    @property
    def is_note(self) -> bool:
        """True for a note among colleagues."""
        return self.kind == NOTE


class Recipient(models.Model):
    """One address of a message: from, to, cc, bcc or reply-to. Bcc is ours to know and stands in no header."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="recipients")
    role = models.CharField(max_length=8, choices=[(r, r) for r in ROLES])
    address = models.CharField(max_length=254)
    name = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["id"]


class Enclosure(models.Model):
    """A file that lies in a message; `inline` when the text shows it (by `cid` in mail)."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="enclosures")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    cid = models.CharField(max_length=240, blank=True)
    inline = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]


@in_use.register
def enclosed_files():
    """The ids of files that lie in messages, so that they are kept."""
    return Enclosure.objects.values("file_id")


class Participant(models.Model):
    """An address that takes part in a conversation. One whom nobody has let in yet is `held`."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, db_index=False,
                                     related_name="participants")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=254)
    name = models.CharField(max_length=240, blank=True)
    held = models.BooleanField(default=False)
    let_in_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "address"], name="participant_once")]
        indexes = [models.Index("conversation", name="participant_held", condition=models.Q(held=True))]


class Mention(models.Model):
    """A colleague who was asked by name in a note; they may then see the conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="mentions")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, db_index=False, related_name="mentions")
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "member"], name="mention_once")]


def add_message(
    conversation: Conversation, *, verb: str, by: Person | None, also_members=(), data=None, holding=False, **columns
) -> Message:
    """Write one message into the locked conversation, move its list columns, and tell of it.

    The caller holds the transaction, and with `holding` the row too, by `Conversation.hold`. Returns the message;
    records `conversations.<verb>` with its id and `data`.
    """
    with transaction.atomic(savepoint=False):
        stood = conversation if holding else conversation.locked()
        message = Message.objects.create(conversation=conversation, **columns)
        moved = {"last_at": max(stood.last_at, message.at), "newest_id": max(stood.newest_id, message.id)}
        if not message.is_note and message.at >= stood.last_at:
            moved |= {"last_seat": message.seat, "preview": preview_of(message.text)}
        for name, value in moved.items():
            setattr(conversation, name, value)
        conversation.save(update_fields=list(moved))
        told = {"message": message.id, **(data or {})}
        conversation._tell(verb, by=by, at=message.at, data=told, also_members=also_members)
    return message


def preview_of(text: str) -> str:
    """The beginning of `text` in one line, for the lists."""
    return " ".join(in_words(text[:1000]).split())[:200]


def settle_columns(conversation: Conversation) -> None:
    """Set what the lists keep of `conversation` from the messages it shows now; after an undo, merge or split.

    The caller holds the row's lock.
    """
    standing = Message.objects.of(conversation).exclude(state=UNDONE)
    said = standing.filter(kind=MESSAGE).last()
    newest = standing.aggregate(at=models.Max("at"), id=models.Max("id"))
    conversation.last_at = newest["at"] or conversation.created_at
    conversation.newest_id = newest["id"] or 0
    conversation.last_seat = said.seat if said else conversation.last_seat
    conversation.preview = preview_of(said.text) if said else ""
    conversation.save(update_fields=["last_at", "newest_id", "last_seat", "preview"])
