"""The shapes of conversations, messages and notes."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field

from alongside.api.schemas.base import Given, Id, Named, Paging, words
from alongside.conversations.letters import MAX_FILES, MAX_RECIPIENTS, MAX_TEXT


def _to_be_seen(moment: datetime) -> datetime:
    """No calendar or database reads the ends of time in every zone."""
    if not 1900 <= moment.year <= 9998:
        raise ValueError("not in a year from 1900 to 9998")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_to_be_seen),
                   Field(strict=False, description="With its offset, as 2026-11-22T09:00:00Z.")]
View = Literal["all", "mine", "team", "unassigned", "snoozed", "done", "spam", "trash"]


class Conversation(Schema):
    """One thread with a person. What was merged into another is found under that one's id."""

    id: int
    subject: str
    state: str
    channel: str
    priority: int = Field(description="0 usual, 1 soon, 2 now.")
    inbox: Named
    person: Named
    assignee: Named | None
    team: Named | None
    tags: list[Named]
    last_at: datetime
    last_seat: str = Field(description="Who spoke last: yours (the person) or ours.")
    preview: str
    snoozed_until: datetime | None
    newest: int = Field(description="The id of the newest message; send it as `seen` with an answer.")


class Conversations(Schema):
    """A page of conversations, newest first."""

    items: list[Conversation]
    next: str | None


class ConversationsAsked(Paging):
    """Which conversations to list."""

    view: View = "all"
    inbox: Id | None = None
    tag: Id | None = None
    person: Id | None = None


class Address(Given):
    """A mail address and the name before it."""

    address: words(254, 3)
    name: words(240) = ""


Files = Annotated[list[Id], Field(max_length=MAX_FILES, description="Ids of files that lie in it: those that this key "
                                  "sent to /files, and those in messages that it may read.")]


class NewMessage(Given):
    """Words to put into a conversation.

    `yours`: the person wrote them, somewhere that only you see (a form, a shop, a chat); they come in as from them.
    `ours`: the member behind the key writes them; they go out by mail after the time for second thoughts.
    """

    seat: Literal["yours", "ours"]
    text: words(MAX_TEXT, 1)
    subject: words(500) = ""
    seen: Annotated[int, Field(ge=0, le=2**63 - 1)] | None = Field(
        None, description="With `ours`, in a conversation that has messages: `newest` as you last saw it.")  # fmt: skip
    from_address: Address | None = Field(None, description="With `yours`: one of the person's addresses.")
    to: Annotated[list[Address], Field(max_length=MAX_RECIPIENTS)] = Field(
        [], description="With `ours`; left empty, the answer goes to whoever wrote last.")  # fmt: skip
    cc: Annotated[list[Address], Field(max_length=MAX_RECIPIENTS)] = []
    bcc: Annotated[list[Address], Field(max_length=MAX_RECIPIENTS)] = []
    send_at: Moment | None = None
    files: Files = []


class NewConversation(Given):
    """A thread to begin, with its first message."""

    inbox: Id
    person: Id
    message: NewMessage


class ConversationChange(Given):
    """What to change about a conversation; leave out what stays."""

    subject: words(500) | None = None
    priority: Literal[0, 1, 2] | None = None
    inbox: Id | None = None


class NewNote(Given):
    """Words among colleagues, which never leave the house."""

    text: words(MAX_TEXT, 1)
    files: Files = []


class Assignment(Given):
    """Who looks after it, and the team it stands before; null for nobody. Leave out what stays."""

    member: Id | None = None
    team: Id | None = None


class Closing(Given):
    """That it is done."""

    why: words(240) = ""


class Snooze(Given):
    """Until when it rests."""

    until: Moment


class NewTag(Given):
    """A word to put on it."""

    name: words(40, 1)


class Recipient(Schema):
    """An address of a message, and the part it has: from, to, cc, bcc, reply-to."""

    role: str
    address: str
    name: str


class File(Schema):
    """A file that lies in a message."""

    id: int
    name: str
    content_type: str
    size: int = Field(description="In bytes.")
    url: str = Field(description="Where its bytes are, for a key that may see it.")

    @staticmethod
    def resolve_url(file) -> str:
        """The address of its bytes."""
        return f"/api/v1/files/{file.id}"


class Message(Schema):
    """What someone said (`message`), or a note among colleagues (`note`)."""

    id: int
    conversation: int
    kind: str
    seat: str
    author: Named | None
    channel: str
    subject: str
    text: str
    at: datetime
    state: str = Field(description="received; waiting, leaving, sent, failed, unknown, undone; kept (a note).")
    due_at: datetime | None = Field(description="When a waiting message leaves.")
    recipients: list[Recipient]
    files: list[File]


class Messages(Schema):
    """A page of messages, newest first."""

    items: list[Message]
    next: str | None


class Inbox(Schema):
    """A door through which messages come."""

    id: int
    name: str
    channel: str


class Member(Schema):
    """Someone who serves."""

    id: int
    name: str
    role: str
    person: int


class Inboxes(Schema):
    """The inboxes that the key's member sees."""

    items: list[Inbox]


class Tags(Schema):
    """Tags, by name."""

    items: list[Named]


class Members(Schema):
    """Members who serve today, by name."""

    items: list[Member]


class Me(Schema):
    """The key itself: for whom it acts and what it may do."""

    member: Member
    scopes: list[str]
    expires_at: datetime | None


