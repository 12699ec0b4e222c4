"""A conversation as it is opened: all that its page needs, in at most six queries."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject

from alongside.conversations import listing
from alongside.conversations.letters import Address
from alongside.conversations.lines import Line, lines_between
from alongside.conversations.looking import looked
from alongside.conversations.models import (
    UNDONE,
    WAITING,
    Conversation,
    Draft,
    Enclosure,
    Merging,
    Message,
    Participant,
    Reading,
    Recipient,
    Tagging,
)
from alongside.lib.keyset import make_cursor, read_cursor
from alongside.lib.principal import Principal
from alongside.members.models import Member
from alongside.people.models import Identity

SIZE = 40
OPEN_AT_END = 2  # the last so many messages are unfolded, and whatever is unread


@dataclass
class Shown:
    """One message on the page. `folded` ones show their first line until asked."""

    message: Message
    author_name: str
    recipients: dict[str, list[Address]]
    enclosures: list[Enclosure]
    unread: bool = False
    folded: bool = False
    undoable: bool = False

    @property
    def at(self) -> datetime:
        """When it was written."""
        return self.message.at


@dataclass
class Taking:
    """Someone who takes part, or (held) a stranger who would."""

    id: int
    address: str
    name: str
    person_id: int | None
    held: bool


@dataclass
class Reader:
    """A colleague and the newest message that they have seen."""

    member_id: int
    name: str
    message_id: int
    at: datetime


@dataclass
class Opened:
    """Everything that a conversation's page shows."""

    conversation: Conversation
    merged_from: int | None  # the id that was asked for, when it was merged into this one
    messages: list[Shown]
    lines: list[Line]
    earlier: str | None
    participants: list[Taking]
    identities: list[dict]
    tags: list[dict]
    drafts: dict[str, dict]
    readers: list[Reader]
    mergings: list[dict]
    neighbours: listing.Neighbours = field(default_factory=listing.Neighbours)

    @property
    def newest_id(self) -> int:
        """What a send from this page has seen."""
        return self.conversation.newest_id

    @property
    def held(self) -> list[Taking]:
        """Strangers whom nobody has let in yet: "new person here"."""
        return [taking for taking in self.participants if taking.held]

    @property
    def entries(self) -> list:
        """Messages and quiet lines, in order of time."""
        return sorted([*self.messages, *self.lines], key=lambda entry: entry.at)


def open_conversation(principal: Principal, id: int, *, before: str | None = None, size: int = SIZE,
                      mark_read: bool = True, view: str | None = None, inbox: int | None = None,
                      tag: int | None = None) -> Opened:
    """The conversation `id` as `principal` may see it: its latest `size` messages, or those before `before`.

    One that was merged into another opens that one where the principal may see it, else itself. Marks it as read
    for a member. `view`, `inbox` and `tag` are the list they came from, for its neighbours. Raises
    Conversation.DoesNotExist for a missing or foreign id, and keyset.BadCursor.
    """
    place = read_cursor(before)
    conversation = _load(principal, id)
    messages, earlier = _messages(principal, conversation, place, size)
    seen = conversation.read_to or 0
    shown = _shown(messages, seen, newest_page=place is None)
    lines = _lines(conversation, messages, earlier, place) if principal.serves else []
    opened = Opened(
        conversation=conversation,
        merged_from=id if conversation.id != id else None,
        messages=shown, lines=lines, earlier=earlier,
        participants=[Taking(**each) for each in conversation.takings],
        identities=conversation.known_at, tags=conversation.tagged,
        drafts=_drafts(conversation), readers=_readers(conversation, principal), mergings=conversation.merged_here,
    )
    if view:
        opened.neighbours = listing.neighbours(principal, conversation, view, inbox=inbox, tag=tag)
    if mark_read and principal.kind == "member":
        if conversation.newest_id > seen:
            Reading.mark(conversation, Member(pk=principal.member_id), conversation.newest_id)
        looked.tell(principal, conversation)
    return opened


def _load(principal: Principal, id: int) -> Conversation:
    """The one that shows `id` now, with what hangs on it, in one query (two when it was merged away)."""
    visible = _dressed(Conversation.objects.visible_to(principal), principal)
    conversation = visible.get(pk=id)
    if conversation.merged_into_id:
        return visible.filter(pk=conversation.merged_into_id).first() or conversation
    return conversation


