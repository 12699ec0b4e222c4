"""A conversation as it is opened: all that its page needs, in a handful of queries."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from alongside.conversations.around import Around, Reader, Taking, look_around
from alongside.conversations.letters import Address
from alongside.conversations.lines import Line
from alongside.conversations.listing import Neighbours
from alongside.conversations.looking import looked
from alongside.conversations.models import UNDONE, WAITING, Conversation, Enclosure, Message, Reading, Recipient
from alongside.lib.away import unless_full
from alongside.lib.kept import Kept, anybody_like, slot, who
from alongside.lib.keyset import make_cursor, read_cursor
from alongside.lib.principal import Principal
from alongside.members.models import Member
from alongside.people.models import Identity, Person

SIZE = 40
GROWN = 200  # so many at most of a page that grew while one looked at it
OPEN_AT_END = 2  # the last so many messages are unfolded, the last letter, and whatever is unread


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
class Opened:
    """Everything that a conversation's page shows."""

    conversation: Conversation
    merged_from: int | None  # the id that was asked for, when it was merged into this one
    messages: list[Shown]
    earlier: str | None
    around: Around

    @property
    def newest_id(self) -> int:
        """What a send from this page has seen."""
        return self.conversation.newest_id

    @property
    def open_from(self) -> int:
        """The first of the letters at the end that stand open, as all after it do; 0 where none does."""
        first = 0
        for shown in reversed(self.messages):
            if shown.folded:
                break
            first = shown.message.id
        return first

    @property
    def participants(self) -> list[Taking]:
        """Who takes part, and who would."""
        return self.around.participants

    @property
    def held(self) -> list[Taking]:
        """Strangers whom nobody has let in yet: "new person here"."""
        return [taking for taking in self.around.participants if taking.held]

    @property
    def identities(self) -> list[dict]:
        """How its person is reached: id, kind, value, provenance, preferred."""
        return self.around.identities

    @property
    def tags(self) -> list[dict]:
        """Its tags: id, name."""
        return self.around.tags

    @property
    def drafts(self) -> dict[str, dict]:
        """The reader's own drafts by kind; blank ones too, for their revision."""
        return self.around.drafts

    @property
    def readers(self) -> list[Reader]:
        """Colleagues who have looked, the latest first."""
        return self.around.readers

    @property
    def mergings(self) -> list[dict]:
        """What was merged into it and can be parted: id, kept_id, taken_id, subject, at, by_called, by_full."""
        return self.around.mergings

    @property
    def blocks(self) -> list[dict]:
        """What keeps its person, or anyone who takes part, out: id, address."""
        return self.around.blocks

    @property
    def lines(self) -> list[Line]:
        """What happened between these messages."""
        return self.around.lines

    @property
    def neighbours(self) -> Neighbours:
        """What stands beside it in the list that its reader came from."""
        return self.around.neighbours

    @property
    def entries(self) -> list:
        """Messages and quiet lines, in order of time."""
        return sorted([*self.messages, *self.lines], key=lambda entry: entry.at)


def open_conversation(principal: Principal, id: int, *, before: str | None = None, down_to: str | None = None,
                      size: int = SIZE, mark_read: bool = True, open_from: int | None = None,
                      view: str | None = None, inbox: int | None = None, tag: int | None = None) -> Opened:
    """The conversation `id` as `principal` may see it: its latest `size` messages, or those before `before`.

    `down_to` is what was `earlier` on a page that one looks at already: then the latest, down to where that began.

    One that was merged into another opens that one where the principal may see it, else itself. Marks it as read
    for a member. `open_from` is the message from which on all stood open where the reader looks already; they stay so.
    `view`, `inbox` and `tag` are the list they came from, for its neighbours. Raises
    Conversation.DoesNotExist for a missing or foreign id, and keyset.BadCursor.
    """
    place, floor = read_cursor(before), read_cursor(down_to)
    conversation = _load(principal, id)
    cluster = [conversation.id, *conversation.cluster]
    messages, earlier = _messages(principal, cluster, place, size, floor)
    around = look_around(
        principal, conversation, cluster, [conversation.person_id, *conversation.cluster_people],
        since=messages[0].at if messages and earlier else None, until=place[0] if place else None,
        view=view, inbox=inbox, tag=tag,
    )
    if around.assignee:  # joined to a member, the planner would walk all people for it
        conversation.assignee.person = Person(**around.assignee)
    _prefetched(conversation.whom, "identities", [Identity(**row) for row in around.identities])
    seen = conversation.read_to or 0
    opened = Opened(
        conversation=conversation, merged_from=id if conversation.id != id else None,
        messages=_shown(messages, seen, open_from, newest_page=place is None), earlier=earlier, around=around,
    )
    if mark_read and principal.kind == "member":
        with unless_full():
            if conversation.newest_id > seen:
                Reading.mark(conversation, Member(pk=principal.member_id), conversation.newest_id)
            looked.tell(principal, conversation)
    return opened


def _load(principal: Principal, id: int) -> Conversation:
    """The one that shows `id` now, and what was merged into it; one query, two when it was merged away."""
    seen, reader = _seen_by(anybody_like(principal, 1)), who(principal)
    conversation = seen.first(id, *reader)
    if conversation is None:
        raise Conversation.DoesNotExist
    if conversation.merged_into_id:
        return seen.first(conversation.merged_into_id, *reader) or conversation
    return conversation


