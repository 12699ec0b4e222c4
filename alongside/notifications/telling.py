"""What a member is shown: the bell's list, the browser's news, and that they have seen it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.booths.models import Booth
from alongside.conversations.arms import Scope, visible
from alongside.conversations.models import Conversation
from alongside.lib.tallies import Tally, ask
from alongside.live.models import changed
from alongside.members.models import Member
from alongside.notifications.models import Notification

CAP = 100

# As `Notification.objects.told_to` says it, which costs more to put together than to ask, on every page.
_UNSEEN = """SELECT count(*) FROM (
    SELECT 1 FROM notifications_notification n LEFT JOIN conversations_conversation o ON o.id = n.conversation_id
     WHERE n.member_id = {me} AND n.seen_at IS NULL
       AND CASE WHEN n.seat_id IS NOT NULL THEN TRUE WHEN o.id IS NULL THEN {governs} ELSE EXISTS (
           SELECT 1 FROM conversations_conversation c WHERE c.id IN (o.id, o.merged_into_id) AND {visible}) END
     LIMIT {cap}) AS few"""


@dataclass(frozen=True)
class Told:
    """One line of the bell's list."""

    id: int
    kind: str
    text: str
    conversation_id: int | None
    href: str
    by: str
    at: datetime
    seen: bool


def bell(member: Member, limit: int = 20) -> list[Told]:
    """The latest notifications of `member`, newest first; none when they turned the page's off."""
    return [as_told(each) for each in _with_names(member)[:limit]] if member.notify_page else []


def unseen_count(member: Member) -> int:
    """How many are unseen, counted up to CAP."""
    if not member.notify_page:
        return 0
    return ask([unseen(member)])[0]


def unseen(member: Member) -> Tally:
    """How many are unseen, up to CAP, to be counted with other numbers."""
    scope = Scope(member.principal(), "all")
    return Tally(_UNSEEN.format(
        visible=visible(scope), governs=scope.principal.is_at_least("admin"), me=scope.me, cap=CAP,
    ), scope.params)


def since(member: Member, id: int) -> list[dict]:
    """What came after notification `id` and is unseen, oldest first, at most 20; none when the browser's are off."""
    if not member.notify_browser:
        return []
    newer = _with_names(member).filter(id__gt=id, seen_at=None)[:20]
    return [
        {"id": told.id, "kind": told.kind, "text": told.text, "conversation": told.conversation_id,
         "at": told.at.isoformat()}
        for told in map(as_told, reversed(newer))
    ]


def see(member: Member, conversation: Conversation | None = None, booth: Booth | None = None) -> int:
    """`member` has seen all of it, or all about one conversation or booth. Returns how many were new to them."""
    unseen = Notification.objects.filter(member=member, seen_at=None)
    if conversation:
        unseen = unseen.filter(Q(conversation=conversation.pk) | Q(conversation__merged_into=conversation.pk))
    if booth:
        unseen = unseen.filter(seat__booth=booth.pk)
    count = unseen.update(seen_at=timezone.now())
    if count:
        changed(f"member:{member.pk}")
    return count


def as_told(notification: Notification) -> Told:
    """A notification in words, in the language that is active."""
    if notification.seat:
        return _about_a_booth(notification)
    if notification.conversation is None:
        return _about_an_inbox(notification)
    person = notification.conversation.whom.name or _("Someone new")
    by = notification.by.name if notification.by else ""
    about = notification.conversation.subject
    sentence = _SENTENCES[notification.kind](by or person, person)
    return Told(
        id=notification.id, kind=notification.kind, text=f"{sentence}: {about}" if about else f"{sentence}.",
        conversation_id=notification.conversation_id, by=by, at=notification.at, seen=notification.seen_at is not None,
        href=reverse("conversations:conversation", args=[notification.conversation_id]),
    )


def _about_a_booth(notification: Notification) -> Told:
    booth, name = notification.seat.booth, notification.seat.name
    sentence, goal = _("%(name)s came to your page") % {"name": name}, " ".join(booth.goal.split())[:120]
    return Told(
        id=notification.id, kind=notification.kind, conversation_id=None, by=name, at=notification.at,
        text=f"{sentence}: {goal}" if goal else f"{sentence}.", href=reverse("booths:booth", args=[booth.code]),
        seen=notification.seen_at is not None,
    )


def _about_an_inbox(notification: Notification) -> Told:
    sentences = {"trouble": _("Mail for %(inbox)s stands still. See why, and mend it."),
                 "mended": _("Mail for %(inbox)s works again.")}  # fmt: skip
    return Told(
        id=notification.id, kind=notification.kind, conversation_id=None, by="", at=notification.at,
        text=sentences[notification.kind] % {"inbox": notification.inbox.name}, href=reverse("settings_mail"),
        seen=notification.seen_at is not None,
    )


def _with_names(member: Member):
    return Notification.objects.told_to(member).named()


_SENTENCES = {
    "assigned": lambda by, person: _("%(by)s gave you the conversation with %(person)s") % {"by": by, "person": person},
    "mentioned": lambda by, person: _("%(by)s asked you about %(person)s") % {"by": by, "person": person},
    "answered": lambda by, person: _("%(by)s wrote to you") % {"by": by},
    "arrived": lambda by, person: _("%(person)s wrote to your team") % {"person": person},
    "failed": lambda by, person: _("Your message to %(person)s did not arrive") % {"person": person},
    "unknown": lambda by, person: _("Nobody knows whether your message to %(person)s arrived") % {"person": person},
    "stopped": lambda by, person: _("%(by)s wrote before your message left: look before it goes") % {"by": by},
    "woken": lambda by, person: _("The conversation with %(person)s is back") % {"person": person},
}
