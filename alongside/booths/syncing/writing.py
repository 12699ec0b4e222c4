"""Keeping changes: what waits of all pages is kept in one transaction, and meanwhile the next one gathers.

One transaction at a time, so that a device's changes are kept in their order. A failure keeps nothing back: the sockets
concerned are closed, their pages hold on to what was not told back to them, and bring it again.
"""

import asyncio
import contextlib
import logging
from collections import deque

from django.db import DatabaseError, InterfaceError, connection

from alongside.booths.syncing import store
from alongside.booths.syncing.document import Unusable, merged
from alongside.booths.syncing.limits import BATCH_BYTES
from alongside.booths.syncing.taking import Change
from alongside.booths.syncing.words import AWAY, DISK_FULL
from alongside.lib.away import Outage, is_away, is_full
from alongside.lib.threads import Threads

log = logging.getLogger("alongside.booths")

MERGED_BYTES = 64 * 1024  # changes larger than this stay rows of their own


class Lot:
    """Changes of one room that are kept together, and the rows that they make."""

    def __init__(self, room):
        self.room = room
        self.changes: list[Change] = []
        self.rows: list[store.Row] = []

    def gather(self, room_left: int) -> int:
        """Take what waits, up to so many bytes; returns how many it took."""
        taken = 0
        while self.room.waiting and (taken == 0 or taken + self.room.waiting[0].size <= room_left):
            change = self.room.waiting.popleft()
            self.changes.append(change)
            taken += change.size
        self.rows = [row for changes in self._by_participant() for row in self._rows(changes)]
        return taken

    def _by_participant(self) -> list[list[Change]]:
        sorted_out: dict[int, list[Change]] = {}
        for change in self.changes:
            sorted_out.setdefault(change.connection.seat.participant_id, []).append(change)
        return list(sorted_out.values())

    def _rows(self, changes: list[Change]) -> list[store.Row]:
        """The changes of one participant, put together where they are small."""
        if len(changes) > 1 and sum(change.size for change in changes) <= MERGED_BYTES:
            with contextlib.suppress(Unusable):
                data = merged([change.data for change in changes])
                return [self._row(data, changes)]
        return [self._row(change.data, [change]) for change in changes]

    def _row(self, data: bytes, changes: list[Change]) -> store.Row:
        hands = [client for change in changes for client in change.hands]
        return store.Row(self.room.booth_id, changes[0].connection.seat.participant_id, data, hands,
                         [change.parts for change in changes])

    def release(self) -> None:
        """They wait no longer, however it went."""
        for change in self.changes:
            change.connection.kept(change.size)


class Writer:
    """Keeps what waits in the rooms that called `wake`; `missed(room, participant ids)` is called for what was not.
    """

    def __init__(self, missed):
        self.threads = Threads("booth-keeping", 1)
        self._missed = missed
        self._rooms: deque = deque()
        self._news = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._outage = Outage(log, "The database, for shared pages,")

    def wake(self, room) -> None:
        """Something waits in this room."""
        if room not in self._rooms:
            self._rooms.append(room)
        self._idle.clear()
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            while self._rooms:
                lots = self._gathered()
                try:
                    if lots:
                        await self._keep(lots)
                except Exception:
                    log.exception("Changes that were kept could not be told")
                    for lot in lots:
                        lot.room.give_up()
            self._idle.set()

    async def settled(self, seconds: float) -> None:
        """Wait until nothing waits any more, at most so long."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._idle.wait()

    def _gathered(self) -> list[Lot]:
        lots, room_left = [], BATCH_BYTES
        while self._rooms and room_left > 0:
            lot = Lot(self._rooms.popleft())
            room_left -= lot.gather(room_left)
            if lot.rows:  # what waited may have been dropped, as building on what was not kept
                lots.append(lot)
            if lot.room.waiting:
                self._rooms.append(lot.room)
                break
        return lots

    async def _keep(self, lots: list[Lot]) -> None:
        rows = [row for lot in lots for row in lot.rows]
        try:
            kept = await self.threads.run(_keep, rows)
        except Exception as failure:
            await self._failed(lots, failure)
            return
        self._outage.ends()
        for lot in lots:
            self._told(lot, kept)

    def _told(self, lot: Lot, kept: set[int]) -> None:
        lot.release()
        rows = [row for row in lot.rows if row.id in kept]
        if rows:
            lot.room.kept(rows)
        missed = [row for row in lot.rows if row.id not in kept]
        if missed:
            lot.room.not_kept(missed)
            self._missed(lot.room, {row.by_id for row in missed})

    async def _failed(self, lots: list[Lot], failure: Exception) -> None:
        """Nothing of these was kept, as far as we know. What only one room's changes can be to blame for is tried again
        room by room."""
        if len(lots) > 1 and not is_away(failure) and not is_full(failure):
            for lot in lots:
                await self._keep([lot])
            return
        if is_away(failure):
            self._outage.begins(failure)
        else:
            log.error("Changes of shared pages could not be kept", exc_info=failure)
        for lot in lots:
            lot.release()
            lot.room.give_up(DISK_FULL if is_full(failure) else AWAY)


def _keep(rows: list[store.Row]) -> set[int]:
    """In the thread. Where only the connection broke it is tried once more with a new one."""
    try:
        return store.keep(rows)
    except (DatabaseError, InterfaceError) as failure:
        connection.close_if_unusable_or_obsolete()
        if not is_away(failure):
            raise
    try:
        return store.keep_again(rows)
    except (DatabaseError, InterfaceError):
        connection.close_if_unusable_or_obsolete()
        raise
