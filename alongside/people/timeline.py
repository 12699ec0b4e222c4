"""One person's life with us, newest first: a query over events, drawn by the rooms they come from."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from alongside.events.models import Event
from alongside.lib.keyset import make_cursor, read_cursor
from alongside.people.models import Person


@dataclass(frozen=True)
class Entry:
    """One line of a timeline: when, an icon's name, a template and what it needs."""

    at: datetime
    icon: str
    label: str
    template: str
    context: dict


# kind → loader(events, principal) -> {event id: Entry}; a kind nobody draws does not stand on a timeline.
# Each event comes with `actor`: who did it, as they stand now; None where nobody did.
_loaders: dict[str, Callable] = {}


def draws(*kinds: str):
    """Register the decorated `f(events, principal) -> {event.id: Entry}` for `kinds`; one bulk query a kind."""

    def decorate(function):
        for kind in kinds:
            _loaders[kind] = function
        return function

    return decorate


def page(person, principal, cursor: str | None = None, size: int = 30) -> tuple[list[Entry], str | None]:
    """One page of `person`'s timeline as `principal` may see it, and the cursor of the next (None at the end).

    Raises keyset.BadCursor. What the principal may not see leaves no gap that tells of it.
    """
    place, entries, next_cursor = read_cursor(cursor), [], None
    for _ in range(5):
        events = list(_after(person, place)[: size + 1])
        more, events = len(events) > size, events[:size]
        entries += _draw(events, principal)
        if not more:
            return entries, None
        place = (events[-1].at, events[-1].id)
        next_cursor = make_cursor(*place)
        if len(entries) >= size // 2:
            break
    return entries, next_cursor


# Who did it, as they stand now: asked for with the events, for every room.
_HEAD = {name: Coalesce(f"merged_into__{name}", name) for name in ("id", "called", "full_name")}
_ACTOR = Person.objects.filter(pk=OuterRef("actor_id")).annotate(said=JSONObject(**_HEAD))


def _after(person, place):
    events = Event.objects.filter(subject_id__in=person.cluster_ids, kind__in=list(_loaders)).order_by("-at", "-id")
    events = events.annotate(by=Subquery(_ACTOR.values("said")))
    if place:
        at, id = place
        events = events.filter(at__lte=at).filter(Q(at__lt=at) | Q(id__lt=id))
    return events


def _draw(events, principal) -> list[Entry]:
    by_loader = defaultdict(list)
    for event in events:
        event.actor = Person(**event.by) if event.by else None
        by_loader[_loaders[event.kind]].append(event)
    drawn = {}
    for loader, mine in by_loader.items():
        drawn.update(loader(mine, principal))
    return [drawn[event.id] for event in events if event.id in drawn]
