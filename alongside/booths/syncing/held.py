"""The document of one booth as this process holds it: what is kept is taken in, whoever kept it, exactly once told.

Everything but what runs in threads belongs to the event loop. A document that a fault may have left half changed is
made anew from what is kept, without the change that it cannot take.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from alongside.booths.syncing import store
from alongside.booths.syncing.compacting import Folded
from alongside.booths.syncing.dissecting import Parts, dissect
from alongside.booths.syncing.document import Early, Page, Unusable, fitting, opened, written_state
from alongside.booths.syncing.protocol import changing

log = logging.getLogger("alongside.booths")


class Held:
    """One document. `tell(message)` is called with each change; `refuse(participant ids)` when theirs was put aside;
    `fail()` when it can be held no longer."""

    def __init__(self, booth_id: int, threads, tell: Callable, refuse: Callable, fail: Callable):
        self.booth_id, self.threads = booth_id, threads
        self._tell, self._refuse, self._fail = tell, refuse, fail
        self.page = Page()
        self.snapshot_id = 0
        self.known: set[int] = set()  # ids of the changes in the page that are in no snapshot
        self.early: dict[int, bytes] = {}  # changes that build on others that have not come here yet
        self.clocks: dict[int, int] = {}  # what the page will hold of each device once all that waits is kept
        self.size = self.types = 0
        self.snapped_at = time.monotonic()
        self._mending: asyncio.Task | None = None
        self._late: list[tuple[int, bytes]] = []

    async def load(self) -> None:
        """Read it. Raises django.db.Error, and Unusable when the snapshot cannot be read."""
        self._begin(await self._open(None))

    async def settled(self) -> None:
        """Wait while it is made anew."""
        if self._mending:
            await asyncio.wait([self._mending])

    async def _open(self, told: dict[int, int] | None) -> "_Read":
        stored = await self.threads.query(store.whole, self.booth_id)
        read = await self.threads.run(_Read, stored, told)
        if read.refused:
            log.error("Booth %s: these changes cannot be taken and are put aside: %s", self.booth_id, read.refused)
            self._refuse(await self.threads.query(store.refuse, list(read.refused)))
        return read

    def _begin(self, read: "_Read") -> None:
        self.page, self.snapshot_id, self.types = read.page, read.stored.snapshot_id, read.types
        self.size = read.stored.size
        self.early = {id: read.stored.updates[id] for id in read.early}
        self.known = set(read.stored.updates).difference(read.refused, read.early)
        self.count_again()

    # What will be kept

    def expect(self, made: list[tuple[int, int, int]]) -> None:
        """A change with those ranges will be kept: count it in."""
        for client, _start, end in made:
            self.clocks[client] = max(end, self.clocks.get(client, 0))

    def count_again(self) -> None:
        """What the page holds now is what counts."""
        self.clocks = dict(self.page.clocks)

    # What is kept

    def take(self, rows: list[tuple[int, bytes]], parts: dict[int, list[Parts]] | None = None) -> bool:
        """Take changes that are kept (id, data) into the document, and tell what is new; what is known is left out.

        `parts`: what is in each, where that was looked at before.
        Returns False when some build on others that have not come here yet: they are taken when those are there.
        """
        rows = [(id, data) for id, data in rows if id not in self.known and id not in self.early]
        if self._mending:
            self._late += rows
        elif rows:
            try:
                self._take(dict(rows), parts)
            except Early:
                self._take_what_fits(dict(rows))
        return not self.early

    def _take_what_fits(self, rows: dict[int, bytes]) -> None:
        waiting = {**self.early, **rows}
        found, _unreadable = fitting(self.page.clocks, list(waiting.values()))
        ids = list(waiting)
        fitting_rows = {ids[place]: waiting[ids[place]] for place in found}
        self.early = {id: data for id, data in waiting.items() if id not in fitting_rows}
        if fitting_rows:
            self._take(fitting_rows)

    def _take(self, rows: dict[int, bytes], parts: dict[int, list[Parts]] | None = None) -> None:
        try:
            news = self.page.take(list(rows.values()), [each for id in rows for each in parts[id]] if parts else None)
        except Unusable as fault:
            log.error("Booth %s cannot take a change: %s", self.booth_id, fault)
            self._mending = asyncio.create_task(self._mend())
            return
        self.known.update(rows)
        self.size += sum(map(len, rows.values()))
        if news:
            self._tell(changing(news))

    async def _mend(self) -> None:
        """Make the document anew; what is kept and was not told yet is told."""
        try:
            read = await self._open(self.page.clocks)
        except Exception as fault:
            log.error("Booth %s is closed until it can be read again: %s", self.booth_id, fault)
            self._fail()
            return
        self._begin(read)
        self._tell(changing(read.news))
        late, self._late, self._mending = self._late, [], None
        self.take([(id, data) for id, data in late if id not in read.refused])

    # What other processes kept

    async def hear(self, ids: list[int]) -> None:
        """Another process kept these, in this order: read and take them."""
        lacking = [id for id in ids if id not in self.known and id not in self.early]
        if not lacking:
            return
        rows = dict(await self.threads.query(store.some, lacking))
        if not self._take_from_others([(id, rows[id]) for id in lacking if id in rows]) or len(rows) < len(lacking):
            await self.catch_up()  # some were folded into a snapshot since, or others were not announced yet

    def _take_from_others(self, rows: list[tuple[int, bytes]]) -> bool:
        whole = self.take(rows)
        for client, clock in self.page.clocks.items():
            if clock > self.clocks.get(client, 0):
                self.clocks[client] = clock
        return whole

    async def catch_up(self) -> None:
        """Announcements may have been missed: compare all that stands there with what is known here."""
        await self.settled()
        before = set(self.known)
        snapshot_id, ids = await self.threads.query(store.standing, self.booth_id)
        if snapshot_id != self.snapshot_id:
            stored = await self.threads.query(store.whole, self.booth_id)
            ids = set(stored.updates)
            self._take_snapshot(stored)
            rows = list(stored.updates.items())
        else:
            rows = await self.threads.query(store.some, list(ids - self.known - set(self.early)))
        self._take_from_others(rows)
        self.known -= before - ids

    def _take_snapshot(self, stored: store.Stored) -> None:
        if stored.snapshot_id:
            self._take({0: stored.snapshot})
            self.known.discard(0)
            self.snapshot_id = stored.snapshot_id
            self.size = len(stored.snapshot) + sum(len(data) for id, data in stored.updates.items() if id in self.known)

    async def prune(self) -> None:
        """Forget the ids of changes that were folded, by whichever process."""
        before = set(self.known)
        _snapshot_id, ids = await self.threads.query(store.standing, self.booth_id)
        self.known -= before - ids

    def folded(self, folded: Folded) -> None:
        """Some of the changes lie in a new snapshot now."""
        self.snapshot_id = max(self.snapshot_id, folded.snapshot.id)
        self.known -= folded.ids
        self.size -= folded.saved
        self.types = folded.types
        self.snapped_at = time.monotonic()


class _Read:
    """A page made of what is stored, and what is said of it. Made in a thread.

    Raises Unusable when it is the snapshot that cannot be taken: nothing may be built on a page without it.
    """

    def __init__(self, stored: store.Stored, told: dict[int, int] | None):
        """`told` says how far everyone knows it; `news` is what they lack then."""
        self.stored = stored
        done = opened(stored.parts)
        ids = [0, *stored.updates] if stored.snapshot_id else list(stored.updates)
        self.page = done.page
        self.refused, self.early = {ids[place] for place in done.refused}, {ids[place] for place in done.early}
        if 0 in self.refused | self.early:
            raise Unusable(f"the snapshot {stored.snapshot_id} cannot be read")
        self.types = dissect(self.page.whole()).types
        self.news = self.page.lacking(written_state(told)) if told is not None else b""
