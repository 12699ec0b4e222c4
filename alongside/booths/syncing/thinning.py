"""Fewer versions over the years: close together where they are young, far apart where they are old."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from alongside.booths.models import Snapshot
from alongside.booths.models.update import SAVED, TIDIED

OF_THEMSELVES = (TIDIED, SAVED)
# Of those that came of themselves: up to which age, and how far apart then.
THINNED = (
    (timedelta(days=1), timedelta(minutes=5)),
    (timedelta(days=7), timedelta(hours=1)),
    (timedelta(days=90), timedelta(days=1)),
    (timedelta(days=730), timedelta(days=7)),
    (timedelta.max, timedelta(days=30)),
)
MOST = 1_000  # versions of one booth; the oldest that nobody kept by hand go


def thin(booth_id: int, now: datetime | None = None) -> int:
    """Let go of versions that nobody would look for among their neighbours. Returns how many.

    Never of one that somebody kept, nor of the newest, which is the page itself. The one that follows counts the
    changes of those that went.
    """
    held = Snapshot.objects.filter(booth_id=booth_id).order_by("id").values_list("id", "at", "why", "changes")
    gone, counted = _superfluous(list(held), now or timezone.now())
    for id, changes in counted.items():
        Snapshot.objects.filter(id=id).update(changes=F("changes") + changes)
    return Snapshot.objects.filter(id__in=gone).delete()[0] if gone else 0


def _superfluous(held: list[tuple], now: datetime) -> tuple[list[int], dict[int, int]]:
    """Of versions (id, at, why, changes), the oldest first: which may go, and what others count more then."""
    gone, counted, carried, before = [], {}, 0, None
    too_many = len(held) - MOST
    for id, at, why, changes in held[:-1]:
        is_near = before is not None and at - before < _span(now - at, why)
        if why in OF_THEMSELVES and (is_near or too_many > 0):
            gone.append(id)
            carried += changes
            too_many -= 1
        else:
            before = at
            counted[id], carried = carried, 0
    if held:
        counted[held[-1][0]] = carried
    return gone, {id: changes for id, changes in counted.items() if changes}


def _span(age: timedelta, why: str) -> timedelta:
    """How far apart versions of that age stand."""
    if why == SAVED and age < THINNED[0][0]:
        return timedelta(0)
    return next(span for until, span in THINNED if age < until)
