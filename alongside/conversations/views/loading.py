"""What every view of conversations begins with: who asks, which list they stand in, and which conversation."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from alongside.conversations.listing import VIEWS
from alongside.conversations.models import Conversation, Message
from alongside.lib.addresses import path_to
from alongside.lib.kept import Kept, anybody_like, slot, who
from alongside.lib.principal import Principal

BIGGEST = 2**63 - 1


@dataclass(frozen=True)
class Place:
    """The list one stands in: a view, and perhaps one inbox or one tag of it."""

    view: str = "mine"
    inbox: int | None = None
    tag: int | None = None

    @property
    def filters(self) -> dict:
        """Inbox and tag, where one is chosen."""
        return {name: value for name, value in (("inbox", self.inbox), ("tag", self.tag)) if value is not None}

    @property
    def list_href(self) -> str:
        """The list itself."""
        return self.of(self.view)

    def of(self, view: str, **more) -> str:
        """Another view of the same inbox and tag."""
        query = {**self.filters, **more}
        path = reverse("conversations:view", args=[view])
        return f"{path}?{urlencode(query)}" if query else path

    @property
    def without_tag(self) -> str:
        """The list with every tag."""
        return Place(self.view, self.inbox).list_href

    def rows_href(self, **bounds) -> str:
        """The fragment of its rows, between bounds."""
        return f"{reverse('conversations:rows', args=[self.view])}?{urlencode({**self.filters, **bounds})}"

    def conversation_href(self, id: int) -> str:
        """A conversation, remembering the list one came from."""
        return f"{path_to('conversations:conversation', id)}?{self.query}"

    @cached_property
    def query(self) -> str:
        """What to put behind an address inside a conversation, so that the list is not forgotten."""
        return urlencode({"in": self.view, **self.filters})


def place_of(request, view: str | None = None) -> Place:
    """The list that a request stands in; without a view in its path, the one in `?in=`."""
    view = view or request.GET.get("in", "mine")
    if view not in VIEWS:
        raise Http404
    return Place(view, number(request.GET.get("inbox")), number(request.GET.get("tag")))


def number(text: str | None) -> int | None:
    """An id from a query, or None where there is none; anything else is a bad request."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or int(text) > BIGGEST:
        raise BadRequest("not a number")
    return int(text)


def visible(request, id: int) -> Conversation:
    """The conversation `id` where the reader may see it; else a 404, the same as for none."""
    found = _seen_by(anybody_like(request.principal, 1)).first(id, *who(request.principal))
    if found is None:
        raise Http404
    return found


@lru_cache(maxsize=256)
def _seen_by(reader: Principal) -> Kept:
    seen = Conversation.objects.visible_to(reader).select_related("person", "inbox")
    return Kept(seen.filter(pk=slot(0)))


def visible_message(request, id: int) -> Message:
    """The message `id` where the reader may see it; else a 404, the same as for none."""
    seen = Message.objects.visible_to(request.principal).select_related("conversation__person")
    return get_object_or_404(seen, pk=id)
