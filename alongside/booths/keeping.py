"""Versions of the page that somebody asks for: kept by hand under a name, or before an older one comes back."""

from alongside.booths.models import Booth, Full, Participant, Snapshot
from alongside.booths.models.update import KEPT, LONGEST_NAME, RETURNED, SAVED
from alongside.booths.syncing import versions
from alongside.booths.syncing.compacting import Busy
from alongside.lib.child import ChildError
from alongside.lib.text import one_line

MOST_BY_HAND = 300  # that are never let go of; a page that came back is kept beyond them, though not for ever


class NotKept(Exception):
    """It could not be done just now; the page stands as it was."""


def keep(booth: Booth, *, by: Participant, name: str = "") -> Snapshot | None:
    """Keep the page as it is now, as a version that stays; None while it is empty.

    The same page kept twice is one version, which keeps its first name. Raises NotOpen, Full, NotKept. Not
    within a transaction.
    """
    booth.refuse_ended()
    if _is_full(booth):
        raise Full("there are as many versions as are kept by hand")
    kept = _kept(booth, by, KEPT)
    name = one_line(name)[:LONGEST_NAME]
    if kept and name and not kept.name:
        kept.name = name
        kept.save(update_fields=["name"])
    return kept


def keep_before_return(booth: Booth, *, by: Participant) -> Snapshot | None:
    """Keep what stands now, since an older version is about to be laid over it; None when nothing stands there.

    Raises NotOpen, NotKept; then nothing may be laid over it. Not within a transaction.
    """
    booth.refuse_ended()
    return _kept(booth, by, SAVED if _is_full(booth) else RETURNED)


def _kept(booth: Booth, by: Participant, why: str) -> Snapshot | None:
    try:
        return versions.keep(booth, by=by, why=why)
    except (Busy, ChildError, ValueError) as failure:
        raise NotKept from failure


def _is_full(booth: Booth) -> bool:
    return Snapshot.objects.filter(booth=booth, why__in=(KEPT, RETURNED)).count() >= MOST_BY_HAND
