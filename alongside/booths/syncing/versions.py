"""What the page was at any time: its versions, one of them whole, and one kept by hand.

To bring one back is an ordinary change that a page makes itself; `keep(why=RETURNED)` saves what there was before.
"""

import time

from alongside.booths.models import Booth, Participant, Snapshot
from alongside.booths.models.update import KEPT
from alongside.booths.syncing.compacting import Busy, fold
from alongside.booths.syncing.thinning import OF_THEMSELVES

TRIES, PAUSE = 20, 0.1  # while somebody else is just folding; seconds


def of(booth: Booth):
    """The versions of a booth, the newest first, without what is in them."""
    return Snapshot.objects.filter(booth=booth).select_related("by").defer("data").order_by("-id")


def data_of(booth: Booth, id: int) -> bytes:
    """A version, as one Yjs update. Raises Snapshot.DoesNotExist."""
    return bytes(Snapshot.objects.values_list("data", flat=True).get(booth=booth, id=id))


def keep(booth: Booth, *, by: Participant | None = None, why: str = KEPT) -> Snapshot | None:
    """Keep the page as it is now as a version, `why` from models.update; None while it is empty.

    Kept again without a change in between, it is the same version. Raises compacting.Busy, lib.child.ChildError or
    ValueError when it cannot be done. Call it outside of a transaction.
    """
    for _ in range(TRIES):
        try:
            folded = fold(booth.id, why=why, by=by)
        except Busy:
            time.sleep(PAUSE)
            continue
        return folded.snapshot if folded else mark(booth.id, by=by, why=why)
    raise Busy


def mark(booth_id: int, *, why: str, by: Participant | None = None) -> Snapshot | None:
    """Say why the newest version is kept, unless somebody said so already; returns it."""
    newest = Snapshot.objects.filter(booth_id=booth_id).defer("data").order_by("-id").first()
    if newest and newest.why in OF_THEMSELVES:
        newest.why, newest.by = why, by
        newest.save(update_fields=["why", "by"])
    return newest
