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
from alongside.booths.syncing.dissecting import dissect
from alongside.booths.syncing.document import Page, Unusable, opened
from alongside.booths.syncing.protocol import Nonsense, changing

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
        self.clocks: dict[int, int] = {}  # what the page will hold of each device once all that waits is kept
        self.size = self.types = 0
        self.snapped_at = time.monotonic()
        self._mending: asyncio.Task | None = None
        self._late: list[tuple[int, bytes]] = []
        self._has_gaps = False

    async def load(self) -> None:
        """Read it.

        Raises django.db.Error when the database is away, Unusable when the snapshot cannot be read.
        """
        self._begin(await self._open())

    async def settled(self) -> None:
        """Wait while it is made anew."""
        if self._mending:
            await asyncio.wait([self._mending])

    async def _open(self, told: set[int] | None = None) -> "_Opened":
        stored = await self.threads.query(store.whole, self.booth_id)
        opened = await self.threads.run(_Opened, stored, told)
        if opened.refused:
            log.error("Booth %s: these changes cannot be taken and are put aside: %s", self.booth_id, opened.refused)
            self._refuse(await self.threads.query(store.refuse, opened.refused))
        return opened

    def _begin(self, opened: "_Opened") -> None:
        self.page, self.snapshot_id = opened.page, opened.stored.snapshot_id
        self.size, self.types = opened.stored.size, opened.types
        self.known = set(opened.stored.updates).difference(opened.refused)
        self.count_again()

    def expect(self, made: list[tuple[int, int, int]]) -> None:
        """A change with those ranges will be kept: count it in."""
        for client, start, end in made:
            if start <= self.clocks.get(client, 0):
                self.clocks[client] = max(end, self.clocks.get(client, 0))
            else:
                self._has_gaps = True

    def count_again(self) -> None:
        """What the page holds now is what counts."""
        self.clocks = self.page.clocks()

    def take(self, rows: list[tuple[int, bytes]]) -> None:
        """Take changes that are kept (id, data) into the document, and tell what is new; what is known is left out."""
        rows = [(id, data) for id, data in rows if id not in self.known]
        if self._mending:
            self._late += rows
        elif rows and self._take([data for _id, data in rows]):
            self.known.update(id for id, _data in rows)
            self.size += sum(len(data) for _id, data in rows)

    def _take(self, updates: list[bytes]) -> bool:
        try:
            news = self.page.take(updates)
        except Unusable as fault:
            log.error("Booth %s cannot take a change: %s", self.booth_id, fault)
            self._mending = asyncio.create_task(self._mend())
            return False
        if self._has_gaps:
            self._count_up()
        if news:
            self._tell(changing(news))
        return True

    async def _mend(self) -> None:
        """Make the document anew; what is kept and was not told yet is told."""
        try:
            opened = await self._open(self.known)
        except Exception as fault:
            log.error("Booth %s is closed until it can be read again: %s", self.booth_id, fault)
            self._fail()
            return
        self._begin(opened)
        self._tell(changing(opened.news))
        late, self._late, self._mending = self._late, [], None
        self.take([(id, data) for id, data in late if id not in opened.refused])

    def _count_up(self) -> None:
        for client, clock in self.page.clocks().items():
            self.clocks[client] = max(self.clocks.get(client, 0), clock)

    async def hear(self, ids: set[int]) -> None:
        """Another process kept these: read and take them."""
        lacking = list(ids - self.known)
        if not lacking:
            return
        rows = await self.threads.query(store.some, lacking)
        self._take_from_others(rows)
        if len(rows) < len(lacking):  # folded into a snapshot since, or put aside, or never kept
            await self.catch_up()

    def _take_from_others(self, rows: list[tuple[int, bytes]]) -> None:
        self.take(rows)
        self._count_up()

    async def catch_up(self) -> None:
        """Announcements may have been missed: compare all that stands there with what is known here."""
        before = set(self.known)
        snapshot_id, ids = await self.threads.query(store.standing, self.booth_id)
        if snapshot_id != self.snapshot_id:
            stored = await self.threads.query(store.whole, self.booth_id)
            ids = set(stored.updates)
            self._take_snapshot(stored)
            rows = list(stored.updates.items())
        else:
            rows = await self.threads.query(store.some, list(ids - self.known))
        self._take_from_others(rows)
        self.known -= before - ids

    def _take_snapshot(self, stored: store.Stored) -> None:
        if stored.snapshot_id and not self._mending and self._take([stored.snapshot]):
            self.snapshot_id = stored.snapshot_id

    def folded(self, folded: Folded) -> None:
        """Some of the changes lie in a new snapshot now."""
        self.snapshot_id = max(self.snapshot_id, folded.snapshot.id)
        self.known -= folded.ids
        self.size -= folded.saved
        self.types = folded.types
        self.snapped_at = time.monotonic()


class _Opened:
    """A page made of what is stored, and what is said of it. Made in a thread.

    Raises Unusable when it is the snapshot that cannot be taken: nothing may be built on a page without it.
    """

    def __init__(self, stored: store.Stored, told: set[int] | None):
        """`told` are the ids of the changes since the snapshot that everyone knows of; `news` is what they lack then.
        """
        self.stored = stored
        self.page, refused = opened(stored.parts)
        ids = [0, *stored.updates] if stored.snapshot_id else list(stored.updates)
        self.refused = [ids[place] for place in refused]
        if 0 in self.refused:
            raise Unusable(f"the snapshot {stored.snapshot_id} cannot be read")
        self.types = self._types()
        self.news = b""
        if told is not None:
            known = [data for id, data in zip(ids, stored.parts, strict=True) if not id or id in told]
            self.news = self.page.lacking(Page(known).state())

    def _types(self) -> int:
        try:
            return dissect(self.page.whole()).types
        except Nonsense:
            return 0