@lru_cache(maxsize=256)
def _seen_by(reader: Principal) -> Kept:
    below = Conversation.objects.filter(merged_into=OuterRef("pk")).order_by("id")
    readings = Reading.objects.filter(conversation=OuterRef("pk"), member_id=reader.member_id or 0)
    seen = Conversation.objects.visible_to(reader).select_related("person__merged_into", "inbox", "assignee", "team")
    return Kept(seen.filter(pk=slot(0)).annotate(
        cluster=ArraySubquery(below.values("id")), cluster_people=ArraySubquery(below.values("person_id")),
        read_to=readings.values("message_id")[:1],
    ))


def _messages(principal: Principal, cluster: list[int], place, size: int,
              floor=None) -> tuple[list[Message], str | None]:
    """The latest messages before `place`, oldest first, and the cursor of those before them; `floor` is the first."""
    if principal.serves and not place and not floor:
        found = _newest(len(cluster), size + 1).rows(*cluster)
    else:
        messages = _told(cluster)
        if not principal.serves:
            messages = messages.visible_to(principal)
        if place:
            at, id = place
            messages = messages.filter(at__lte=at).filter(Q(at__lt=at) | Q(id__lt=id))
        if floor:
            at, id = floor
            messages, size = messages.filter(at__gte=at).filter(Q(at__gt=at) | Q(id__gte=id)), GROWN
        found = list(messages[: size + 1])
    last = found[size - 1] if len(found) > size else None
    earlier = make_cursor(last.at, last.id) if last else make_cursor(*floor) if floor else None
    shown = found[:size][::-1]
    _hang_on(shown)
    return shown, earlier


@lru_cache(maxsize=64)
def _newest(conversations: int, most: int) -> Kept:
    return Kept(_told([slot(place) for place in range(conversations)])[:most])


def _told(cluster: list[int]):
    """Messages, newest first, with their writer and recipients, and whether anything is enclosed."""
    addressed = Recipient.objects.filter(message=OuterRef("pk")).order_by("id")
    messages = Message.objects.filter(conversation__in=cluster).exclude(state=UNDONE)
    return messages.select_related("author__member", "author__merged_into").annotate(
        addressed=ArraySubquery(addressed.values(row=JSONObject(id="id", role="role", address="address", name="name"))),
        encloses=Exists(Enclosure.objects.filter(message=OuterRef("pk"))),
    ).order_by("-at", "-id")


def _hang_on(messages: list[Message]) -> None:
    """Give each message its recipients and enclosures, as if prefetched; a query only where something is enclosed."""
    enclosing = {message.id: [] for message in messages if message.encloses}
    if enclosing:
        enclosures = Enclosure.objects.filter(message__in=enclosing).select_related("file__blob").order_by("id")
        for enclosure in enclosures:
            enclosing[enclosure.message_id].append(enclosure)
    for message in messages:
        recipients = [Recipient(message=message, **row) for row in message.addressed]
        _prefetched(message, "recipients", recipients)
        _prefetched(message, "enclosures", enclosing.get(message.id, []))


def _prefetched(owner, name: str, rows: list) -> None:
    queryset = getattr(owner, name).all()
    queryset._result_cache = rows
    queryset._prefetch_done = True
    owner._prefetched_objects_cache = getattr(owner, "_prefetched_objects_cache", {}) | {name: queryset}


def _shown(messages: list[Message], seen: int, open_from: int | None, newest_page: bool) -> list[Shown]:
    shown = []
    stays_open = min(_place_of(messages, open_from), _end(messages) if newest_page else len(messages))
    for position, message in enumerate(messages):
        unread = message.id > seen
        recipients: dict[str, list[Address]] = {}
        for recipient in message.recipients.all():
            recipients.setdefault(recipient.role, []).append(Address(recipient.address, recipient.name))
        at_end = position >= stays_open
        shown.append(Shown(
            message=message, author_name=_author(message, recipients), recipients=recipients,
            enclosures=list(message.enclosures.all()), unread=unread,
            folded=not (unread or at_end or message.held or message.state not in ("received", "sent", "kept")),
            undoable=message.state == WAITING or message.never_left,
        ))
    return shown


def _end(messages: list[Message]) -> int:
    """Where what stays open begins: at the last letter, however many notes stand below it."""
    last = next((place for place in reversed(range(len(messages))) if not messages[place].is_note), len(messages))
    return min(last, len(messages) - OPEN_AT_END)


def _place_of(messages: list[Message], open_from: int | None) -> int:
    """Where the letters begin that stood open: behind the last where none is named, at the first where none stood."""
    if open_from == 0:
        return 0
    return next((place for place, message in enumerate(messages) if message.id == open_from), len(messages))


def _author(message: Message, recipients: dict[str, list[Address]]) -> str:
    """How the writer is called; a stranger by what their mail says, which nobody has checked."""
    if message.author:
        member = getattr(message.author, "member", None)
        name = message.author.standing().name or (member.email.split("@")[0] if member else "")
        if name:
            return name
    sender = recipients.get("from", [Address("")])[0]
    return sender.name or sender.address or (_("somebody who has left") if message.seat == "ours" else "")
