"""Folding: hundreds of changes become one snapshot, in one transaction, while the page goes on.

What is folded is exactly what was read: a change that is kept meanwhile stays a change. The work is done in a child
process. The snapshot before it stays as a version, unless another one is too near (`versions.thin`).
"""

from dataclasses import dataclass

from django.db import connection, transaction

from alongside.booths.models import Participant, Snapshot, Update
from alongside.booths.models.update import TIDIED
from alongside.booths.syncing import store, thinning
from alongside.lib.child import Limits, Pool

FOLDER = 7301  # class of the advisory locks under which one process at a time folds a booth
LIMITS = Limits(seconds=20, input=96 * 1024 * 1024)
CHILDREN = Pool(size=1)


class Busy(Exception):
    """Somebody else is just folding this booth."""


@dataclass
class Folded:
    """The new snapshot, the ids of the changes that lie in it now, how many bytes that saved, and its parts."""

    snapshot: Snapshot
    ids: set[int]
    saved: int
    types: int


def fold(booth_id: int, *, only: set[int] | None = None, why: str = TIDIED,
         by: Participant | None = None) -> Folded | None:
    """Fold a booth's changes (`only` those ids, where given) into a new snapshot; None when there are none.

    Raises Busy, and lib.child.ChildError or ValueError when it cannot be done; nothing is changed then.
    """
    stored = store.whole(booth_id)
    updates = {id: data for id, data in stored.updates.items() if only is None or id in only}
    if not updates:
        return None
    before = {0: stored.snapshot} if stored.snapshot_id else {}
    given = {**before, **updates}
    done = CHILDREN.call("alongside.booths.syncing.document.fold", list(given.values()), limits=LIMITS)
    ids = list(given)
    left = {ids[place] for place in done["left"]}
    if 0 in left:
        raise ValueError(f"the snapshot {stored.snapshot_id} cannot be read")
    taken = set(updates) - left
    if not taken:
        return None
    snapshot = _replace(booth_id, stored.snapshot_id, taken, done["data"], why, by)
    saved = sum(len(given[id]) for id in {*before, *taken}) - len(done["data"])
    return Folded(snapshot, taken, saved, done["types"])


def _replace(booth_id: int, before_id: int, taken: set[int], data: bytes, why: str, by) -> Snapshot:
    """Put the snapshot in the place of what lies in it. Raises Busy when somebody else was quicker."""
    with transaction.atomic():
        if not _alone(booth_id) or _newest(booth_id) != before_id:
            raise Busy
        deleted, _ = Update.objects.filter(booth_id=booth_id, id__in=taken).delete()
        if deleted != len(taken):
            raise Busy
        snapshot = Snapshot.objects.create(booth_id=booth_id, data=data, changes=deleted, why=why, by=by)
        thinning.thin(booth_id)
    return snapshot


def hold(booth_id: int) -> None:
    """Wait for whoever just folds this booth; nobody else does until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [FOLDER, booth_id % 2**31])


def _alone(booth_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [FOLDER, booth_id % 2**31])
        return cursor.fetchone()[0]


def _newest(booth_id: int) -> int:
    return Snapshot.objects.filter(booth_id=booth_id).order_by("-id").values_list("id", flat=True).first() or 0
