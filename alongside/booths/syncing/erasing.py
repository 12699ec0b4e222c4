"""Taking somebody's part out of the document: what they wrote and drew is gone, from the page and from every version.

It is an ordinary change that deletes; open pages take it like any other, and devices that slept when they come back.
Folded, the document no longer holds the words. Which devices were theirs, `Hand` knows.
"""

from collections.abc import Iterator

from alongside.booths.models import Booth, Hand, Participant, Snapshot, Update
from alongside.booths.syncing import compacting, noting, store
from alongside.booths.syncing.protocol import NOTHING_NEW
from alongside.lib import child
from alongside.live.models import changed

LIMITS = child.Limits(seconds=20)
AT_ONCE = 4 * 1024 * 1024  # bytes of versions that are rewritten in one go


def erase(booth: Booth, participant_ids: list[int]) -> None:
    """Take out what these participants wrote, in the caller's transaction. Erasing again finds nothing.

    Others' words stay where they are, in older versions too. Raises lib.child.ChildError or ValueError when it cannot
    be done.
    """
    compacting.hold(booth.id)
    list(Participant.objects.select_for_update().filter(id__in=participant_ids).order_by("id"))  # they write no more
    clients = list(Hand.objects.filter(booth=booth, by__in=participant_ids).values_list("client", flat=True))
    if clients:
        _take_out(booth, clients)
        compacting.fold(booth.id)
        _rewrite_versions(booth, clients)
    Update.objects.filter(booth=booth, by__in=participant_ids).delete()
    Update.objects.filter(booth=booth, refused=True).delete()  # nobody can read whose words are in these


def _take_out(booth: Booth, clients: list[int]) -> None:
    """Keep the change as the house's own, also after the end. Every process with the page open looks for it, and finds
    the snapshot in which it lies."""
    parts = store.whole(booth.id).parts
    if not parts:
        return
    done = child.call("alongside.booths.syncing.document.erasure", parts, clients, limits=LIMITS)
    if done["gone"] != NOTHING_NEW:
        row = Update.objects.create(booth=booth, data=done["gone"])
        changed(store.TOPIC, kept={booth.id: [row.id]}, by="erasing")
    Booth.objects.filter(id=booth.id).update(goal=noting.plain(done["goal"]))


def _rewrite_versions(booth: Booth, clients: list[int]) -> None:
    """One that cannot be read goes: nobody could say what is in it, nor bring it back."""
    for lot in _lots(Snapshot.objects.filter(booth=booth).order_by("id").values_list("id", "data").iterator(20)):
        done = child.call("alongside.booths.syncing.document.rewritten", list(lot.values()), clients, limits=LIMITS)
        for (id, before), data in zip(lot.items(), done, strict=True):
            if data is None:
                Snapshot.objects.filter(id=id).delete()
            elif data != before:
                Snapshot.objects.filter(id=id).update(data=data)


def _lots(versions) -> Iterator[dict[int, bytes]]:
    lot, size = {}, 0
    for id, data in versions:
        lot[id] = bytes(data)
        size += len(data)
        if size >= AT_ONCE:
            yield lot
            lot, size = {}, 0
    if lot:
        yield lot