def _dressed(conversations, principal: Principal):
    mine = OuterRef("pk")
    cluster = Q(conversation=mine) | Q(conversation__merged_into=mine)
    member = principal.member_id or 0
    return conversations.select_related("person", "inbox", "assignee__person", "team").annotate(
        cluster=ArraySubquery(Conversation.objects.filter(merged_into=mine).values("id")),
        cluster_people=ArraySubquery(Conversation.objects.filter(merged_into=mine).values("person_id")),
        takings=_each(Participant.objects.filter(cluster).order_by("id"),
                      id="id", address="address", name="name", person_id="person_id", held="held"),
        known_at=_each(Identity.objects.filter(person=OuterRef("person")).order_by("-preferred", "id"),
                       id="id", kind="kind", value="value", provenance="provenance", preferred="preferred"),
        tagged=_each(Tagging.objects.filter(conversation=mine).order_by("tag__name"), id="tag_id", name="tag__name"),
        begun=_each(Draft.objects.filter(conversation=mine, member_id=member), **{
            name: name for name in ("id", "kind", "mode", "text", "subject", "to", "cc", "bcc", "files", "revision",
                                    "seen_id", "send_at", "saved_at")}),
        read_by=_each(Reading.objects.filter(conversation=mine).order_by("-at")[:50],
                      member_id="member_id", called="member__person__called", full="member__person__full_name",
                      email="member__email", message_id="message_id", at="at"),
        read_to=Reading.objects.filter(conversation=mine, member_id=member).values("message_id")[:1],
        merged_here=_each(Merging.objects.filter(Q(kept=mine) | Q(kept__merged_into=mine), undone_at=None)
                          .order_by("id"), id="id", kept_id="kept_id", taken_id="taken_id", subject="taken__subject",
                          at="at", by_called="by__called", by_full="by__full_name"),
    )


def _each(rows, **columns):
    """An array of objects, one for each of `rows`, as a column."""
    return ArraySubquery(rows.values(object=JSONObject(**columns)))


def _messages(principal, conversation, place, size):
    """The latest messages before `place`, oldest first, and the cursor of those before them."""
    messages = Message.objects.filter(conversation__in=[conversation.id, *conversation.cluster]).exclude(state=UNDONE)
    if not principal.serves:
        messages = messages.visible_to(principal)
    if place:
        at, id = place
        messages = messages.filter(at__lte=at).filter(Q(at__lt=at) | Q(id__lt=id))
    messages = messages.select_related("author__member").prefetch_related(
        Prefetch("recipients", Recipient.objects.order_by("id")),
        Prefetch("enclosures", Enclosure.objects.select_related("file__blob").order_by("id")),
    )
    found = list(messages.order_by("-at", "-id")[: size + 1])
    earlier = make_cursor(found[size - 1].at, found[size - 1].id) if len(found) > size else None
    return found[:size][::-1], earlier


def _shown(messages, seen: int, newest_page: bool) -> list[Shown]:
    shown = []
    for position, message in enumerate(messages):
        unread = message.id > seen
        recipients: dict[str, list[Address]] = {}
        for recipient in message.recipients.all():
            recipients.setdefault(recipient.role, []).append(Address(recipient.address, recipient.name))
        at_end = newest_page and position >= len(messages) - OPEN_AT_END
        shown.append(Shown(
            message=message, author_name=_author(message, recipients), recipients=recipients,
            enclosures=list(message.enclosures.all()), unread=unread,
            folded=not (unread or at_end or message.held or message.state not in ("received", "sent", "kept")),
            undoable=message.state == WAITING or message.never_left,
        ))
    return shown


def _author(message: Message, recipients: dict[str, list[Address]]) -> str:
    """How the writer is called; a stranger by what their mail says, which nobody has checked."""
    if message.author:
        member = getattr(message.author, "member", None)
        name = message.author.name or (member.name if member else "")
        if name:
            return name
    sender = recipients.get("from", [Address("")])[0]
    return sender.name or sender.address


def _lines(conversation, messages, earlier, place) -> list[Line]:
    """The quiet lines of the time that this page of messages covers."""
    since = messages[0].at if messages and earlier else None
    until = place[0] if place else None
    people = {conversation.person_id, *conversation.cluster_people}
    return lines_between([conversation.id, *conversation.cluster], people, since, until)


def _drafts(conversation) -> dict[str, dict]:
    """The member's own drafts by kind; blank ones are kept too, for their revision."""
    drafts = {}
    for draft in conversation.begun:
        for name in ("send_at", "saved_at"):
            draft[name] = draft[name] and datetime.fromisoformat(draft[name])
        drafts[draft["kind"]] = draft
    return drafts


def _readers(conversation, principal) -> list[Reader]:
    """Colleagues who have looked, the latest first; whoever asks is not told of themself."""
    if not principal.serves:
        return []
    return [
        Reader(each["member_id"], each["called"] or each["full"] or each["email"].split("@")[0], each["message_id"],
               datetime.fromisoformat(each["at"]))
        for each in conversation.read_by if each["member_id"] != principal.member_id
    ]
