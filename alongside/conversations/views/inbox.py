"""The lists of conversations: the page, its rows as a fragment that follows what happens, and its tabs."""

from dataclasses import dataclass
from zlib import crc32

from django.core.exceptions import BadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.conversations import listing
from alongside.conversations.models import Inbox, Tag
from alongside.conversations.views.loading import Place, number, place_of
from alongside.conversations.views.resting import resting
from alongside.conversations.whens import choices
from alongside.lib.access import members_only
from alongside.lib.fragments import is_region
from alongside.lib.keyset import BadCursor, read_cursor

COUNTED = ("mine", "team", "unassigned", "snoozed")
MOST_TOPICS = 40
KEYS = {"mine": "g m", "team": "g t", "unassigned": "g u", "snoozed": "g z", "done": "g d", "all": "g a"}
RARE = {"snoozed": "snooze", "done": "done", "all": "list", "spam": "spam", "trash": "trash"}


@dataclass(frozen=True)
class Tab:
    """One view of the inbox; one with an `icon` is rarely looked at, and lies in the menu."""

    href: str
    words: str
    here: bool
    count: str
    keys: str
    icon: str

    @property
    def rare(self) -> bool:
        """Whether it lies in the menu unless one stands in it."""
        return bool(self.icon)


@dataclass(frozen=True)
class Stretch:
    """Rows between two places of a list. It follows what happens there, and leads to the next stretch."""

    rows: list
    src: str
    next_href: str

    @property
    def id(self) -> str:
        """The same for the same stretch, so that it is found again."""
        return f"rows-{crc32(self.src.encode()):x}"


@require_safe
@members_only
def inbox(request):
    """The first list where somebody waits: mine, what nobody has taken, my team's; else mine."""
    counts = listing.counts(request.principal, ("mine", "unassigned", "team"))
    waiting = next((view for view, count in counts.items() if count), "mine")
    return redirect("conversations:view", waiting)


@require_safe
@members_only
def view(request, view):
    """One list, with nobody chosen yet; or its next rows, for a list that grows."""
    place = place_of(request, view)
    stretch = _stretch(request, place, request.GET.get("cursor"))
    if is_region(request):
        served = list(Inbox.objects.visible_to(request.principal).values_list("id", flat=True))
        return render(request, "conversations/more_rows.html", {
            "place": place, "stretch": stretch, "topics": topics(request, served)})
    return render(request, "conversations/inbox.html", {**list_context(request, place), "stretch": stretch})


@require_safe
@members_only
def rows(request, view):
    """The rows of one stretch as they are now, from `cursor` down to where it ended when it was drawn."""
    place = place_of(request, view)
    return render(request, "conversations/rows.html", {
        "place": place, "stretch": _again(request, place), "current": number(request.GET.get("current"))})


@require_safe
@members_only
def tabs(request, view):
    """The views of the list with their counts."""
    return render(request, "conversations/tabs.html", {**list_context(request, place_of(request, view))})


@require_safe
@members_only
def filters(request, view):
    """One inbox or one tag to look at alone."""
    place = place_of(request, view)
    inboxes = Inbox.objects.visible_to(request.principal).filter(archived_at=None)
    return render(request, "conversations/filters.html", {
        "place": place, "inboxes": inboxes, "counts": listing.inbox_counts(request.principal),
        "tags": Tag.objects.all()[:100]})


def list_context(request, place: Place) -> dict:
    """What the list's pane shows around its rows."""
    counts = listing.counts(request.principal, COUNTED, inbox=place.inbox)
    served = list(Inbox.objects.visible_to(request.principal).values_list("id", "name"))
    return {
        "place": place,
        "tabs": [
            Tab(place.of(view), words, view == place.view, counted(counts.get(view, 0)), KEYS.get(view, ""),
                RARE.get(view, ""))
            for view, words in view_names().items()
        ],
        "title": view_names()[place.view],
        "inbox_name": dict(served).get(place.inbox, "") if place.inbox else "",
        "tag_name": Tag.objects.filter(pk=place.tag).values_list("name", flat=True).first() if place.tag else "",
        "several_inboxes": len(served) > 1,
        "resting": resting(place.view, not served, request.principal.is_at_least("admin")),
        "whens": choices(),
        "topics": topics(request, [id for id, _name in served]),
        "current": number(request.GET.get("current")),
    }


def topics(request, inboxes) -> str:
    """The live topics on which the lists of this reader depend."""
    return ",".join([f"member:{request.principal.member_id}", *(f"inbox:{id}" for id in inboxes[:MOST_TOPICS])])


def view_names() -> dict[str, str]:
    """The views in their order, as the tabs call them."""
    return {
        "mine": _("Mine"), "team": _("My team"), "unassigned": _("Nobody’s"), "snoozed": _("Later"),
        "done": _("Done"), "all": _("All"), "spam": _("Spam"), "trash": _("Trash"),
    }


def counted(count: int) -> str:
    """A count as it is shown: nothing for none, 99+ for many."""
    if count >= listing.CAP:
        return "99+"
    return str(count) if count else ""


def _stretch(request, place: Place, cursor: str | None) -> Stretch:
    """One page of the list, from `cursor` on."""
    page = _page(request, place, cursor, listing.SIZE)
    bounds = {name: value for name, value in (("cursor", cursor), ("down_to", page.next_cursor)) if value}
    further = place.of(place.view, cursor=page.next_cursor) if page.next_cursor else ""
    return Stretch(page.rows, place.rows_href(**bounds), further)


def _again(request, place: Place) -> Stretch:
    """A stretch as it is now: from where it began down to where it ended, however many came between."""
    cursor, down_to = request.GET.get("cursor"), request.GET.get("down_to")
    try:
        floor = read_cursor(down_to)
    except BadCursor as broken:
        raise BadRequest("cursor") from broken
    rows = _page(request, place, cursor, listing.MOST).rows
    rows = [row for row in rows if (row.last_at, row.id) >= floor] if floor else rows
    return Stretch(rows, request.get_full_path(), "")


def _page(request, place: Place, cursor: str | None, size: int) -> listing.Page:
    try:
        return listing.page(request.principal, place.view, inbox=place.inbox, tag=place.tag, cursor=cursor, size=size)
    except BadCursor as broken:
        raise BadRequest("cursor") from broken
